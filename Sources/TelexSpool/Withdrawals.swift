internal import Glibc

/// What kill notices have said: statements of the handler, opaque here, kept in `.telex/withdrawals/` for as long as the
/// folder is, since a notice holds for dispatches that come after it too.
///
/// Before it: a result that says something of other results. After it: `Session+Withdrawals` marks those that stand, and
/// each later one before it is published. One file for each statement, named after its content; `pending` is there
/// while results may stand unmarked, so that a start after a crash marks them. Where the folder is missing, the
/// statements are taken from the results again.
final class Withdrawals {
  private static let name = Array("withdrawals".utf8)
  private static let pending = Array("pending".utf8)
  /// Bytes; and more statements than any archive has.
  private static let (largest, most) = (64 << 10, 100_000)

  private(set) var statements: [[UInt8]] = []
  /// Whether the statements were kept since the first start on this folder.
  private(set) var isKnown: Bool
  /// Whether results may stand unmarked.
  private(set) var isPending = false
  private let workspace: Int32
  private let fileSystem: any FileSystem

  /// - Parameter workspace: the folder `.telex`.
  init(workspace: Int32, fileSystem: any FileSystem) {
    self.workspace = workspace
    self.fileSystem = fileSystem
    isKnown = (try? fileSystem.status(of: Self.name, at: workspace)) != nil
    guard isKnown, let directory = try? Folder.directory(Self.name, at: workspace, fileSystem) else { return }
    defer { fileSystem.release(directory) }
    var listing = Listing(directory: directory, fileSystem: fileSystem)
    while statements.count < Self.most, let entries = try? listing.next(), !entries.isEmpty {
      for entry in entries {
        if entry.name == Self.pending {
          isPending = true
        } else if let bytes = try? fileSystem.contents(entry.name, at: directory, limit: Self.largest),
          Digest.hex(of: bytes).utf8.elementsEqual(entry.name)
        {
          statements.append(bytes)
        }
      }
    }
    // The order of a directory is nobody's.
    statements.sort { $0.lexicographicallyPrecedes($1) }
  }

  /// Durable when it returns. False where it was known.
  func enter(_ statement: [UInt8]) throws(Errno) -> Bool {
    guard !statements.contains(statement), statements.count < Self.most, statement.count <= Self.largest else {
      return false
    }
    let directory = try Folder.directory(Self.name, at: workspace, fileSystem)
    defer { fileSystem.release(directory) }
    try fileSystem.replaceFile(Self.pending, at: directory, with: [], mode: 0o600)
    isPending = true
    try fileSystem.replaceFile(
      Array(Digest.hex(of: statement).utf8), at: directory, with: statement, mode: 0o600)
    try fileSystem.synchronizeFully(directory)
    statements.append(statement)
    return true
  }

  /// All results were asked what they say.
  func gathered() throws(Errno) {
    fileSystem.release(try Folder.directory(Self.name, at: workspace, fileSystem))
    isKnown = true
  }

  /// All results that stand are marked.
  func settled() throws(Errno) {
    let directory = try Folder.directory(Self.name, at: workspace, fileSystem)
    defer { fileSystem.release(directory) }
    isKnown = true
    guard isPending else { return }
    try fileSystem.remove(Self.pending, at: directory)
    isPending = false
  }
}

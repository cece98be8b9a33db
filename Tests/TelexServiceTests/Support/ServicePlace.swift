import Crypto
import Glibc
import TelexSpool
import TelexText

@testable import TelexService

/// A drop folder with everything around it that telexd needs, and a service manager and a journal that the test plays.
/// It outlives the daemons that are started on it, one after the other.
final class ServicePlace {
  let folder: TemporaryFolder
  /// The drop folder.
  let inbox: String
  /// On the same file system as the drop folder.
  private let staging: String
  let notifications: FakeSocket
  let journal: FakeSocket
  /// What was dropped, by name.
  private(set) var dropped: [[UInt8]: [UInt8]] = [:]

  /// - Parameter disk: a mounted file system to have the drop folder on; nil for the temporary folder's own.
  init(on disk: String? = nil) throws {
    // Memory where there is such a folder: hundreds of kills are tested here, not the disk's speed.
    folder = try TemporaryFolder(in: access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
    (inbox, staging) = ((disk ?? folder.path) + "/in", (disk ?? folder.path) + "/arriving")
    mkdir(inbox, 0o755)
    for name in ["run", "state"] { mkdir(folder.path + "/" + name, 0o755) }
    notifications = try FakeSocket(path: folder.path + "/notify")
    journal = try FakeSocket(path: folder.path + "/journal")
  }

  /// Puts a dispatch into the folder, whole at once: written elsewhere, then renamed.
  func drop(_ bytes: [UInt8], as name: [UInt8]) throws {
    dropped[name] = bytes
    try write(bytes, to: staging)
    guard rename(cPath(staging), cPath(inbox, name)) == 0 else { throw POSIXFailure(call: "rename", code: errno) }
  }

  /// Takes an input and its result away, as an administrator does when old ones go.
  func rotate(_ name: [UInt8]) {
    dropped[name] = nil
    unlink(cPath(inbox, name))
    unlink(resultPath(of: name))
  }

  func drop(_ text: String, as name: String) throws { try drop(Array(text.utf8), as: Array(name.utf8)) }

  /// So many different dispatches, `0000.txt` and on.
  func drop(count: Int) throws {
    for number in 0..<count { try drop(Dispatches.text(number), as: Dispatches.name(number)) }
  }

  func resultPath(of name: [UInt8]) -> [CChar] { cPath(inbox, name + Array(".telex.json".utf8)) }

  /// The result file of an input; nil while there is none.
  func result(of name: [UInt8]) -> [UInt8]? { readFile(resultPath(of: name)) }

  func result(of name: String) -> String? {
    result(of: Array(name.utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Waits until each of the inputs has a result. False where nothing more comes.
  func awaitResults(of names: [[UInt8]]? = nil, patience: Duration = .seconds(60)) throws -> Bool {
    let watch = try FolderWatch(inbox)
    let names = names ?? Array(dropped.keys)
    while names.contains(where: { access(resultPath(of: $0), F_OK) != 0 }) {
      guard watch.wait(patience: patience) else { return false }
    }
    return true
  }

  /// What a wait that ended in vain is to say: the inputs without a result, and the daemon's status.
  var state: String {
    let missing = dropped.keys.filter { access(resultPath(of: $0), F_OK) != 0 }
      .map { String(decoding: $0, as: UTF8.self) }
    let status = readFile(cPath("\(folder.path)/run/status.json")) ?? []
    return "without result: \(missing.sorted()); status: \(String(decoding: status, as: UTF8.self))"
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    guard let stream = fopen(path, "we") else { throw POSIXFailure(call: "fopen \(path)", code: errno) }
    defer { fclose(stream) }
    guard fwrite(bytes, 1, bytes.count, stream) == bytes.count else { throw POSIXFailure(call: "fwrite", code: errno) }
  }
}

/// Dispatches of an invented agency, each different.
enum Dispatches {
  static func name(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".txt"
  }

  static func text(_ number: Int) -> String {
    """
    Conseil municipal de Vauclerc-le-Haut: séance n°\(number)

    VAUCLERC-LE-HAUT, 3 mars (Fil du Nord) - Le maire Hugues Delabre a annoncé mardi que la commune \
    consacrerait \(number * 137 + 12) euros à l'entretien du pont des Ormes. "Nous tiendrons ce délai", a-t-il déclaré.

    Les travaux commenceront en avril, a précisé l'adjointe Solène Maurin, et dureront \(number % 9 + 2) semaines.

    """
  }
}

/// Tells of changes in a folder.
final class FolderWatch {
  private let descriptor: Int32

  init(_ path: String) throws {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else { throw POSIXFailure(call: "inotify_init1", code: errno) }
    let events = UInt32(IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_DELETE)
    guard inotify_add_watch(descriptor, path, events) >= 0 else {
      throw POSIXFailure(call: "inotify_add_watch \(path)", code: errno)
    }
  }

  deinit { close(descriptor) }

  /// Waits for a change; false where none comes.
  func wait(patience: Duration = .seconds(60)) -> Bool {
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, Int32(patience.components.seconds * 1000)) == 1 else { return false }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while read(descriptor, &buffer, buffer.count) > 0 {}
    return true
  }

  /// Waits for so many changes in any of the folder's files.
  func wait(events count: Int, patience: Duration = .seconds(60)) -> Bool {
    var left = count
    var buffer = [UInt8](repeating: 0, count: 1 << 10)
    while left > 0 {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, Int32(patience.components.seconds * 1000)) == 1 else { return false }
      if read(descriptor, &buffer, buffer.count) > 0 { left -= 1 }
    }
    return true
  }
}

func cPath(_ path: String, _ name: [UInt8]? = nil) -> [CChar] {
  let bytes = Array(path.utf8) + (name.map { [UInt8(ascii: "/")] + $0 } ?? [])
  return bytes.map(CChar.init(bitPattern:)) + [0]
}

/// A file's bytes; nil where it can't be read.
func readFile(_ path: [CChar]) -> [UInt8]? {
  guard let stream = fopen(path, "re") else { return nil }
  defer { fclose(stream) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while case let count = fread(&buffer, 1, buffer.count, stream), count > 0 { bytes += buffer[..<count] }
  return bytes
}

/// The names in a folder, raw bytes; empty where it can't be read.
func names(in folder: String) -> [[UInt8]] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [[UInt8]] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
  }
  return names
}

func hexDigest(_ bytes: [UInt8]) -> String {
  SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

import FoundationEssentials

/// The package's own files, found from this source file.
struct SourceTree {
  let root: String

  init(from source: String = #filePath) {
    var folder = source[...]
    repeat {
      folder = folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)]
    } while !folder.isEmpty && !FileManager.default.fileExists(atPath: folder + "/Package.swift")
    root = String(folder)
  }

  /// Names in the root, without what git does not keep.
  var rootEntries: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: root).filter { $0 != "Package.resolved" } }
  }

  func text(_ path: String) throws -> String {
    try String(decoding: Data(contentsOf: URL(filePath: root + "/" + path)), as: UTF8.self)
  }

  /// Paths of all files under the folders, relative to the root, sorted.
  func files(under folders: String..., named isWanted: (String) -> Bool = { _ in true }) throws -> [String] {
    var found: [String] = []
    func walk(_ folder: String) throws {
      for name in try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder) where name != ".build" {
        let path = folder + "/" + name
        var isFolder: Bool = false
        guard FileManager.default.fileExists(atPath: root + "/" + path, isDirectory: &isFolder) else { continue }
        if isFolder { try walk(path) } else if isWanted(name) { found.append(path) }
      }
    }
    for folder in folders where FileManager.default.fileExists(atPath: root + "/" + folder) { try walk(folder) }
    return found.sorted()
  }

  func swiftFiles(under folders: String...) throws -> [String] {
    try folders.flatMap { try files(under: $0) { $0.hasSuffix(".swift") } }
  }
}

/// A line of Swift without its comment. A `//` inside a string counts as a comment too, which errs on the quiet side.
func code(_ line: some StringProtocol) -> String {
  guard let comment = line.firstRange(of: "//") else { return String(line) }
  return String(line[..<comment.lowerBound])
}

/// The words of the command line. File names are bytes and need not be UTF-8, while the parser takes strings: a word that
/// is no UTF-8 is given to it as a readable text and its place in the command line, from which its bytes come back.
enum Arguments {
  /// All words but the program's name.
  static var all: [String] {
    (1..<max(1, Int(CommandLine.argc))).map { index in
      let bytes = raw(index)
      return String(validating: bytes, as: UTF8.self) ?? String(decoding: bytes, as: UTF8.self) + "\0\(index)"
    }
  }

  /// The bytes of a word that the parser gave back.
  static func bytes(of word: String) -> [UInt8] {
    // No word of a command line holds a NUL of its own.
    guard let mark = word.lastIndex(of: "\0"), let index = Int(word[word.index(after: mark)...]) else {
      return Array(word.utf8)
    }
    return raw(index)
  }

  private static func raw(_ index: Int) -> [UInt8] {
    guard index < CommandLine.argc, let word = CommandLine.unsafeArgv[index] else { return [] }
    var bytes: [UInt8] = []
    var next = word
    while next.pointee != 0 {
      bytes.append(UInt8(bitPattern: next.pointee))
      next += 1
    }
    return bytes
  }
}

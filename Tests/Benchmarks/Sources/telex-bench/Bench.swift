import Glibc

/// Measures a telexd from outside and prints a Markdown table. See `Tests/Benchmarks/run`.
@main
struct Bench {
  static func main() {
    do {
      let options = try Options(CommandLine.arguments.dropFirst())
      print("| measure | value |\n| --- | --- |")
      for (name, measure) in measures where options.only == nil || options.only == name {
        for row in try measure(options) { print("| \(row.name) | \(row.value) |") }
        fflush(nil)
      }
    } catch {
      fputs("telex-bench: \(error)\n", stderrStream())
      exit(1)
    }
  }

  private static let measures: [(String, @Sendable (Options) throws -> [Row])] = [
    ("start", measureStart), ("latency", measureLatencies), ("throughput", measureThroughput),
    ("memory", measureMemory), ("burst", measureBurst),
  ]

  /// Glibc's `stderr` is a global variable, which Swift 6 does not let through.
  private static func stderrStream() -> UnsafeMutablePointer<FILE>? { fdopen(STDERR_FILENO, "w") }
}

/// One line of the table.
struct Row {
  let name: String
  let value: String
}

struct Options {
  var telexd = ""
  var folder = ""
  var dispatch: [UInt8] = []
  /// Another dispatch, for latency; empty for none.
  var first: [UInt8] = []
  /// Many different dispatches, for memory; may be empty.
  var texts: [[UInt8]] = []
  var only: String?
  var isQuick = false

  init(_ arguments: some Sequence<String>) throws {
    var rest = Array(arguments)[...]
    while let word = rest.popFirst() {
      switch word {
      case "--quick": isQuick = true
      case "--telexd": telexd = try Self.value(&rest, of: word)
      case "--folder": folder = try Self.value(&rest, of: word)
      case "--only": only = try Self.value(&rest, of: word)
      case "--dispatch": dispatch = try readFile(try Self.value(&rest, of: word))
      case "--first": first = try readFile(try Self.value(&rest, of: word))
      case "--texts":
        let folder = try Self.value(&rest, of: word)
        texts = try names(in: folder).sorted().filter { $0.hasSuffix(".txt") }.map { try readFile("\(folder)/\($0)") }
      default: throw Failure("unknown option \(word)")
      }
    }
    guard !telexd.isEmpty, !folder.isEmpty, !dispatch.isEmpty else {
      throw Failure("--telexd, --folder and --dispatch are needed")
    }
  }

  private static func value(_ rest: inout ArraySlice<String>, of option: String) throws -> String {
    guard let value = rest.popFirst() else { throw Failure("\(option) needs a value") }
    return value
  }

  /// A dispatch like the others, and yet another: its last words differ.
  func dispatch(number: Int) -> [UInt8] { Self.numbered(dispatch, number) }

  static func numbered(_ dispatch: [UInt8], _ number: Int) -> [UInt8] { dispatch + Array("\n\(number)\n".utf8) }
}

struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }

  /// What a system call says of its failure.
  init(call: String) { description = "\(call): \(String(cString: strerror(errno)))" }
}

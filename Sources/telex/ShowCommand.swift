import ArgumentParser
import Glibc
import TelexModel
import TelexService

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows a result: the dispatch with names, quotations and speakers marked.",
    discussion: """
      In a terminal the marks are colours (none where NO_COLOR is set, or in a file). With --html a page is written \
      that any browser opens, with nothing else needed.

      EXAMPLES
        telex show depeche.txt.telex.json
        telex show --html depeche.txt.telex.json > depeche.html

      EXIT STATUS
        0 it was shown; 65 the file is no result of Telex; 66 it could not be read.
      """)

  @Flag(help: "Write a page for a browser.")
  var html = false

  @Argument(help: ArgumentHelp("A result.", valueName: "file"), completion: .file(extensions: ["json"]))
  var file: String

  /// Most bytes of a result that are read.
  private static let limit = 256 << 20

  func run() throws {
    let input: InputFile
    do {
      input = try InputFile(path: Arguments.bytes(of: file), limit: Self.limit)
    } catch {
      switch error {
      case .unreadable(let reason): Terminal.complain("\(file) cannot be read: \(reason)")
      case .tooLarge(let size): Terminal.complain("\(file) has \(size) bytes: more than a result can have")
      }
      throw Exit.unreadable
    }
    guard let value = try? JSONReader.value(of: input.bytes), let result = ShownResult(value) else {
      Terminal.complain("\(file) is no result of Telex; make one: telex analyse DISPATCH")
      throw Exit.refused
    }
    let isColoured = isatty(STDOUT_FILENO) == 1 && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
    let page = html ? HTMLPage(result).text : TerminalPage(result, isColoured: isColoured).text
    Terminal.write(Array(page.utf8), to: STDOUT_FILENO)
  }
}

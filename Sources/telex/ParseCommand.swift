import ArgumentParser
import Glibc
import TelexModel
import TelexService
import TelexText

struct ParseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Prints the syntax of French text: tokens, tags, lemmas, trees.",
    discussion: """
      The text is taken as it is, without looking for headers or intertitles. Trees follow Universal Dependencies; \
      TokenRange counts Unicode scalars of the text. The first word of a compound ("mise en examen") has its lemma, \
      category, gender and number as Compound… in MISC.

      EXAMPLES
        telex parse --conllu texte.txt
        echo "Le ministre a démenti." | telex parse --conllu -

      EXIT STATUS
        0 the text was read; 65 it is no text; 66 it could not be read; 64 wrong usage; 78 missing data.
      """)

  /// Most bytes of a text.
  private static let limit = 64 << 20

  @Flag(help: "Print CoNLL-U, the only format so far.")
  var conllu = false

  @Option(help: ArgumentHelp("Configuration file.", valueName: "file"))
  var config: String?

  @Argument(help: ArgumentHelp("A text; - reads standard input.", valueName: "file"), completion: .file())
  var file: String

  func validate() throws {
    guard conllu else { throw ValidationError("Name a format: --conllu.") }
  }

  func run() throws {
    let configuration = try CommandSettings.configuration(file: config)
    let resources = try CommandSettings.resources(of: configuration)
    let input: InputFile
    do throws(InputFile.Failure) {
      input =
        file == "-"
        ? try InputFile(descriptor: STDIN_FILENO, limit: Self.limit)
        : try InputFile(path: Arguments.bytes(of: file), limit: Self.limit)
    } catch {
      switch error {
      case .unreadable(let message): Terminal.complain("\(file): \(message)")
      case .tooLarge: Terminal.complain("\(file): more than \(Self.limit) bytes")
      }
      throw Exit.unreadable
    }
    let reader: SyntaxReader
    do throws(ResourceError) {
      reader = try SyntaxReader(resources: resources)
    } catch {
      Terminal.complain("\(error)")
      throw Exit.misconfigured
    }
    do throws(Reason) {
      guard Terminal.write(try reader.conllu(input.bytes), to: STDOUT_FILENO) else {
        throw Reason(.resource, "standard output is closed")
      }
    } catch {
      Terminal.complain("\(file): \(error.message)")
      throw Exit.refused
    }
  }
}

import Glibc
import TelexModel
import Testing

/// What the README shows is what the programs do. `TELEX_RECORD=1` writes its sample anew.
@Suite struct ReadmeTests {
  let program: Program

  init() throws { program = try Program() }

  @Test func theSampleIsWhatTheEngineMakesOfIt() throws {
    let path = try PackageFiles.path("README.md")
    let readme = String(decoding: try PackageFiles.contents(path), as: UTF8.self)
    let input = try #require(Self.block("sample input", in: readme))
    try program.write(String(readme[input]), named: "depeche.txt")
    let run = try program.run("analyse", "depeche.txt")
    #expect(run.status == 0, "\(run.errors)")
    let result = Abridged.text(try JSONReader.value(of: program.read("depeche.txt.telex.json"))) + "\n"
    let output = try #require(Self.block("sample output", in: readme))
    if getenv("TELEX_RECORD") != nil {
      try PackageFiles.replace(path, with: readme.replacingCharacters(in: output, with: result))
    } else {
      #expect(String(readme[output]) == result, "TELEX_RECORD=1 writes it anew")
    }
  }

  /// Every file and folder that the README names in backquotes or links is there.
  @Test func theFilesItNamesExist() throws {
    let readme = String(decoding: try PackageFiles.contents(try PackageFiles.path("README.md")), as: UTF8.self)
    for piece in readme.split(separator: "](").dropFirst() {
      let target = String(piece.prefix { $0 != ")" })
      guard !target.hasPrefix("http") else { continue }
      #expect(access(try PackageFiles.path(target), F_OK) == 0, "\(target)")
    }
    for name in ["systemd/install", "systemd/telex.alerts.yaml", "Tests/run", "Tests/Benchmarks/run"] {
      #expect(access(try PackageFiles.path(name), F_OK) == 0, "\(name)")
    }
  }

  /// The contents of the fenced block that follows the comment of that name.
  private static func block(_ name: String, in text: String) -> Range<String.Index>? {
    guard let comment = text.firstRange(of: "<!-- \(name) -->\n```\n") else { return nil }
    guard let end = text[comment.upperBound...].firstRange(of: "```\n") else { return nil }
    return comment.upperBound..<end.lowerBound
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    String(self[..<range.lowerBound]) + text + self[range.upperBound...]
  }
}

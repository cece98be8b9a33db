import Foundation
import TelexModel
import TelexText
import TelexTraining
import Testing

@Suite struct BratTests {
  /// Of names within names the longest is trained on; the inner ones are kept for the score.
  @Test func namesWithinNames() throws {
    let corpus = FileManager.default.temporaryDirectory.appendingPathComponent("brat-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: corpus) }
    let month = corpus.appendingPathComponent("2022/05")
    try FileManager.default.createDirectory(at: month, withIntermediateDirectories: true)
    try Data("L'université de Marval à Été-sur-Lys".utf8).write(to: month.appendingPathComponent("a.txt"))
    try Data(
      """
      T1\tLocation 16 22\tMarval
      T2\tOrganization 2 22\tuniversité de Marval
      T3\tLocation 25 36\tÉté-sur-Lys
      T4\tDate 0 1\tL

      """.utf8
    ).write(to: month.appendingPathComponent("a.ann"))
    let document = try #require(try Brat.read(corpus, months: ["2022/05"]).first)
    func shown(_ names: [(span: Span, kind: Entity.Kind)]) -> [String] {
      names.map { "\(document.text.string($0.span))/\($0.kind.rawValue)" }
    }
    #expect(shown(document.names) == ["université de Marval/organization", "Été-sur-Lys/location"])
    #expect(shown(document.inner) == ["Marval/location"])
  }
}

import TelexModel
import Testing

@testable import TelexText

struct TextLinesTests {
  private func paragraphs(_ string: String) -> [String] {
    let text = SourceText(string)
    return TextLines(of: text, in: Span(0, text.utf8.count)).paragraphs(of: text).map { text.string($0) }
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func blankLinesPartParagraphs(newline: String) {
    #expect(paragraphs(["  Un.", "", " \t", "Deux. ", ""].joined(separator: newline)) == ["Un.", "Deux."])
  }

  @Test func aLineOfItsOwnIsAParagraph() {
    #expect(paragraphs("Titre court.\nUn homme est venu hier.\nIl est reparti.").count == 3)
  }

  @Test func linesThatAMachineWrappedAreJoined() {
    let wrapped = """
      La ministre de la Défense, Claire Dumont, a annoncé mardi que la
      Belgique retirerait d'Afghanistan sa septantaine de militaires d'ici
      au 1er mai, à condition que l'Allemagne en fasse autant.
      Quelque 10.000 soldats étrangers, dont 2.500 Américains, y sont
      encore déployés, selon l'Alliance.
      """
    #expect(paragraphs(wrapped).count == 2)
  }

  @Test func aLineThatGoesOnIsJoined() {
    let long = String(repeating: "mot ", count: 60)
    #expect(paragraphs("Le ministre a dit que\nla loi passera. \(long)").count == 1)
    #expect(paragraphs("Le ministre l'a dit.\nLa loi passera. \(long)").count == 2)
  }

  @Test func indentedLinesBeginParagraphs() {
    let text =
      "   Bruxelles (exa) La ministre a annoncé mardi que la Belgique se retirerait\nd'Afghanistan.\n   Berlin n'a pas tranché."
    #expect(paragraphs(text).count == 2)
  }
}

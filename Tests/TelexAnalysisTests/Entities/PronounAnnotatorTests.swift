import TelexModel
import Testing

@testable import TelexAnalysis

@Suite struct PronounAnnotatorTests {
  @Test(arguments: [
    ("La ministre Claire Lambert est arrivée lundi. Elle a visité l'usine.", "Elle → Claire Lambert"),
    ("Paul Lambert a dit qu'il partait lundi.", "il → Paul Lambert"),
    ("Claire Lambert a présenté mardi son projet.", "son → Claire Lambert"),
    ("« Nous partons », a dit Paul Lambert. « Nous revenons », a-t-il ajouté.", "-t-il → Paul Lambert"),
  ])
  func aPronounIsLedBack(text: String, expected: String) throws {
    #expect(try ReadText(text).mentions(.pronoun) == [expected])
  }

  @Test(arguments: [
    "Paul Lambert est arrivé lundi. Il faut attendre.", "Paul Lambert est arrivé lundi. Elle a visité l'usine.",
    "Claire Lambert a vu Anne Durand mardi et son projet.", "Paul Lambert est venu. Il est possible de partir.",
    // Somebody whom nobody names stands nearer.
    "Paul Lambert a dit que l'avocat avait vu sa fille.", "Paul Lambert a défendu un client. Celui-ci a nié.",
  ])
  func whatNothingDecidesIsLeftOut(text: String) throws {
    #expect(try ReadText(text).mentions(.pronoun).isEmpty)
  }
}

import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct QuotationAnnotatorTests {
  @Test(arguments: [
    "« Nous partirons ensemble », a souligné Claire Vasseur.",
    "\"Nous partirons ensemble\", a souligné Claire Vasseur.",
    "“Nous partirons ensemble”, a souligné Claire Vasseur.",
    "«Nous partirons ensemble» a souligné mardi Claire Vasseur.",
    "Claire Vasseur a souligné : « Nous partirons ensemble. »",
    "Selon Claire Vasseur, « nous partirons ensemble ».",
    "'Nous partirons ensemble', a souligné Claire Vasseur.",
    "‘Nous partirons ensemble’, a souligné Claire Vasseur.",
  ])
  func aDirectQuotationHasItsSpeaker(text: String) throws {
    let read = try ReadText(text)
    let found = try #require(read.document.quotations.first, "nothing found in \(text)")
    #expect(read.document.quotations.count == 1, "\(read.quotations)")
    #expect(found.kind == .direct)
    #expect(read.document.text.string(found.span).lowercased().hasPrefix("nous partirons ensemble"))
    #expect(read.speaker(found) == "Claire Vasseur")
  }

  @Test func whoIsSpokenToEndsBeforeWhoSpeaks() throws {
    let read = try ReadText("« Nous partirons ensemble », a lancé devant la presse Claire Vasseur, présidente du port.")
    let found = try #require(read.document.quotations.first)
    #expect(read.speaker(found) == "Claire Vasseur")
    #expect(found.addressee.map { read.document.text.string($0.span) } == "presse")
  }

  @Test(arguments: [
    ("« Nous partons », a dit à l'AFP Claire Vasseur.", "AFP"),
    ("« Nous partons », a confié Claire Vasseur à Paul Lambert.", "Paul Lambert"),
    ("Claire Vasseur a indiqué à La Presse Canadienne que le port fermerait.", "La Presse Canadienne"),
    ("Claire Vasseur a demandé à Moscou de retirer ses navires.", "Moscou"),
  ])
  func whoIsSpokenToCanHaveAName(text: String, name: String) throws {
    let read = try ReadText(text)
    let found = try #require(read.document.quotations.first, "nothing found in \(text)")
    #expect(read.speaker(found) == "Claire Vasseur")
    #expect(found.addressee.map { read.document.text.string($0.span) } == name)
    #expect(found.venue == nil)
  }

  @Test func aPlaceRightBehindTheVerbIsWhereItWasSaid() throws {
    let read = try ReadText("Claire Vasseur a annoncé mardi à Bruxelles que le port fermerait.")
    let found = try #require(read.document.quotations.first)
    #expect(found.venue.map { read.document.text.string($0.span) } == "Bruxelles")
    #expect(found.addressee == nil)
  }

  @Test func aVerbBehindWordsInMarksHasTheSubjectBeforeThem() throws {
    let read = try ReadText("Claire Vasseur estime que « l'arbitre a triché » et a annoncé qu'elle porterait plainte.")
    #expect(
      read.quotations == [
        "direct: l'arbitre a triché — Claire Vasseur", "indirect: elle porterait plainte — Claire Vasseur",
      ])
  }

  @Test func anInciseBetweenAConditionAndItsMainClauseIsInsideWhatIsSaid() throws {
    let read = try ReadText("S'il n'obtient rien, a prévenu Claire Vasseur, le port fermera lundi.")
    #expect(
      read.quotations.first
        == "indirect: S'il n'obtient rien, a prévenu Claire Vasseur, le port fermera lundi — Claire Vasseur")
  }

  @Test(arguments: [
    "À la FGTB, on parle d'un « coup de poignard ».", "A la FGTB, on se dit « pas du tout convaincu ».",
  ])
  func bodiesSpeakAsOn(text: String) throws {
    let read = try ReadText(text)
    let found = try #require(read.document.quotations.first, "nothing found in \(text)")
    #expect(read.speaker(found) == "FGTB")
  }

  @Test func whatSomethingIsCalledIsNobodysWords() throws {
    let read = try ReadText("Claire Vasseur se rendra dans la région dite des « trois frontières ».")
    #expect(read.quotations.isEmpty, "\(read.quotations)")
  }

  @Test func twoSourcesOfNumbersShareNoSentence() throws {
    let read = try ReadText(
      "Quelque 2500 manifestants, selon la police, 4000 selon les syndicats, ont défilé mardi dans les rues de Gand.")
    #expect(read.quotations.allSatisfy { $0.contains("ont défilé") == false }, "\(read.quotations)")
  }

  @Test func whoeverIsNamedInFullBehindAnUnknownNounSpeaks() throws {
    let read = try ReadText("« Nous partirons ensemble », a souligné la gréviculteure Claire Vasseur.")
    #expect(read.quotations == ["direct: Nous partirons ensemble — Claire Vasseur"])
  }

  @Test func atAPlaceNobodySpeaksAsOn() throws {
    let read = try ReadText("À Bruxelles, on parle d'un « coup de poignard ».")
    #expect(read.document.quotations.allSatisfy { $0.speaker == nil }, "\(read.quotations)")
  }

  @Test func whatTheSpeakerOfAnInciseDoesMeanwhileIsTheirs() throws {
    let read = try ReadText(
      "« Nous n'avons pas le choix », a dit Claire Vasseur, tout en n'excluant pas un report « de six mois, pas plus »."
    )
    #expect(read.quotations.last == "mixed: de six mois, pas plus — Claire Vasseur")
  }

  @Test func aPointDePresseIsAnOccasion() throws {
    let read = try ReadText("« Nous partirons ensemble », a précisé Claire Vasseur lors d'un point de presse à Gand.")
    #expect(read.document.quotations.first?.venue.map { read.document.text.string($0.span) } == "point de presse")
  }

  @Test func anInterruptedQuotationIsTwo() throws {
    let read = try ReadText("« Le projet avance », a dit Claire Vasseur, « mais nous avons besoin de temps ».")
    #expect(
      read.quotations == [
        "direct: Le projet avance — Claire Vasseur", "direct: mais nous avons besoin de temps — Claire Vasseur",
      ])
  }

  @Test func theNextSentenceCarriesTheSpeakerOn() throws {
    let read = try ReadText(
      "« Le projet avance », a dit Claire Vasseur. « Nous avons besoin de temps », a-t-elle ajouté.")
    #expect(
      read.quotations == [
        "direct: Le projet avance — Claire Vasseur", "direct: Nous avons besoin de temps — Claire Vasseur",
      ])
  }

  @Test func aPassageOverParagraphsIsOneQuotation() throws {
    let read = try ReadText(
      """
      Claire Vasseur a déclaré : « Nous avons attendu toute la nuit.

      « Personne n'est venu nous chercher. »

      Les secours étaient partis.
      """)
    let found = try #require(read.document.quotations.first)
    #expect(read.document.quotations.count == 1, "\(read.quotations)")
    #expect(
      found.verbatim.map { read.document.text.string($0) } == [
        "Nous avons attendu toute la nuit.", "Personne n'est venu nous chercher.",
      ])
  }

  @Test func aForgottenMarkQuotesNothing() throws {
    let read = try ReadText(
      "La porte-parole a parlé de « retard.\n\nLes travaux ont repris lundi.\n\nLe chantier finira en mai.")
    #expect(read.quotations.isEmpty, "\(read.quotations)")
  }

  @Test func theAgencysWordsAreSplitFromTheSpokenOnes() throws {
    let read = try ReadText("\"Nous avons ajusté (le nombre de bateaux) ensemble\", a affirmé Claire Vasseur.")
    let found = try #require(read.document.quotations.first)
    #expect(found.verbatim.map { read.document.text.string($0) } == ["Nous avons ajusté", "ensemble"])
    #expect(found.insertions.map { read.document.text.string($0) } == ["(le nombre de bateaux)"])
  }

  @Test(arguments: [
    "Le film « La Route du sel » sort mercredi.", "Le projet est baptisé « Horizon bleu ».",
    "L'émission « Quotidien » sera diffusée mardi.",
  ])
  func namesInMarksAreNoQuotations(text: String) throws {
    let read = try ReadText(text)
    #expect(read.quotations.isEmpty, "\(read.quotations)")
  }

  @Test(arguments: [
    (
      "Claire Vasseur a affirmé mardi que le port fermerait deux jours.",
      "indirect: le port fermerait deux jours — Claire Vasseur"
    ),
    ("Claire Vasseur s'est engagée à consulter les syndicats.", "indirect: consulter les syndicats — Claire Vasseur"),
    ("Claire Vasseur a menacé de quitter la réunion.", "indirect: quitter la réunion — Claire Vasseur"),
    ("Claire Vasseur a déclaré vouloir rester.", "indirect: vouloir rester — Claire Vasseur"),
    ("Selon Claire Vasseur, le port fermera mardi.", "indirect: le port fermera mardi — Claire Vasseur"),
    ("Le port fermera mardi, a annoncé Claire Vasseur.", "indirect: Le port fermera mardi — Claire Vasseur"),
    (
      "Claire Vasseur a annoncé la fermeture du port.", "indirect: la fermeture du port — Claire Vasseur"
    ),
  ])
  func whatIsReportedWithoutMarksIsIndirect(text: String, expected: String) throws {
    #expect(try ReadText(text).quotations == [expected])
  }

  @Test func aFragmentIsMixed() throws {
    let read = try ReadText("Claire Vasseur a affirmé qu'un accord était possible mais « difficile ».")
    #expect(
      read.quotations == [
        "indirect: un accord était possible mais « difficile » — Claire Vasseur", "mixed: difficile — Claire Vasseur",
      ])
  }

  @Test(arguments: [
    "Claire Vasseur n'a pas dit que le port fermerait.", "Claire Vasseur n'a pas précisé quand le port fermerait.",
    "La demande a baissé.", "L'annonce a surpris les syndicats.",
  ])
  func whatWasNotSaidIsNoQuotation(text: String) throws {
    let read = try ReadText(text)
    #expect(read.quotations.isEmpty, "\(read.quotations)")
  }

  @Test(arguments: [
    "«", "»", "\"", "« « « « »", "\" \" \"", "« a", ", a dit", "selon", "Selon ,", "« », a-t-il dit.", "que",
  ])
  func anyInputIsRead(text: String) throws {
    #expect(try ReadText(text).quotations.isEmpty)
  }
}

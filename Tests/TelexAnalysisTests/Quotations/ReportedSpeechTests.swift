import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct ReportedSpeechTests {
  @Test(arguments: [
    // The subject stands behind the verb, and is no object.
    (
      "Le musée rouvrira en mai, a annoncé mardi l'échevine de la Culture.", "Le musée rouvrira en mai",
      "échevine de la Culture"
    ),
    ("Le chantier est terminé, note de son côté un analyste.", "Le chantier est terminé", "analyste"),
    (
      "Un suspect a été arrêté, a-t-on appris jeudi de source judiciaire.", "Un suspect a été arrêté",
      "source judiciaire"
    ),
    // Sources without a verb.
    ("A en croire la police, deux routes sont fermées.", "deux routes sont fermées", "police"),
    ("De l'avis de plusieurs diplomates, l'accord est proche.", "l'accord est proche", "plusieurs diplomates"),
    ("Pour la ministre, le budget est prêt.", "le budget est prêt", "ministre"),
    ("Deux routes, selon la police, sont fermées.", "Deux routes, selon la police, sont fermées", "police"),
    ("D'après la ministre, Claire Vasseur ne partira pas.", "Claire Vasseur ne partira pas", "ministre"),
    // Negated, and in the infinitive.
    ("Claire Vasseur a dit ne pas vouloir partir.", "ne pas vouloir partir", "Claire Vasseur"),
    ("Claire Vasseur a confié avoir perdu ses clés.", "avoir perdu ses clés", "Claire Vasseur"),
    ("Claire Vasseur a dit espérer que le port rouvrira.", "espérer que le port rouvrira", "Claire Vasseur"),
    // A number, and a noun without an article.
    ("La police fait état d'au moins huit blessés.", "au moins huit blessés", "police"),
    ("Claire Vasseur accuse le conseil de laxisme.", "laxisme", "Claire Vasseur"),
    // What follows is the journalist's again.
    (
      "Claire Vasseur a promis que le port rouvrirait, sans toutefois préciser quand il serait prêt.",
      "le port rouvrirait", "Claire Vasseur"
    ),
    // Nouns behind verbs of asking.
    ("Claire Vasseur a appelé lundi à un cessez-le-feu.", "un cessez-le-feu", "Claire Vasseur"),
    ("Claire Vasseur a appelé les deux camps à la retenue.", "la retenue", "Claire Vasseur"),
  ])
  func aReportHasItsWordsAndSpeaker(text: String, words: String, speaker: String) throws {
    #expect(try ReadText(text).quotations == ["indirect: \(words) — \(speaker)"])
  }

  @Test func aVerbBehindEtSharesTheAuxiliary() throws {
    let read = try ReadText(
      "Claire Vasseur a estimé que le délai était court et rappelé que les travaux avaient commencé.")
    #expect(
      read.quotations == [
        "indirect: le délai était court — Claire Vasseur", "indirect: les travaux avaient commencé — Claire Vasseur",
      ])
  }

  @Test func whatIsDeniedIsTold() throws {
    let read = try ReadText("Claire Vasseur a démenti que le directeur ait demandé un report.")
    #expect(read.quotations == ["indirect: le directeur ait demandé un report — Claire Vasseur"])
    #expect(read.document.quotations.first?.cue?.act == "deny")
  }

  @Test(arguments: [
    "Claire Vasseur a refusé de dire si le port fermerait.", "Sans préciser quand le port fermerait, elle est partie.",
    "Le port a fermé sans que personne ne dise pourquoi.",
  ])
  func whatIsNotSaidIsNoReport(text: String) throws {
    #expect(try ReadText(text).quotations.isEmpty)
  }
}

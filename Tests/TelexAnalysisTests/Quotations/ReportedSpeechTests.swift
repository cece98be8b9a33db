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
    (
      "Selon plusieurs sources syndicales, deux ouvriers auraient été blessés mardi.",
      "deux ouvriers auraient été blessés mardi", "plusieurs sources syndicales"
    ),
    ("Le port est fermé, selon les services de renseignement.", "Le port est fermé", "services de renseignement"),
    ("Un diplomate est venu. D'après lui, l'accord est proche.", "l'accord est proche", "diplomate"),
    ("Elle accuse le groupe d'avoir menti, sans le nommer.", "avoir menti", "?"),
    (
      "Selon la police, deux routes sont fermées, ce que la mairie n'a pas voulu confirmer.",
      "deux routes sont fermées", "police"
    ),
    (
      "Elle a parlé en réponse à une question de la députée Anne Morel (Union pour demain), qui lui reprochait d'avoir menti.",
      "avoir menti", "Anne Morel"
    ),
    (
      "Elle répondait à une question de la députée Anne Morel (PS), qui lui reprochait d'avoir fermé le port.",
      "avoir fermé le port", "Anne Morel"
    ),
    ("Greenpeace exige de Berne un plan de sortie du pétrole.", "un plan de sortie du pétrole", "Greenpeace"),
    (
      "Sept personnes, dont deux enfants, ont été tuées mardi à Gand, deuxième ville du pays, ont annoncé les autorités.",
      "Sept personnes, dont deux enfants, ont été tuées mardi à Gand, deuxième ville du pays", "autorités"
    ),
    (
      "Claire Vasseur dit avoir perçu, entre 2011 et 2014, quelque deux millions d'euros.",
      "avoir perçu, entre 2011 et 2014, quelque deux millions d'euros", "Claire Vasseur"
    ),
    ("De source judiciaire, on assure que l'enquête avance.", "l'enquête avance", "source judiciaire"),
    ("Grève: le port restera fermé, selon la mairie.", "le port restera fermé", "mairie"),
    // Convictions.
    ("Convaincue que le port rouvrira, Claire Vasseur est partie.", "le port rouvrira", "Claire Vasseur"),
    ("Claire Vasseur est convaincue que le port rouvrira.", "le port rouvrira", "Claire Vasseur"),
    // Nouns for what was said, and views.
    ("Claire Vasseur plaide pour une réforme du port.", "une réforme du port", "Claire Vasseur"),
    ("La promesse du groupe de rouvrir le port a surpris les élus.", "rouvrir le port", "groupe"),
    // Words between the verb and what is said.
    (
      "Claire Vasseur a indiqué dans une lettre, dont Belga a obtenu copie, que le port rouvrirait.",
      "le port rouvrirait", "Claire Vasseur"
    ),
    ("Claire Vasseur estime en outre avoir agi vite.", "avoir agi vite", "Claire Vasseur"),
    // Those around somebody speak, not that person.
    (
      "Le cabinet du ministre, Paul Durand, a indiqué que le port rouvrirait.", "le port rouvrirait",
      "cabinet du ministre, Paul Durand"
    ),
    // A participle with its own complement is no part of the speaker's name.
    ("Le port rouvrira, a expliqué un habitant joint par téléphone.", "Le port rouvrira", "habitant"),
    ("Selon le chef des secours, le capitaine Raoul Durand, le temps presse.", "le temps presse", "Raoul Durand"),
    (
      "Après avoir annoncé la fermeture du port, Claire Vasseur est partie.", "la fermeture du port", "Claire Vasseur"
    ),
    (
      "Selon Claire Vasseur, l'une des élues du port, la digue tiendra.", "la digue tiendra", "Claire Vasseur"
    ),
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

  @Test func anAmpersandBelongsToTheName() throws {
    let read = try ReadText("La société Durand & Fils a affirmé que le port rouvrirait.")
    let speaker = try #require(read.document.quotations.first?.speaker)
    #expect(read.document.text.string(speaker.reference.span) == "société Durand & Fils")
  }

  @Test func aPluralPronounIsNoPerson() throws {
    let read = try ReadText(
      "« La coupe est pleine », a dit Claire Vasseur. Les organisations dénoncent un « recul ». Elles disent avoir prévenu."
    )
    #expect(read.quotations.last == "indirect: avoir prévenu — organisations")
  }

  @Test func anotherFunctionIsAnotherPerson() throws {
    let read = try ReadText(
      "La directrice, Claire Vasseur, a dit qu'elle partait. Le ministre de la Mobilité a souligné que le budget était prêt."
    )
    #expect(read.quotations.last == "indirect: le budget était prêt — ministre de la Mobilité")
  }

  @Test func aPublicBodyIsNoAssociationNamedBefore() throws {
    let read = try ReadText(
      "L'association Nordmer a compté douze morts. La junte avait promis d'organiser des élections.")
    #expect(read.quotations.last == "indirect: organiser des élections — junte")
    let association = try ReadText(
      "L'association Nordmer est née en 2019. L'association a promis d'organiser un débat.")
    #expect(association.quotations.last?.hasSuffix("Nordmer") ?? false, "\(association.quotations)")
  }

  @Test func whoSpeaksWithinWhatIsSaidSpokeBefore() throws {
    let read = try ReadText(
      "Claire Vasseur a promis de venir. La direction ne paiera rien tant qu'aucun plan n'existe, a-t-elle prévenu.")
    #expect(read.quotations.last?.hasSuffix("— Claire Vasseur") ?? false, "\(read.quotations)")
    let alone = try ReadText("La ministre viendra mardi, a-t-elle annoncé.")
    #expect(alone.quotations == ["indirect: La ministre viendra mardi — ministre"])
  }

  @Test func aParticipleThatBeginsASentenceIsNobody() throws {
    let read = try ReadText("Parti seul en tête, le coureur Paul Lambert a gagné. « J'en rêvais », a-t-il réagi.")
    #expect(read.quotations == ["direct: J'en rêvais — Paul Lambert"])
  }

  @Test func aRankBeforeTheNameInAppositionIsNoOtherPerson() throws {
    for title in ["le colonel", "la commandante", "l'avocat"] {
      let read = try ReadText(
        "Le porte-parole du gouvernement, \(title) Claire Vasseur, a affirmé que le port rouvrirait.")
      #expect(read.quotations == ["indirect: le port rouvrirait — Claire Vasseur"])
    }
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
    // Which of many are meant, and what the agency knows itself.
    "Les personnes qui souhaitent faire un don peuvent appeler la mairie.",
    "Les lycéens qui demandent à être dispensés devront attendre.", "Selon nos informations, le port fermera.",
    "A noter que le port fermera en mai.", "Pour Claire Vasseur, il s'agit d'un cinquième titre.",
    "Les équipes vont maintenant préparer la rentrée du port.",
    "Les émissions devront reculer pour espérer limiter le réchauffement.",
    // The press conditional alone names no source.
    "Les assaillants appartiendraient à un groupe armé.",
  ])
  func whatIsNotSaidIsNoReport(text: String) throws {
    #expect(try ReadText(text).quotations.isEmpty)
  }
}

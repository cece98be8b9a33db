import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct QuotedSpeechTests {
  @Test(arguments: [
    ("« La peur est un moteur », sourit Claire Vasseur.", ["direct: La peur est un moteur — Claire Vasseur"]),
    (
      "« Ce n'est pas le moment », a balayé le technicien.", ["direct: Ce n'est pas le moment — technicien"]
    ),
    (
      "« Je suis content », a réagi au micro de la radio Claire Vasseur.",
      ["direct: Je suis content — Claire Vasseur"]
    ),
    (
      "La maire a vu Paul Durand lundi. « Le port rouvrira », a reconnu ce dernier.",
      ["direct: Le port rouvrira — Paul Durand"]
    ),
    ("« Le port rouvrira », veut croire Claire Vasseur.", ["direct: Le port rouvrira — Claire Vasseur"]),
    (
      "Claire Vasseur est arrivée. « Le port rouvrira », veut-elle croire.",
      ["direct: Le port rouvrira — Claire Vasseur"]
    ),
    (
      "« Le port rouvrira », indique par ailleurs un document que Belga a pu consulter.",
      ["direct: Le port rouvrira — document"]
    ),
    ("Claire Vasseur juge le projet « disproportionné ».", ["mixed: disproportionné — Claire Vasseur"]),
    (
      "Le parti a dénoncé, par la voix de sa porte-parole Claire Vasseur, « une erreur ». « Nous partons », a-t-elle dit.",
      ["mixed: une erreur — parti", "direct: Nous partons — Claire Vasseur"]
    ),
    (
      "Claire Vasseur a présenté une aide que le gouvernement tchadien a acceptée « avec une grande joie ».",
      ["mixed: avec une grande joie — gouvernement tchadien"]
    ),
    (
      "Le port a reçu un plan que Claire Vasseur n'a jamais lu « par manque de temps ».",
      ["mixed: par manque de temps — Claire Vasseur"]
    ),
    (
      "« Notre patience a des limites », a prévenu le président en exercice du port, le Belge Paul Durand.",
      ["direct: Notre patience a des limites — Paul Durand"]
    ),
    (
      "« Mon fils avait dix ans », a témoigné en pleurs Mme Vasseur, mère d'une victime.",
      ["direct: Mon fils avait dix ans — Vasseur"]
    ),
    (
      "Rome dénonce une « provocation », Ankara « prêt au dialogue »\n\nLe port est fermé.",
      ["mixed: provocation — Rome", "mixed: prêt au dialogue — Ankara"]
    ),
    (
      "Rome a convoqué le consul après l'entrée d'un navire, une « provocation inacceptable » selon Claire Vasseur.",
      ["mixed: provocation inacceptable — Claire Vasseur"]
    ),
    (
      "Claire Vasseur réclame une réunion du conseil, faute de quoi « le port sera fermé ».",
      ["indirect: une réunion du conseil — Claire Vasseur", "direct: le port sera fermé — Claire Vasseur"]
    ),
    (
      "« Il est effondré. Il pense à eux », a confié son conseil, Me Claire Vasseur.",
      ["direct: Il est effondré. Il pense à eux — Claire Vasseur"]
    ),
    (
      "« Il reste du temps », a dit la coprésidente du groupe de travail, la climatologue belge Claire Vasseur.",
      ["direct: Il reste du temps — Claire Vasseur"]
    ),
    (
      "Paul Durand s'est montré nuancé. La Suisse « fait sa part depuis longtemps », a-t-il dit vendredi.",
      [
        "indirect: La Suisse « fait sa part depuis longtemps » — Paul Durand",
        "mixed: fait sa part depuis longtemps — Paul Durand",
      ]
    ),
    (
      "Six ans de prison ont été requis contre la ministre, qui crie à « l'acharnement ».",
      ["mixed: l'acharnement — ministre"]
    ),
    (
      "« Vous avez trahi le port », a lancé au prévenu, 71 ans, Claire Vasseur.",
      ["direct: Vous avez trahi le port — Claire Vasseur"]
    ),
    (
      "« Il n'y a aucun survivant », a déclaré les larmes aux yeux la ministre, Claire Vasseur.",
      ["direct: Il n'y a aucun survivant — Claire Vasseur"]
    ),
    (
      "Le ministre Claire Vasseur est arrivée. « Le port rouvrira », a-t-elle dit.",
      ["direct: Le port rouvrira — Claire Vasseur"]
    ),
    ("Claire Vasseur s'est dite « prête ».", ["mixed: prête — Claire Vasseur"]),
    ("Claire Vasseur a traité ses adversaires d'« idiots ».", ["mixed: idiots — Claire Vasseur"]),
    ("Claire Vasseur juge la mesure « tapageuse ».", ["mixed: tapageuse — Claire Vasseur"]),
  ])
  func wordsInMarksHaveTheirSpeaker(text: String, expected: [String]) throws {
    #expect(try ReadText(text).quotations == expected)
  }

  @Test(arguments: [
    "Claire Vasseur, surnommée « la Reine du port », est partie.", "Le groupe « Les Amis du port » s'est réuni.",
  ])
  func namesAndNicknamesAreNoQuotations(text: String) throws {
    #expect(try ReadText(text).quotations.isEmpty)
  }
}

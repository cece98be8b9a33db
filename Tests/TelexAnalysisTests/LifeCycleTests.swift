import TelexModel
import TelexText
import TelexWire
import Testing

@testable import TelexAnalysis

/// Embargoes that the text alone gives, kill notices, corrections, blocks of other languages.
struct LifeCycleTests {
  private let reader: DispatchReader
  private let pipeline: Pipeline
  private let annotators: [any Annotator]

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    reader = try DispatchReader(resources: resources)
    let tokenizer = try Tokenizer(resources: resources)
    annotators = [
      TokenAnnotator(tokenizer: tokenizer), try StructureAnnotator(resources: resources, tokenizer: tokenizer),
      try LanguageAnnotator(resources: resources),
    ]
    pipeline = Pipeline(annotators)
  }

  private func read(_ text: String) throws -> Document {
    guard case .items(let items) = reader.read(Array(text.utf8), name: Array("a.txt".utf8)), let item = items.first
    else {
      throw Reason(.malformed, "no item")
    }
    var document = Document(text: item.text, item: item.item, documentTime: item.documentTime)
    document.blocks = item.blocks
    document.diagnostics = item.diagnostics
    pipeline.annotate(&document)
    return document
  }

  private static let body =
    "TRÉLAN, 11 mai 2021 (EXA) - La maire de Trélan, Odile Karsen, présentera mercredi les plans du nouveau port de la ville."

  @Test(arguments: [
    ("(SOUS EMBARGO JUSQU'AU 12 MAI A 18H00)\n\nTrélan présente son port\n\n\(body)", "2021-05-12T18:00"),
    ("Trélan présente son port\n\nSous embargo jusqu'à mercredi 6h00 GMT\n\n\(body)", "2021-05-12T06:00Z"),
    ("EMBARGO JUSQU'AU 12 MAI 18H00 - Trélan présente son port\n\n\(body)", "2021-05-12T18:00"),
    ("Titre: Trélan présente son port\nEmbargo: 12 mai 18h00\n\n\(body)", "2021-05-12T18:00"),
    (
      "Trélan présente son port\n\n\(body)\n\n(Embargo jusqu'au 12 mai à midi, heure de Paris)",
      "2021-05-12T12:00+02:00"
    ),
    (
      "Trélan présente son port\n\nTRÉLAN, 11 mai 2021 (EXA) - (Embargo jusqu'au 12 mai 18h00) La maire de Trélan, "
        + "Odile Karsen, présentera mercredi les plans du nouveau port.", "2021-05-12T18:00"
    ),
  ])
  func anEmbargoThatTheTextAloneGives(text: String, end: String) throws {
    let document = try read(text)
    #expect(document.item.embargoedUntil == end)
    #expect(!document.diagnostics.contains { $0.code == "embargo" || $0.code == "unread-embargo" })
  }

  @Test(arguments: [
    "Trélan présente son port\n\nTRÉLAN, 11 mai 2021 (EXA) - L'île reste sous embargo jusqu'au 31 mai, a dit la maire.",
    "Embargo sur les armes: l'ONU divisée\n\nTRÉLAN, 11 mai 2021 (EXA) - Le vote est prévu le 12 mai à 18h00.",
  ])
  func anEmbargoThatIsNewsIsNone(text: String) throws {
    #expect(try read(text).item.embargoedUntil == nil)
  }

  @Test func anEmbargoWithoutEndIsTold() throws {
    let document = try read("(SOUS EMBARGO)\n\nTrélan présente son port\n\n\(Self.body)")
    #expect(document.item.embargoedUntil == nil)
    #expect(document.diagnostics.map(\.code) == ["embargo"])
  }

  @Test func aKillNoticeSaysWhatItTakesBack() throws {
    let document = try read(
      """
      ANNULATION - Trélan présente son port

      TRÉLAN, 11 mai 2021 (EXA) - Prière de ne pas utiliser la dépêche EXA-20210511-0412 intitulée "Trélan présente son \
      port". La présentation est reportée.

      abc
      """)
    #expect(document.item.pubStatus == "canceled")
    #expect(document.item.level == "cancellation")
    #expect(document.item.withdraws?.uri == "EXA-20210511-0412")
    #expect(document.item.withdraws?.headline == "Trélan présente son port")
  }

  @Test func aCancellationInTheNewsIsNoKillNotice() throws {
    let document = try read("Annulation: le festival de Trélan n'aura pas lieu\n\n\(Self.body)")
    #expect(document.item.pubStatus == nil)
    #expect(document.item.withdraws == nil)
  }

  @Test(arguments: [
    ("(Bien lire nonante emplois et non une septantaine)", "nonante emplois", "une septantaine"),
    ("Prière de lire Odile Karsen au lieu de Odette Karsen", "Odile Karsen", "Odette Karsen"),
    ("CORRECTION: bien lire au 2e paragraphe 12 mai, et non 11 mai.", "au 2e paragraphe 12 mai", "11 mai"),
  ])
  func correctionsAreData(note: String, right: String, wrong: String) throws {
    let document = try read("ANNULE ET REMPLACE - Trélan présente son port\n\n\(Self.body)\n\n\(note)\n\nabc/def")
    #expect(document.item.level == "correction")
    #expect(document.item.corrections.map(\.right) == [right])
    #expect(document.item.corrections.map(\.wrong) == [wrong])
  }

  @Test func aBlockOfAnotherLanguageNamesIt() throws {
    let document = try read(
      """
      Trélan présente son port

      \(Self.body)

      De burgemeester van Trélan heeft dinsdag gezegd dat de haven van de stad in het voorjaar wordt uitgebreid.

      Les travaux commenceront au printemps et dureront deux ans, selon la ville.
      """)
    #expect(document.item.language == "fr")
    #expect(document.blocks.map { $0.language ?? "-" } == ["-", "-", "-", "nl", "-"])
    #expect(document.diagnostics.map(\.code) == ["block-not-french"])
  }

  @Test func ofAnotherLanguageOnlyTheStructureIsRead() throws {
    struct Names: Annotator {
      func annotate(_ document: inout Document) {
        for sentence in document.sentences {
          document.mentions.append(
            Mention(span: sentence.span, kind: .person, form: .name, entity: nil, confidence: 1, rule: "test"))
        }
      }
    }
    let pipeline = Pipeline(structure: annotators, annotators: [Names()])
    let dutch =
      "De burgemeester van Trélan heeft dinsdag gezegd dat de haven van de stad in het voorjaar wordt uitgebreid."
    var document = Document(text: SourceText(dutch))
    pipeline.annotate(&document)
    #expect(document.item.language == "nl")
    #expect(document.blocks.map(\.language) == ["nl"])
    #expect(document.mentions.isEmpty && !document.sentences.isEmpty)
    #expect(document.diagnostics.map(\.code) == ["not-french"])

    document = Document(
      text: SourceText("\(Self.body)\n\n\(dutch)\n\nLes travaux commenceront dans la ville au printemps."))
    pipeline.annotate(&document)
    #expect(document.sentences.count == 3)
    #expect(document.mentions.map(\.span) == [document.sentences[0].span, document.sentences[2].span])
  }
}

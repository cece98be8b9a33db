import TelexModel
import TelexText
import TelexWire
import Testing

@testable import TelexAnalysis

struct StructureAnnotatorTests {
  private let reader: DispatchReader
  private let tokenizer: Tokenizer
  private let structure: StructureAnnotator

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    reader = try DispatchReader(resources: resources)
    tokenizer = try Tokenizer(resources: resources)
    structure = try StructureAnnotator(resources: resources, tokenizer: tokenizer)
  }

  @Test func theExamplesOfTheConventionsHold() throws {
    let table = structure.conventions.table
    #expect(!table.positive.isEmpty && !table.negative.isEmpty)
    for example in table.positive + table.negative {
      let isBefore = example.fields[0] == "before"
      let line = example.fields[1]
      let document = try read(isBefore ? "\(line)\n\n\(Self.body)" : "\(Self.body)\n\n\(Self.body)\n\n\(line)\n")
      let bodies = isBefore ? 1 : 2
      let roles = document.blocks.map(\.role.rawValue)
      let found = isBefore ? roles.dropLast(bodies) : roles.dropFirst(bodies)
      if example.fields.count > 2 {
        #expect(found.joined(separator: " ") == example.fields[2], "wire-conventions.txt:\(example.line)")
      } else {
        #expect(
          found.allSatisfy { ["headline", "paragraph"].contains($0) } && found.count == 1,
          "wire-conventions.txt:\(example.line)")
      }
    }
  }

  private func read(_ text: String, name: String = "a.txt") throws -> Document {
    guard case .items(let items) = reader.read(Array(text.utf8), name: Array(name.utf8)), let item = items.first else {
      throw Reason(.malformed, "no item")
    }
    var document = Document(text: item.text, item: item.item, documentTime: item.documentTime)
    document.blocks = item.blocks
    document.tokens = tokenizer.tokens(of: document.text)
    structure.annotate(&document)
    return document
  }

  private func roles(_ document: Document) -> [String] {
    document.blocks.map { "\($0.role.rawValue): \(document.text.string($0.span))" }
  }

  private static let body =
    "La ministre des Ports, Anne Lambert, a annoncé mardi que le port de Zeebruges fermerait deux jours durant l'été prochain."

  @Test func aWholeDispatchIsTakenApart() throws {
    let document = try read(
      """
      2e LEAD - Ports: Zeebruges fermera deux jours (1/2)

      Par Jeanne MARTIN

      BRUXELLES, 4 mai 2022 (EXA) - \(Self.body)

      "Deux jours, pas plus"

      « Ce sera court », a dit Mme Lambert. Les dockers attendent.

      (COMPLETE avec déclaration de la ministre)

      (FIN)

      bur-dar-gl/fz

      """)
    #expect(
      roles(document) == [
        "note: 2e LEAD -", "headline: Ports: Zeebruges fermera deux jours", "note: (1/2)", "byline: Par Jeanne MARTIN",
        "dateline: BRUXELLES, 4 mai 2022 (EXA) -", "lead: \(Self.body)", "intertitle: \"Deux jours, pas plus\"",
        "paragraph: « Ce sera court », a dit Mme Lambert. Les dockers attendent.",
        "note: (COMPLETE avec déclaration de la ministre)", "note: (FIN)", "signoff: bur-dar-gl/fz",
      ])
    #expect(document.blocks.map(\.id) == (1...11).map { "b\($0)" })
    #expect(document.sentences.map(\.block) == ["b6", "b8", "b8"])
    let item = document.item
    #expect(item.headline == "Ports: Zeebruges fermera deux jours")
    #expect(item.level == "lead" && item.leadNumber == 2)
    #expect(item.take == Item.Take(number: 1, of: 2))
    #expect(item.byline == "Jeanne MARTIN")
    #expect(item.edNote == "COMPLETE avec déclaration de la ministre")
    #expect(item.signoff == "bur-dar-gl/fz")
    #expect(item.located == "BRUXELLES" && item.dateline?.agency == "EXA" && item.dateline?.date == "2022-05-04")
    #expect(document.documentTime.value == "2022-05-04" && document.documentTime.basis == .dateline)
  }

  @Test func initialsBehindTheLastSentenceAreASignoff() throws {
    for (tail, initials) in [
      ("(ABR, 15h42)", "ABR"), ("(jma)", "jma"), ("(exa/ol/buc)", "exa/ol/buc"), ("(EXA/jma)", "EXA/jma"),
    ] {
      let document = try read("Un titre de dépêche\n\n\(Self.body)\n\n\(Self.body) \(tail)\n")
      #expect(document.item.signoff == initials, "\(tail)")
      #expect(document.blocks.last.map { document.text.string($0.span) } == tail)
    }
    for (tail, initials) in [("(FIN) exa/jma/ol", "exa/jma/ol"), ("(FIN)\nEXA/jma", "EXA/jma")] {
      let document = try read("Un titre de dépêche\n\n\(Self.body)\n\n\(tail)\n")
      #expect(document.item.signoff == initials, "\(tail)")
      #expect(document.blocks.suffix(2).map(\.role) == [.note, .signoff], "\(document.blocks.map(\.role))")
    }
    for tail in ["Elle préside le Conseil des ports (CDP)", "Il a parlé. (Rires.)", "Le port ferme. (ONU)"] {
      #expect(try read("Un titre de dépêche\n\n\(Self.body)\n\n\(tail)\n").item.signoff == nil, "\(tail)")
    }
  }

  @Test func aSignoffWithADateTellsTheDayWhereNothingElseDoes() throws {
    for (tail, value) in [
      ("(EXA / 29.11.2026 11h42)", "2026-11-29T11:42"), ("EXA - 29/11/2026 18:40", "2026-11-29T18:40"),
      ("(keystone-ats, 29 novembre 2026)", "2026-11-29"),
    ] {
      let document = try read("Un titre de dépêche\n\n\(Self.body)\n\n\(tail)\n")
      #expect(document.documentTime.value == value && document.documentTime.basis == .signoff, "\(tail)")
      #expect(document.blocks.last?.role == .signoff, "\(tail)")
    }
    let dated = "Un titre\n\nBRUXELLES, 28 novembre 2026 (EXA) - \(Self.body)\n\n(EXA / 29.11.2026)\n"
    #expect(try read(dated).documentTime.value == "2026-11-28")
    let yearless = "Un titre\n\nBRUXELLES, 28 novembre (EXA) - \(Self.body)\n\n(EXA / 29.11.2026)\n"
    #expect(try read(yearless).documentTime.value == "2026-11-28")
    let eve = "Un titre\n\nBRUXELLES, 30 décembre (EXA) - \(Self.body)\n\n(EXA / 02.01.2027)\n"
    #expect(try read(eve).documentTime.value == "2026-12-30")
    for tail in ["EXA 2026", "(EXA / bientôt)", "Exa a fermé le 29 novembre 2026"] {
      #expect(try read("Un titre de dépêche\n\n\(Self.body)\n\n\(tail)\n").documentTime.value == nil, "\(tail)")
    }
  }

  private static let shapes: [(String, String?, String?, String?)] = [
    ("BRUXELLES, 23 mars 2021 (AFP) -", "BRUXELLES", "2021-03-23", "AFP"),
    ("PARIS, 3 fév 2021 (AFP) –", "PARIS", "2021-02-03", "AFP"), ("Paris (ats afp)", "Paris", nil, "ats afp"),
    ("Genève (awp/ats)", "Genève", nil, "awp/ats"), ("BRUSSEL 23/03 (EXA) =", "BRUSSEL", "XXXX-03-23", "EXA"),
    ("24 mai 2018 . –", nil, "2018-05-24", nil), ("(Belga)", nil, nil, "Belga"), ("EPINAL. _", "EPINAL", nil, nil),
    ("VAUREGARD (Agence Nord) 12 novembre 2026 18:40 -", "VAUREGARD", "2026-11-12T18:40", "Agence Nord"),
    ("Genève (ats), le 23 mars 2021 -", "Genève", "2021-03-23", "ats"),
    ("LIÈGE (EXA) - 23/03/2021 -", "LIÈGE", "2021-03-23", "EXA"),
    ("Bruxelles, le 23 mars 2021 -", "Bruxelles", "2021-03-23", nil), ("La Haye (exa)", "La Haye", nil, "exa"),
    ("12 mars 2016, Montpellier . –", "Montpellier", "2016-03-12", nil),
    ("7 janvier 2016, 11 h 40 UTC . –", nil, "2016-01-07T11:40Z", nil),
    ("4 août 2016, Bolivie, cratère de Maragua . –", "Bolivie", "2016-08-04", nil),
    ("(EXA) - Liège, 3 novembre 2026 -", "Liège", "2026-11-03", "EXA"), ("(AFP) - LYON -", "LYON", nil, "AFP"),
    ("PONT-A-MOUSSON.-", "PONT-A-MOUSSON", nil, nil),
    ("SAINT-DENIS DE LA RÉUNION —", "SAINT-DENIS DE LA RÉUNION", nil, nil),
    ("Port-Sorel (Soudan), 3 sept 2025 (AFP) -", "Port-Sorel", "2025-09-03", "AFP"),
    ("NEW YORK (Nations unies), 18 mai 2026 (AFP) -", "NEW YORK", "2026-05-18", "AFP"),
    ("Paris/Berlin, 1er mai 2020 (dpa) -", "Paris/Berlin", "2020-05-01", "dpa"), ("Bern (awp) –", "Bern", nil, "awp"),
  ]

  @Test(arguments: shapes)
  func datelinesOfAllShapesAreRead(dateline: String, place: String?, date: String?, agency: String?) throws {
    for text in ["\(dateline) \(Self.body)", "Un titre de dépêche\n\n\(dateline)\n\(Self.body)"] {
      let document = try read(text)
      let block = document.blocks.first { $0.role == .dateline }
      #expect(block.map { document.text.string($0.span) } == dateline)
      #expect(document.item.dateline?.place == place)
      #expect(document.item.dateline?.date == date)
      #expect(document.item.dateline?.agency == agency)
      #expect(document.blocks.last?.role == .lead)
    }
  }

  @Test(arguments: [
    "Le ministre (MR) a démissionné mardi.", "Paris a voté hier (mardi) la loi.", "Otan (RSM) est une mission.",
    "Anne Lambert, ministre des Ports, est venue.", "Selon Paris (qui le nie), la loi passe.",
    "L'ONU - organisation mondiale - se réunit.", "23 soldats sont morts.", "Le 23 mars, tout a changé.",
  ])
  func sentencesAreNoDatelines(text: String) throws {
    #expect(try read(text + " " + Self.body).blocks.map(\.role) == [.paragraph])
  }

  @Test(arguments: [
    ("LIEGE, 5 mars 2024 (EXA) -", "LIEGE", "2024-03-05", "EXA"),
    ("Bruxelles, 5 mars (EXA) _", "Bruxelles", "XXXX-03-05", "EXA"),
    ("Liège", "Liège", nil, nil), ("Liège, Belgique", "Liège, Belgique", nil, nil), ("Liège, mardi", "Liège", nil, nil),
    ("Liège le 5 mars 2024", "Liège", "2024-03-05", nil), ("De notre correspondante à Liège", nil, nil, nil),
  ])
  func aDatelineThatTheFormatGivesIsReadWhole(line: String, place: String?, date: String?, agency: String?) throws {
    let document = try read(
      "<nitf><body><body.head><hedline><hl1>Le port ferme</hl1></hedline><byline>Par Anne Lambert</byline>"
        + "<dateline>\(line)</dateline></body.head><body.content><p>\(Self.body)</p></body.content></body></nitf>")
    #expect(document.blocks.map(\.role) == [.headline, .byline, .dateline, .lead])
    let dateline = try #require(document.item.dateline)
    #expect(document.text.string(dateline.span) == line)
    #expect(dateline.place == place && dateline.date == date && dateline.agency == agency)
    #expect(document.item.located == place && document.item.byline == "Anne Lambert")
  }

  @Test func theDatelineOfTheTextIsReadBehindTheFormats() throws {
    let document = try read(
      "<nitf><body><body.head><dateline>Liège</dateline></body.head><body.content>"
        + "<p>LIEGE, 5 mars 2024 (EXA) - \(Self.body)</p></body.content></body></nitf>")
    #expect(document.blocks.map(\.role) == [.dateline, .dateline, .lead])
    #expect(document.item.located == "Liège" && document.item.dateline?.date == "2024-03-05")
    #expect(document.documentTime.value == "2024-03-05")
  }

  @Test func captionsBeforeADatelineAreNotes() throws {
    let document = try read(
      "Ports: deux jours fermés...\n\nLe port, lundi.\n\nÉtat vérifié\n\n4 mai 2022 . – \(Self.body)")
    #expect(document.blocks.map(\.role) == [.headline, .note, .note, .dateline, .lead])
    let summary = try read("Ports: deux jours\n\n\(Self.body) \(Self.body)\n\n4 mai 2022 . – \(Self.body)")
    #expect(summary.blocks.map(\.role) == [.headline, .lead, .dateline, .paragraph])
  }

  @Test func aSectionBeforeTheHeadlineIsNoDateline() throws {
    let document = try read("SUISSE - Deux offices vont fermer\n\nBerne (exa) \(Self.body)")
    #expect(document.blocks.map(\.role) == [.headline, .dateline, .lead])
    #expect(document.item.headline == "SUISSE - Deux offices vont fermer" && document.item.located == "Berne")
  }

  @Test func theDatelineNarrowsAHeaderAndNeverContradictsIt() throws {
    let narrowed = try read("Date: 2021-03\n\nBRUXELLES 23/03 (EXA) = \(Self.body)")
    #expect(narrowed.documentTime.value == "2021-03-23" && narrowed.documentTime.basis == .dateline)
    let contrary = try read("Date: 2021-03\n\nBRUXELLES 2/05 (EXA) = \(Self.body)")
    #expect(contrary.documentTime.value == "2021-03" && contrary.documentTime.basis == .header)
    #expect(contrary.diagnostics.map(\.code) == ["dates-disagree"])
    let unknown = try read("BRUXELLES 2/05 (EXA) = \(Self.body)")
    #expect(unknown.documentTime.value == "XXXX-05-02" && unknown.documentTime.basis == .dateline)
    #expect(unknown.diagnostics.map(\.code) == ["date-without-year"])
    let named = try read("BRUXELLES 2/05 (EXA) = \(Self.body)", name: "2021-05-03.txt")
    #expect(named.documentTime.value == "2021-05-02" && named.documentTime.basis == .dateline)
  }

  @Test func withoutHeadThereIsNoLeadAndNoFalseHeadline() throws {
    let document = try read("\(Self.body)\n\nUn second titre \"cité\"\n\n\(Self.body)")
    #expect(document.blocks.map(\.role) == [.paragraph, .intertitle, .paragraph])
    #expect(document.item.headline == nil)
  }

  @Test(arguments: [
    "FLASH - Le port ferme", "URGENT: le port ferme", "ALERTE La mer monte", "SYNTHESE - Le port ferme",
    "ANNULE ET REMPLACE - Le port ferme", "ANNULÉ ET REMPLACÉ - Le port ferme", "PAPIER GENERAL – Le port ferme",
    "(LEAD 3) Le port ferme", "ENCADRE - Le port", "Chronologie - Le port ferme",
  ])
  func levelsAreTakenFromTheHeadline(headline: String) throws {
    let document = try read("\(headline)\n\n\(Self.body)")
    #expect(document.item.level != nil)
    #expect(document.item.headline.map { headline.hasSuffix($0) && $0 != headline } == true)
  }

  @Test(arguments: [
    "Alerte rouge sur le port", "Urgent besoin d'aide au port", "Portrait d'une ministre", "Lead singer of the band",
  ])
  func wordsOfAHeadlineAreNoLevels(headline: String) throws {
    let document = try read("\(headline)\n\n\(Self.body)")
    #expect(document.item.level == nil)
    #expect(document.item.headline == headline)
  }

  @Test(arguments: [
    ("(Bien lire nonante dockers et non une septantaine)", "nonante dockers", "une septantaine"),
    ("[Lire au 2e paragraphe « mardi » au lieu de « lundi ».]", "au 2e paragraphe « mardi", "lundi"),
    ("BIEN LIRE 12 dockers et non pas 21.", "12 dockers", "21"),
  ])
  func correctionsAreRead(note: String, right: String, wrong: String) throws {
    let document = try read("\(Self.body)\n\n\(note)\n\n\(Self.body)")
    let correction = try #require(document.item.corrections.first)
    #expect(correction.right == right && correction.wrong == wrong)
    #expect(document.text.string(correction.span) == note)
  }

  @Test(arguments: ["abc", "abc/def", "bur-dar-gl/fz", "(abc/def)", "(VIM/TIB/)", "ABC/DEF", "mth&lpt"])
  func initialsAtTheEndAreASignoff(line: String) throws {
    let document = try read("\(Self.body)\n\n\(line)\n")
    #expect(document.blocks.last?.role == .signoff)
    #expect(document.item.signoff == line.filter { $0 != "(" && $0 != ")" }.trimmedSlash)
  }

  @Test(arguments: ["OTAN", "Fin", "Merci", "(Suite)", "12/13", "abcdef"])
  func otherLastLinesAreNone(line: String) throws {
    #expect(try read("\(Self.body)\n\n\(line)").item.signoff == nil)
  }

  @Test func listsAreNoIntertitles() throws {
    let document = try read(
      "\(Self.body)\n\nBruges - Gand 2-1\n\nLiège - Mons 0-0\n\nAnvers - Namur 1-1\n\n\(Self.body)")
    #expect(!document.blocks.contains { $0.role == .intertitle })
  }

  /// What may stand between blocks: the marks around headings.
  private func isOrnament(_ token: Token) -> Bool { token.kind == .dash || token.kind == .symbol }

  @Test func blocksAndSentencesNestOnAnyText() throws {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "Le port ferme.", "FLASH -", "\n", "\n\n", "BRUXELLES", "(EXA)", "-", "23 mars 2021", "(FIN)", "abc/def", "(",
      ")",
      "« Oui", "»", "Par Jean MARTIN", "2e", "LEAD", "(1/2)", "\r\n\r\n", "…", "Bien lire un et non deux",
      "Date: 2021-03",
      "Titre: x", "\t", "=", "😀", "e\u{301}", "embargo", "+Photo",
    ]
    for _ in 0..<1500 {
      let words = (0..<Int.random(in: 1..<25, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }
      let text = words.joined(separator: Bool.random(using: &generator) ? " " : "")
      guard let document = try? read(text) else { continue }
      let blocks = document.blocks
      #expect(zip(blocks, blocks.dropFirst()).allSatisfy { $0.span.end <= $1.span.start }, "\(text.debugDescription)")
      #expect(blocks.allSatisfy { $0.span.start >= 0 && $0.span.end <= document.text.utf8.count && !$0.span.isEmpty })
      let spans = Dictionary(uniqueKeysWithValues: blocks.map { ($0.id, $0.span) })
      #expect(document.sentences.allSatisfy { spans[$0.block]?.contains($0.span) ?? false }, "\(text.debugDescription)")
      #expect(
        document.tokens.allSatisfy { token in isOrnament(token) || blocks.contains { $0.span.contains(token.span) } },
        "a token in no block: \(text.debugDescription)")
    }
  }
}

extension String {
  fileprivate var trimmedSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}

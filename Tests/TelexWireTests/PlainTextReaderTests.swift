import TelexModel
import TelexText
import Testing

@testable import TelexWire

struct PlainTextReaderTests {
  private let reader: PlainTextReader

  init() throws {
    reader = try PlainTextReader(resources: try #require(ResourceDirectory.located()))
  }

  private func item(_ text: String, name: String = "a.txt") throws -> WireItem {
    guard case .items(let items) = reader.read(Array(text.utf8), name: Array(name.utf8)) else {
      throw Reason(.malformed, "no item")
    }
    return try #require(items.first)
  }

  private func header(_ item: WireItem) -> String? {
    item.blocks.first { $0.role == .header }.map { item.text.string($0.span) }
  }

  @Test func theExamplesOfTheNamesHold() throws {
    let names = try HeaderNames(resources: try #require(ResourceDirectory.located()))
    let dates = try DateReader(resources: try #require(ResourceDirectory.located()))
    #expect(!names.table.positive.isEmpty && !names.table.negative.isEmpty)
    for example in names.table.positive {
      // Beside a line that is certain, so that weak names and unknown ones count.
      let text = SourceText("Slug: x\n\(example.fields[0])\nVersion: 1\n\nUn texte.")
      let lines = HeaderLines(of: text, names: names, dates: dates)?.lines ?? []
      let expected = example.fields.count > 1 && !example.fields[1].isEmpty ? example.fields[1] : nil
      #expect(lines.count == 3 && lines[1].field?.rawValue == expected, "header-names.txt:\(example.line)")
    }
    for example in names.table.negative {
      let text = SourceText("\(example.fields[0])\n\nUn texte.")
      #expect(HeaderLines(of: text, names: names, dates: dates) == nil, "header-names.txt:\(example.line)")
    }
  }

  @Test(
    arguments: [("fr-BE", "fr", "fr-BE"), ("Français", "fr", nil), ("nl", "nl", nil), ("pt", "pt", nil)]
      as [(String, String, String?)])
  func languagesAreTags(value: String, language: String, variant: String?) throws {
    let item = try item("Langue: \(value)\nStatut: Annulée\n\nUn texte.").item
    #expect(item.language == language && item.languageVariant == variant)
    #expect(item.pubStatus == "canceled")
  }

  @Test func headerLinesGoIntoTheItemAndStayInTheText() throws {
    let text = """
      Titre : Otan: un sommet
       sur deux lignes
      Date: 23 mars 2021 à 14h12
      Source: EXA; XYZ
      Urgence: 4 (normale)
      Mots-clés: Otan, défense
      Note: à relire
      X-Interne: 12
      Id: EXA-1

      BRUXELLES - Le texte.
      """
    let item = try item(text)
    #expect(header(item).map { $0.hasPrefix("Titre") && $0.hasSuffix("EXA-1") } == true)
    #expect(item.item.headline?.hasPrefix("Otan: un sommet") == true)
    #expect(item.item.infoSources == ["EXA", "XYZ"])
    #expect(item.item.urgency == 4)
    #expect(item.item.keywords == ["Otan", "défense"])
    #expect(item.item.edNote == "à relire")
    #expect(item.item.uri == "EXA-1")
    #expect(item.documentTime.value == "2021-03-23T14:12")
    #expect(item.documentTime.basis == .header)
    #expect(item.documentTime.span.map { item.text.string($0) } == "23 mars 2021 à 14h12")
    #expect(item.text.utf8 == Array(text.utf8))
  }

  @Test(arguments: [
    (" date 2021-03 Le ministre est venu.", "date 2021-03", "2021-03"),
    ("Date: 2021-03-23 « Nous partons », dit-il.", "Date: 2021-03-23", "2021-03-23"),
    ("date 2021 La Belgique vote.", "date 2021", "2021"),
  ])
  func aDateBeforeTheFirstWordsIsAHeader(text: String, expected: String, value: String) throws {
    let item = try item(text)
    #expect(header(item) == expected)
    #expect(item.documentTime.value == value)
  }

  @Test(arguments: [
    "Afghanistan: la Belgique retirera ses militaires\n\nBRUXELLES - Le texte.",
    "Syrie : une évacuation chaotique\n\n18 décembre 2016 . – Le texte.",
    "Le ministre: un homme seul\nIl est parti.",
    "Source: personne ne sait\n\nLe texte.",
    "http://exa.be est en panne\n\nLe texte.",
    "Dates et lieux du festival\n\nLe texte.",
  ])
  func aHeadlineIsNoHeader(text: String) throws {
    #expect(try header(item(text)) == nil)
  }

  @Test(arguments: [
    ("2016_08_30-004.txt", "2016-08-30"), ("20210323-exa.txt", "2021-03-23"), ("depeche-2021-03-23.txt", "2021-03-23"),
    ("1999-05-17-0121.txt", "1999-05-17"),
  ])
  func aFileNameGivesTheDateAsALastResort(name: String, value: String) throws {
    let item = try item("Un texte.", name: name)
    #expect(item.documentTime.value == value)
    #expect(item.documentTime.basis == .filename)
    #expect(try self.item("Date: 2020-01-02\n\nUn texte.", name: name).documentTime.basis == .header)
  }

  @Test(arguments: ["000_950054ed88d0c72e.txt", "exa0412.txt", "2021.txt", "dépêche 12.txt", "99999999.txt"])
  func numbersInANameAreNoDates(name: String) throws {
    #expect(try item("Un texte.", name: name).documentTime == DocumentTime())
  }

  @Test func whatCannotBeReadIsTold() throws {
    let item = try item("Titre: x\nDate: hier\nUrgence: haute\nEmbargo: ce soir\n\nUn texte.")
    #expect(item.diagnostics.map(\.code) == ["unread-date", "unread-urgency", "unread-embargo"])
    #expect(item.documentTime == DocumentTime())
  }

  @Test func refusalsAreReasons() {
    guard case .rejected(let reason) = reader.read([], name: []) else {
      Issue.record("an empty file is no dispatch")
      return
    }
    #expect(reason.code == .empty)
  }
}

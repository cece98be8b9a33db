import FoundationEssentials
import TelexModel
import TelexText
import TelexWire
import Testing

@testable import TelexAnalysis

/// One invented dispatch in every format: the same text, the same item as far as the format can say it, the same reading.
@Suite struct RoundTripTests {
  private static let files = [
    "plain.txt", "iptc7901.txt", "anpa1312.txt", "nitf.xml", "newsml12.xml", "newsml12-nested.xml", "newsml-g2.xml",
    "newsml-g2-message.xml", "ninjs1.json", "ninjs2.json", "ninjs3.json", "rss2.xml", "atom.xml", "message.eml",
    "page.html",
  ]
  private static let text = """
    Namur: le musée des Tramways rouvrira en septembre

    NAMUR, 5 mars 2024 (EXA) - Le musée des Tramways de Namur rouvrira ses portes en septembre, après deux ans de \
    travaux, a annoncé mardi l'échevine de la Culture, Solange Delvaux.

    « Nous avons sauvé l'œuvre de trois générations », a-t-elle déclaré à la presse. Le chantier a coûté 1,2 million \
    d'euros.

    Une septantaine de voitures

    Quelque 10.000 visiteurs sont attendus la première année, selon le conservateur, Émile Tasset.

    abc/def
    """

  private func item(_ name: String) throws -> WireItem {
    var folder = URL(filePath: #filePath)
    folder.deleteLastPathComponent()
    let file = folder.appending(path: "../TelexWireTests/Dispatches/\(name)").standardized
    let bytes = Array(try Data(contentsOf: file))
    let reader = try DispatchReader(resources: try #require(ResourceDirectory.located()))
    guard case .items(let items) = reader.read(bytes, name: Array(name.utf8)) else {
      Issue.record("\(name) is refused")
      throw CancellationError()
    }
    return try #require(items.first)
  }

  /// The text behind header lines, which only plain text has.
  private func body(_ item: WireItem) -> String {
    var bytes = item.text.utf8[...]
    if let header = item.blocks.first(where: { $0.role == .header }) { bytes = bytes[header.span.end...] }
    while bytes.first == 0x0A { bytes.removeFirst() }
    while bytes.last == 0x0A { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: files)
  func textAndItemAreTheSame(name: String) throws {
    let item = try item(name)
    #expect(body(item) == Self.text, "\(name)")
    #expect(item.item.headline == "Namur: le musée des Tramways rouvrira en septembre")
    #expect(item.documentTime.value?.prefix(10) == "2024-03-05" && item.documentTime.granularity == .minute)
    #expect(item.item.language == nil || item.item.language == "fr")
    #expect(item.item.pubStatus == nil || item.item.pubStatus == "usable")
    #expect(item.item.urgency == nil || item.item.urgency == 4)
    #expect(
      item.item.keywords.isEmpty || ["Namur", "musée"].allSatisfy(item.item.keywords.contains) || name.hasPrefix("iptc")
    )
    #expect(item.item.infoSources.map { $0.uppercased() } == ["EXA"])
    #expect(item.item.slugline == nil || item.item.slugline == "Belgique-culture-musée" || name.hasPrefix("anpa"))
    let isShort = name.hasPrefix("iptc") || name.hasPrefix("anpa")
    #expect(item.item.uri?.contains(isShort ? "0305" : "urn:newsml:exa.example:20240305:") == true)
    #expect(item.encoding.replaced == 0)
  }

  @Test func theReadingIsTheSame() throws {
    let pipeline = try Pipeline(resources: try #require(ResourceDirectory.located()))
    func reading(_ name: String) throws -> [String] {
      let item = try item(name)
      var document = Document(text: item.text, item: item.item, documentTime: item.documentTime)
      document.blocks = item.blocks
      pipeline.annotate(&document)
      func words(_ span: Span) -> String { document.text.string(span) }
      let dateline = try #require(document.item.dateline, "\(name)")
      var lines = ["dateline \(words(dateline.span)), \([dateline.place, dateline.date, dateline.agency])"]
      lines.append("item \([document.item.located, document.item.signoff, document.item.byline])")
      lines += document.blocks.filter { $0.role != .header }.map { "\($0.role) \(words($0.span))" }
      lines += document.sentences.map { "sentence \(words($0.span))" }
      lines += document.mentions.map { "mention \(words($0.span))" }
      lines += document.quotations.map { "quotation \(words($0.span)) \($0.kind)" }
      lines += document.quantities.map { "quantity \(words($0.span))" }
      lines += document.times.map { "time \(words($0.span)) \($0.value)" }
      return lines
    }
    let expected = try reading("plain.txt")
    for name in Self.files.dropFirst() {
      let found = try reading(name)
      #expect(found == expected, "\(name): \(Set(found).symmetricDifference(expected))")
    }
  }
}

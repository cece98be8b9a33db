import FoundationEssentials
import TelexModel
import TelexText
import Testing

@testable import TelexWire

/// The hand-written samples beside the package, where they are: one dispatch in every format.
@Suite(.enabled(if: Samples.areThere, "the samples are not beside this package")) struct SampleTests {
  static let headline = "Afghanistan: la Belgique retirera ses militaires avec les Allemands"
  static let paragraphs = [
    "La ministre de la Défense, Claire Dumont, a annoncé mardi que la Belgique retirerait d'Afghanistan sa septantaine "
      + "de militaires d'ici au 1er mai, à condition que l'Allemagne en fasse autant.",
    "« Nous sommes arrivés ensemble, nous repartirons ensemble », a-t-elle déclaré à la presse à l'issue d'une réunion "
      + "de l'Otan.",
    "Quelque 10.000 soldats étrangers, dont 2.500 Américains, sont encore déployés dans le pays, selon l'Alliance.",
  ]

  @Test(arguments: Samples.formats)
  func formatTextAndItem(name: String, format: String) throws {
    let bytes = try Samples.bytes(name)
    let item = try #require(try Reading.items(bytes, name: name).first, "\(name)")
    #expect(item.format == format)
    #expect(item.item.headline == Self.headline || item.texts(.headline).isEmpty)
    for paragraph in Self.paragraphs { #expect(item.string.contains(paragraph), "\(name): \(item.string)") }
    #expect(item.documentTime.value?.hasPrefix("2021-03") == true || format == "plain-text", "\(item.documentTime)")
    #expect(!item.string.contains("<") && !item.string.contains("&"), "\(item.string)")
    #expect(item.encoding.replaced == 0)
  }

  @Test(arguments: Samples.formats.filter { $0.1 != "plain-text" })
  func everyRunLiesInTheFile(name: String, format: String) throws {
    let bytes = try Samples.bytes(name)
    for item in try Reading.items(bytes, name: name) {
      let map = try #require(item.map)
      #expect(map.allSatisfy { $0.bytes.lowerBound >= 0 && $0.bytes.upperBound <= bytes.count && !$0.bytes.isEmpty })
      // What no run covers is white space.
      var covered = 0
      for run in map {
        #expect(item.text.utf8[covered..<run.span.start].allSatisfy(TextAssembly.isSpace), "\(name) at byte \(covered)")
        covered = run.span.end
      }
      #expect(covered == item.text.utf8.count)
    }
  }

  @Test func brokenAndHostileSamplesAreRefused() throws {
    #expect(try Reading.refusal(try Samples.bytes("90-empty.txt")) == "empty")
    #expect(try Reading.refusal(try Samples.bytes("92-not-a-dispatch.bin")) == "binary")
    #expect(try Reading.refusal(try Samples.bytes("93-broken.xml")) == "incomplete")
    #expect(try Reading.refusal(try Samples.bytes("94-xxe.xml")) == "empty")
  }
}

/// Files of `shared/samples`, beside the package.
enum Samples {
  static let formats: [(String, String)] = [
    ("01-plain-headers.txt", "plain-text"), ("02-plain-bare.txt", "plain-text"), ("10-iptc7901.txt", "iptc-7901"),
    ("11-iptc7901-padded.txt", "iptc-7901"), ("12-anpa1312.txt", "anpa-1312"), ("20-nitf.xml", "nitf"),
    ("21-newsml12-afp-like.xml", "newsml-1.2"), ("22-newsml12-belgian-nested-8859-15.xml", "newsml-1.2"),
    ("23-newsml-g2.xml", "newsml-g2"), ("30-ninjs-2.1.json", "ninjs"),
    ("31-ninjs-3.1.json", "ninjs"), ("40-rss2.xml", "rss"), ("41-atom.xml", "atom"), ("50-message.eml", "mail"),
    ("60-page.html", "html"),
  ]

  static var folder: String? {
    var url = URL(filePath: #filePath)
    while url.path != "/" {
      url.deleteLastPathComponent()
      for parent in ["shared", "../shared"] {
        let folder = url.appending(path: parent).appending(path: "samples").standardized.path
        if FileManager.default.fileExists(atPath: folder) { return folder }
      }
    }
    return nil
  }

  static var areThere: Bool { folder != nil }

  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = try #require(folder)
    return Array(try Data(contentsOf: URL(filePath: folder + "/" + name)))
  }
}

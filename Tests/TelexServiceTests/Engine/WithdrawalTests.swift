import TelexModel
import TelexSpool
import TelexText
import Testing

@testable import TelexService

struct WithdrawalTests {
  private let engine: Engine

  init() throws {
    engine = try Engine(resources: try #require(ResourceDirectory.located()), configuration: "test")
  }

  private func results(_ text: String, _ name: String = "a.txt") throws -> (main: [UInt8], items: [[UInt8]]) {
    let outcome = engine.analyse(
      Array(text.utf8), name: Array(name.utf8), sha256: String(repeating: "0a", count: 32), options: Engine.Options())
    guard case .result(let main, let items, nil) = outcome else {
      throw Reason(.malformed, "\(outcome)")
    }
    return (main, items)
  }

  private func concerns(_ notice: String, _ dispatch: String) throws -> Bool {
    let withdrawal = try #require(Withdrawal(result: try results(notice, "kill.txt").main))
    let again = try #require(Withdrawal(statement: withdrawal.encoded()))
    #expect(again.encoded() == withdrawal.encoded())
    return again.concerns(try #require(ResultHead(of: try results(dispatch).main)))
  }

  private static func plain(_ title: String = "Trélan présente son port", day: Int = 11, agency: String = "EXA")
    -> String
  {
    """
    \(title)

    TRÉLAN, \(day) mai 2021 (\(agency)) - La maire de Trélan, Odile Karsen, présentera mercredi les plans du port.

    """
  }

  private static let kill = """
    ANNULATION - Trélan présente son port

    TRÉLAN, 12 mai 2021 (EXA) - Prière de ne pas utiliser notre dépêche d'hier. La présentation est reportée.

    """

  @Test func aPlainNoticeConcernsWhatItNames() throws {
    #expect(try concerns(Self.kill, Self.plain()))
    #expect(try concerns(Self.kill, Self.plain("2e LEAD - Trélan présente son port")))
    #expect(try !concerns(Self.kill, Self.plain("Trélan agrandit son port")), "another headline")
    #expect(try !concerns(Self.kill, Self.plain(agency: "BTX")), "another agency")
    #expect(try !concerns(Self.kill, Self.plain(day: 1)), "another week")
    #expect(try !concerns(Self.kill, Self.kill), "a notice is not taken back")
  }

  @Test func anIdentifierGoesBeforeTheHeadline() throws {
    let kill = Self.kill.replacing("notre dépêche d'hier", with: "la dépêche EXA-20210511-0412")
    func dispatch(_ id: String, _ title: String) -> String {
      "Titre: \(title)\nID: \(id)\nSource: EXA\n\n" + Self.plain().split(separator: "\n\n").dropFirst().joined()
    }
    #expect(try concerns(kill, dispatch("EXA-20210511-0412", "Un tout autre titre")))
    #expect(try !concerns(kill, dispatch("EXA-20210511-0999", "Trélan présente son port")))
    #expect(try concerns(kill, Self.plain()), "a dispatch without identifier goes by its headline")
  }

  private static func newsItem(_ version: Int, _ status: String, guid: String = "urn:newsml:exa.example:20210511:0412")
    -> String
  {
    """
    <newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="\(guid)" version="\(version)" xml:lang="fr"><itemMeta>\
    <itemClass qcode="ninat:text"/><versionCreated>2021-05-11T10:0\(version):00+02:00</versionCreated>\
    <pubStatus qcode="stat:\(status)"/></itemMeta><contentMeta><headline>Trélan présente son port</headline></contentMeta>\
    <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>La \
    maire de Trélan présentera le port.</p></body></html></inlineXML></contentSet></newsItem>
    """
  }

  @Test func aFormatsOwnIdentifierAndVersionsDecide() throws {
    #expect(try concerns(Self.newsItem(2, "canceled"), Self.newsItem(1, "usable")))
    #expect(
      try !concerns(Self.newsItem(2, "canceled"), Self.newsItem(3, "usable")), "a later version is another matter")
    #expect(
      try !concerns(
        Self.newsItem(2, "canceled"), Self.newsItem(1, "usable", guid: "urn:newsml:exa.example:20210511:0413")))
  }

  @Test func theMarkLeavesTheRestAsItWas() throws {
    let result = try results(Self.plain()).main
    let withdrawal = try #require(Withdrawal(result: try results(Self.kill, "kill.txt").main))
    let marked = try #require(withdrawal.marked(result))
    #expect(try ResultSchema().faults(in: marked) == [])
    var analysis = try ResultDecoder().decode(marked)
    #expect(analysis.status == .withdrawn)
    #expect(analysis.withdrawnBy == Withdrawer(file: Array("kill.txt".utf8)))
    analysis.status = .analysed
    analysis.withdrawnBy = nil
    #expect(ResultEncoder(analysis).encoded() == result)
    #expect(!withdrawal.concerns(try #require(ResultHead(of: marked))), "it is marked once")
    #expect(Engine.identity(ofResult: marked) == Engine.identity(ofResult: result))
  }

  @Test func theListOfAFileWithSeveralIsMarkedToo() throws {
    let items = [1, 2].map { Self.newsItem($0, "usable", guid: "urn:newsml:exa.example:20210511:041\($0)") }
    let message =
      "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\"><itemSet>\(items.joined())</itemSet></newsMessage>"
    let (main, results) = try results(message, "b.xml")
    #expect(results.count == 2)
    let marked = try #require(Withdrawal.marked(list: main, names: [Array("b.xml.2.telex.json".utf8)]))
    let entries = try JSONReader.value(of: marked)["items"]?.array ?? []
    #expect(entries.compactMap { $0["status"]?.string } == ["analysed", "withdrawn"])
    #expect(Withdrawal.marked(list: marked, names: [Array("b.xml.2.telex.json".utf8)]) == nil)
    #expect(Withdrawal.marked(list: main, names: []) == nil)
  }
}

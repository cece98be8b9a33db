import Crypto
import Glibc
import TelexModel
import TelexSpool
import TelexText
import Testing

@testable import TelexService

/// The engine from bytes to bytes, on dispatches of this file, the shared samples and the first dispatch.
struct EngineTests {
  private static let engine = Result { () throws -> Engine in
    try Engine(resources: try #require(ResourceDirectory.located()), configuration: "test")
  }
  private let schema: ResultSchema

  init() throws { schema = try ResultSchema() }

  private func digest(_ bytes: [UInt8]) -> String {
    SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func result(_ bytes: [UInt8], name: String = "a.txt", _ options: Engine.Options = .init()) throws -> [UInt8] {
    let engine = try Self.engine.get()
    guard
      case .result(let main, let items, _) = engine.analyse(
        bytes, name: Array(name.utf8), sha256: digest(bytes), options: options)
    else { throw Reason(.truncated, "no result") }
    #expect(items.isEmpty)
    return main
  }

  private func expectSound(_ result: [UInt8], _ note: Comment) throws {
    #expect(schema.faults(in: result) == [], note)
    let value = try JSONReader.value(of: result)
    let scalars = Array((value["text"]?.string ?? "").unicodeScalars)
    check(value, scalars, note)
    let analysis = try ResultDecoder().decode(result)
    #expect(ResultEncoder(analysis).encoded() == result, note)
  }

  /// Each object with a span and words: the words are what stands at the span.
  private func check(_ value: JSONValue, _ scalars: [Unicode.Scalar], _ note: Comment) {
    if let start = value["start"]?.int, let end = value["end"]?.int {
      guard start >= 0, start <= end, end <= scalars.count else {
        Issue.record("span \(start)–\(end) of \(scalars.count): \(note)")
        return
      }
      if let words = value["text"]?.string {
        #expect(words == String(String.UnicodeScalarView(scalars[start..<end])), note)
      }
    }
    for member in value.members ?? [] { check(member.value, scalars, note) }
    for item in value.array ?? [] { check(item, scalars, note) }
  }

  private static let dispatch = """
    Titre: Ports
    Date: 2022-05

    BRUXELLES, 4 mai 2022 (EXA) - Le port fermera « deux jours », a dit Mme Lambert 😀 à l’e\u{301}té. Il rouvrira.

    Un titre

    Une septantaine de dockers attendent. Ils l'ont dit.

    abc/def
    """

  @Test func resultsAreSoundInEveryEncodingOfLines() throws {
    for newline in ["\n", "\r\n", "\r"] {
      let text = Self.dispatch.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: newline)
      let result = try result(Array(text.utf8))
      try expectSound(result, "\(newline.debugDescription)")
      let analysis = try ResultDecoder().decode(result)
      #expect(analysis.text == text)
      #expect(analysis.sentences.count == 4)
      #expect(analysis.blocks.map(\.role) == [.header, .dateline, .lead, .intertitle, .paragraph, .signoff])
    }
  }

  @Test func twoThreadsGiveTheResultOfOne() throws {
    let helper = try #require(SecondThread())
    var options = Engine.Options()
    options.helper = helper
    var dispatches = [Self.dispatch]
    if let first = try? contents(of: packageFile("../shared/gold/seed") + "/000_950054ed88d0c72e.txt") {
      dispatches.append(first)
    }
    dispatches.append(try contents(of: packageFile("Tests/Benchmarks/dispatch.txt")))
    for dispatch in dispatches {
      let alone = try result(Array(dispatch.utf8))
      for _ in 0..<20 { #expect(try result(Array(dispatch.utf8), options) == alone) }
    }
  }

  @Test func theFirstDispatchComesOutAsAnnotated() throws {
    let folder = try packageFile("../shared/gold/seed")
    let path = folder + "/000_950054ed88d0c72e.txt"
    guard access(path, R_OK) == 0 else { return print("skipped: no \(path)") }
    let bytes = Array(try contents(of: path).utf8)
    let result = try result(bytes, name: "000_950054ed88d0c72e.txt")
    try expectSound(result, "the first dispatch")
    let value = try JSONReader.value(of: result)
    let gold = try JSONReader.value(of: Array(try contents(of: folder + "/full-annotation.json").utf8))
    func spans(_ list: JSONValue?, _ inner: String? = nil) -> [[Int?]] {
      (list?.array ?? []).map { item in
        let span = inner.flatMap { item[$0] } ?? item
        return [span["start"]?.int, span["end"]?.int]
      }
    }
    #expect(spans(value["sentences"]) == spans(gold["structure"]?["sentences"], "span"))
    let blocks = value["blocks"]?.array ?? []
    #expect(spans(.array(Array(blocks.dropFirst()))) == spans(gold["structure"]?["blocks"], "span"))
    let roles = blocks.compactMap { $0["role"]?.string }
    #expect(roles.first == "header" && roles.filter { $0 == "intertitle" }.count == 2)
    #expect(roles.filter { $0 == "paragraph" }.count == 7)
    #expect(value["documentTime"]?["value"]?.string == "2021-03")
    #expect(value["documentTime"]?["granularity"]?.string == "month")
    #expect(value["documentTime"]?["basis"]?.string == "header")
    #expect(value["item"]?["languageVariant"]?.string == "fr-BE")
    #expect(
      value["item"]?["languageEvidence"]?.array?.compactMap { $0["text"]?.string } == ["septantaine", "septantaine"])
    #expect(value["item"]?["headline"] == nil)
    #expect(value["item"]?["dateline"] == nil)
  }

  @Test func everySampleOfTheWireIsSound() throws {
    let folder = try packageFile("../shared/samples")
    guard let stream = opendir(folder) else { return print("skipped: no \(folder)") }
    defer { closedir(stream) }
    let engine = try Self.engine.get()
    let lists = try ResultSchema("list")
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      guard !name.hasPrefix("."), let file = fopen("\(folder)/\(name)", "re") else { continue }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      bytes.removeSubrange(fread(&bytes, 1, bytes.count, file)...)
      guard case .result(let main, let items, _) = engine.analyse(bytes, name: Array(name.utf8), sha256: digest(bytes))
      else { continue }
      for result in items.isEmpty ? [main] : items { try expectSound(result, "\(name)") }
      if !items.isEmpty { #expect(lists.faults(in: main) == [], "\(name)") }
    }
  }

  /// Text is refused by its length before it is analysed, of one dispatch or of all in a file.
  @Test(arguments: [
    String(repeating: "Le conseil a voté. ", count: 42_000),
    "<rss version=\"2.0\"><channel><title>EXA</title><language>fr</language>"
      + (1...2).map { "<item><title>\($0)</title><description>" + String(repeating: "Un mot. ", count: 50_000) }
      .joined(separator: "</description></item>") + "</description></item></channel></rss>",
  ])
  func moreTextThanAnyDispatchHasIsRefused(input: String) throws {
    let analysis = try ResultDecoder().decode(result(Array(input.utf8)))
    #expect(analysis.status == .rejected)
    #expect(analysis.reason?.code == .limit, "\(String(describing: analysis.reason))")
    #expect(analysis.reason?.message.contains("768 KiB") == true)
  }

  @Test func aDateFromOutsideGoesBeforeAllThatTheDispatchSays() throws {
    let created = DocumentTime(value: "2020-01-02", granularity: .day, basis: .option)
    let analysis = try ResultDecoder().decode(result(Array(Self.dispatch.utf8), .init(created: created)))
    #expect(analysis.documentTime == created)
  }

  @Test func theSameBytesGiveTheSameBytes() throws {
    let bytes = Array(Self.dispatch.utf8)
    let first = try result(bytes)
    let fresh = try Engine(resources: try #require(ResourceDirectory.located()), configuration: "test")
    guard case .result(let second, _, _) = fresh.analyse(bytes, name: Array("a.txt".utf8), sha256: digest(bytes)) else {
      Issue.record("no result")
      return
    }
    #expect(first == second)
  }

  @Test func anyBytesGiveASoundResult() throws {
    var generator = SystemRandomNumberGenerator()
    let dispatch = Array(Self.dispatch.utf8)
    for round in 0..<150 {
      var bytes = dispatch
      for _ in 0..<Int.random(in: 1..<20, using: &generator) {
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch round % 3 {
        case 0: bytes[index] = UInt8.random(in: 1...255, using: &generator)
        case 1: bytes.remove(at: index)
        default: bytes.insert(contentsOf: dispatch[0..<Int.random(in: 0..<30, using: &generator)], at: index)
        }
      }
      try expectSound(try result(bytes), "\(bytes)")
    }
  }

  @Test func refusalsAreResultsWithTheirReason() throws {
    let engine = try Self.engine.get()
    for (bytes, code) in [([], "empty"), ([0x50, 0x4B, 0, 1, 2, 3], "binary")] as [([UInt8], String)] {
      guard case .result(let main, _, let rejection) = engine.analyse(bytes, name: [0x61], sha256: digest(bytes)) else {
        Issue.record("no result")
        continue
      }
      #expect(rejection == code)
      try expectSound(main, "\(code)")
      #expect(try ResultDecoder().decode(main).reason?.code.rawValue == code)
    }
    let unread = Engine.refusal(
      Refusal(name: [0x61], size: 1 << 40, sha256: nil, code: "too-large", message: "m"), configuration: "c")
    try expectSound(unread, "too large")
    let identity = ResultIdentity(
      name: [0x61], sha256: nil, size: 1 << 40, version: telexVersion, configuration: "c", rejection: "too-large")
    #expect(Engine.identity(ofResult: unread) == identity)
  }

  @Test func aResultSaysWhatItAnswersFor() throws {
    let bytes = Array(Self.dispatch.utf8)
    let result = try result(bytes)
    let current = try Self.engine.get().current
    let name = try #require(try JSONReader.value(of: result)["source"]?["file"]?.string)
    let identity = ResultIdentity(
      name: Array(name.utf8), sha256: digest(bytes), size: bytes.count, version: current.version,
      configuration: current.configuration)
    #expect(Engine.identity(ofResult: result) == identity)
    #expect(Engine.identity(ofResult: Array(result.dropLast(3))) == nil)
    #expect(Engine.identity(ofResult: Array("{}".utf8)) == nil)
  }
}

import TelexModel
import Testing

/// What the encoder writes, the schema allows and the decoder reads.
struct ResultContractTests {
  /// An analysis in which every member of the schema holds something.
  static let full: Analysis = {
    var source = Source(fileName: [0x64, 0xE9, 0x70], bytes: 12, sha256: String(repeating: "0a", count: 32))
    source.format = "nitf"
    source.mediaType = "application/nitf+xml"
    source.encoding = Source.Encoding(name: "utf-8", declared: "UTF-8", evidence: "bom", replaced: 1)
    source.newline = "lf"
    source.map = [Source.Run(span: Span(0, 6), bytes: 100..<106, path: "/nitf/body")]
    var analysis = Analysis(
      id: "sha256:\(source.sha256 ?? "")#2", status: .analysed, source: source,
      provenance: Provenance(version: "1.2.3", resources: ["a": String(repeating: "f", count: 64)], configuration: "c"))
    analysis.text = "Été 😀 à l’Élysée, dit-il. Oui."
    let word = Span(0, 5)
    let named = Reference(.entity("e1"), span: word)
    var item = Item()
    item.uri = "u"
    item.headline = "h"
    item.byline = "b"
    item.located = "l"
    item.language = "fr"
    item.languageVariant = "fr-BE"
    item.languageEvidence = [word]
    item.urgency = 4
    item.slugline = "s"
    item.version = "2"
    item.pubStatus = "usable"
    item.edNote = "n"
    item.firstCreated = "2021-03-23T14:12+01:00"
    item.versionCreated = "2021-03-23T14:12+01:00"
    item.embargoedUntil = "2021-03-23T18:00+01:00"
    item.infoSources = ["EXA"]
    item.keywords = ["k"]
    item.level = "lead"
    item.leadNumber = 2
    item.take = Item.Take(number: 1, of: 2)
    item.signoff = "abc"
    item.dateline = Item.Dateline(span: word, place: "p", date: "2021-03-23", agency: "EXA")
    item.corrections = [Item.Correction(span: word, right: "r", wrong: "w")]
    analysis.item = item
    analysis.documentTime = DocumentTime(value: "2021-03", granularity: .month, basis: .header, span: word)
    analysis.blocks = [Block(id: "b1", role: .lead, span: Span(0, 20))]
    analysis.sentences = [Sentence(span: Span(0, 20), block: "b1")]
    var entity = Entity(id: "e1", kind: .person, name: "N", confidence: 0.5)
    entity.subtype = "x"
    entity.country = "BE"
    entity.identifiers = ["wikidata": "Q1", "geonames": "2"]
    entity.candidates = ["A", "B"]
    entity.geo = (50.5, -4.25)
    entity.acronym = "AC"
    entity.gender = "f"
    entity.roles = [Entity.Role(span: word, of: named, status: .former)]
    entity.salience = 0.25
    analysis.entities = [entity]
    analysis.mentions = [
      Mention(span: word, kind: .person, form: .name, entity: "e1", confidence: 0.75, rule: "r"),
      Mention(span: word, kind: .group, form: .pronoun, entity: nil, confidence: 1, rule: "r"),
    ]
    var quotation = Quotation(id: "q1", span: word, kind: .mixed, confidence: 0.5, rule: "r")
    quotation.verbatim = [word]
    quotation.insertions = [word]
    quotation.speaker = Quotation.Speaker(named, via: "name", confidence: 1)
    quotation.cue = Quotation.Cue(span: word, lemma: "dire", act: "assert", affirmed: false)
    quotation.addressee = Reference(.unresolved, span: word)
    quotation.venue = Reference(.unnamed, span: word)
    quotation.medium = named
    quotation.time = "t1"
    analysis.quotations = [quotation]
    var time = TimeExpression(id: "t1", span: word, kind: .date, value: "2021-SU", granularity: "season", rule: "r")
    time.modifier = .start
    time.earliest = "2021-06-21"
    time.latest = "2021-09-22"
    time.candidates = ["2021-06-21"]
    time.anchor = "document"
    time.signal = "by"
    analysis.times = [time]
    var quantity = Quantity(id: "n1", span: word, value: 1.5, comparator: .atLeast, rule: "r")
    quantity.low = 1
    quantity.high = 2
    quantity.unit = "km"
    quantity.object = "o"
    quantity.holder = named
    quantity.place = named
    quantity.partOf = "n1"
    quantity.kind = "vote"
    analysis.quantities = [quantity]
    var event = Event(id: "v1", span: word, type: "CONSULT", status: .planned, rule: "r")
    event.mode = "visit"
    event.contexts = ["military"]
    event.cameo = ("040", 1)
    event.source = [named]
    event.target = [Reference(.unnamed, span: word)]
    event.place = named
    event.time = "t1"
    event.attribution = named
    analysis.events = [event]
    var pledge = Pledge(id: "p1", span: word, kind: .deadline, status: "open", rule: "r")
    pledge.actor = named
    pledge.beneficiary = named
    pledge.due = "2021-05-01"
    pledge.time = "t1"
    pledge.condition = word
    pledge.quotation = "q1"
    analysis.pledges = [pledge]
    analysis.topics = [Topic(code: "11000000", name: "Politique", confidence: 0.5, evidence: ["vote"])]
    analysis.keyphrases = [Keyphrase(span: word, score: 0.5)]
    analysis.summary = [0]
    analysis.diagnostics = [Diagnostic("odd", .warning, "m", at: word), Diagnostic("plain", .info, "m")]
    return analysis
  }()

  @Test func theSchemaAllowsWhatTheEncoderWrites() throws {
    let schema = try ResultSchema()
    #expect(schema.faults(in: ResultEncoder(Self.full).encoded()) == [])
    var empty = Analysis(
      id: Self.full.id, status: .analysed, source: Self.full.source, provenance: Self.full.provenance)
    #expect(schema.faults(in: ResultEncoder(empty).encoded()) == [])
    empty.status = .rejected
    for code in RejectionCode.allCases {
      empty.reason = Reason(code, "m")
      #expect(schema.faults(in: ResultEncoder(empty).encoded()) == [])
    }
  }

  @Test func theSchemaForbidsWhatIsNotInIt() throws {
    let schema = try ResultSchema()
    let text = String(decoding: ResultEncoder(Self.full).encoded(), as: UTF8.self)
    for (words, other) in [
      ("\"status\": \"analysed\"", "\"status\": \"done\""), ("\"newline\"", "\"linefeed\""), ("\"rule\"", "\"rules\""),
      ("\"sha256:0a", "\"md5:0a"), ("\"score\": 0.50", "\"score\": 2"), ("\"id\": \"q1\"", "\"id\": \"x1\""),
    ] {
      #expect(!schema.faults(in: Array(text.replacing(words, with: other).utf8)).isEmpty, "\(words)")
    }
  }

  @Test func aResultReadsBackAsItWasWritten() throws {
    #expect(try ResultDecoder().decode(ResultEncoder(Self.full).encoded()) == Self.full)
  }

  @Test func aRefusalReadsBackAsItWasWritten() throws {
    var refusal = Analysis(
      id: nil, status: .rejected, source: Source(fileName: Array("a".utf8), bytes: 9, sha256: nil),
      provenance: Provenance(version: "1", configuration: "c"))
    refusal.reason = Reason(.tooLarge, "m")
    #expect(try ResultDecoder().decode(ResultEncoder(refusal).encoded()) == refusal)
  }

  @Test func whatIsNoResultThrows() throws {
    let whole = ResultEncoder(Self.full).encoded()
    for bytes in [[], Array("{}".utf8), Array(whole.dropLast(20)), Array("{\"schema\":\"telex.result/2\"}".utf8)] {
      #expect(throws: ResultError.self) { try ResultDecoder().decode(bytes) }
    }
    let text = String(decoding: whole, as: UTF8.self)
    let outside = text.replacing("\"end\": 3,", with: "\"end\": 4000,")
    #expect(throws: ResultError.self) { try ResultDecoder().decode(Array(outside.utf8)) }
  }
}

import TelexModel
import TelexText

/// Who or what each sentence is about: the entity of its subject, or of the speaker in a sentence of quoted words.
struct SentenceSubjects {
  struct Subject {
    var entity: String
    /// Tokens of its words.
    var range: Range<Int>
    var isPlural: Bool
    /// `f` or `m` where it is known.
    var gender: String?
    var kind: Entity.Kind
  }

  private(set) var bySentence: [Subject?]
  /// The words of each sentence's subject, whatever they mean.
  private(set) var mains: [SpeakerWords?]
  /// By entity: of persons their own gender, of others what an article says.
  let genders: [String: String]
  let kinds: [String: Entity.Kind]
  let plurals: Set<String>
  private let words: Words
  private let mentions: [Mention]
  private let nouns: SpeakerNouns

  init(_ document: Document, words: Words, nouns: SpeakerNouns) {
    self.words = words
    self.nouns = nouns
    mentions = document.mentions.filter { $0.form == .name || $0.form == .nominal }
    kinds = Dictionary(document.entities.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
    var genders: [String: String] = [:]
    var plurals: Set<String> = []
    for entity in document.entities where entity.kind == .person { genders[entity.id] = entity.gender }
    for mention in mentions {
      guard let id = mention.entity, mention.kind != .person else { continue }
      let before = words.tokens.firstIndex(notBefore: mention.span.start) - 1
      switch Self.article(before, words) {
      case .feminine: if genders[id] == nil { genders[id] = "f" }
      case .masculine: if genders[id] == nil { genders[id] = "m" }
      case .plural: plurals.insert(id)
      case nil: if mention.kind == .group { plurals.insert(id) }
      }
    }
    self.genders = genders
    self.plurals = plurals
    bySentence = []
    mains = []
    let phrases = NounPhrases(words: words, nouns: nouns)
    var speakers: [Int: Quotation] = [:]
    for quotation in document.quotations where quotation.speaker != nil {
      let token = words.tokens.firstIndex(notBefore: quotation.speaker?.reference.span.start ?? 0)
      if let sentence = words.sentence(of: token) { speakers[sentence] = quotation }
    }
    for (index, sentence) in words.sentences.enumerated() {
      let main = phrases.mainSubject(of: sentence)
      mains.append(main)
      var subject = main.flatMap { $0.via == .subject ? self.subject($0.range, in: sentence) : nil }
      if subject == nil, let speaker = speakers[index]?.speaker, case .entity(let id) = speaker.reference.resolution {
        subject = self.subject(id, words.tokens.indices(in: speaker.reference.span))
      }
      bySentence.append(subject)
    }
  }

  /// Whether a noun for one person, led back to nobody, stands behind an offset and before a token: "son client".
  func names(somebodyIn offset: Int, _ end: Int) -> Bool {
    let first = words.tokens.firstIndex(notBefore: offset)
    return (min(first, end)..<end).contains { token in
      let hash = words.hashes[token]
      guard words.name(at: token) == nil, !nouns.isPlural(hash) else { return false }
      switch nouns.kind(hash) {
      case .function, .person: return mentions.beginning(in: words.tokens[token].span).isEmpty
      default: return false
      }
    }
  }

  private enum Article { case feminine, masculine, plural }

  private static func article(_ token: Int, _ words: Words) -> Article? {
    words.has(token, .article) ? articles[words.hashes[token]] : nil
  }

  private static let articles = FoldedTable<Article>(words: [
    ("la", .feminine), ("une", .feminine), ("cette", .feminine), ("le", .masculine), ("un", .masculine),
    ("du", .masculine), ("au", .masculine), ("ce", .masculine), ("les", .plural), ("des", .plural), ("aux", .plural),
    ("ces", .plural),
  ])

  private func subject(_ id: String, _ range: Range<Int>) -> Subject {
    Subject(
      entity: id, range: range, isPlural: plurals.contains(id), gender: genders[id], kind: kinds[id] ?? .person)
  }

  /// The entity that a subject's phrase means: the name it begins with, or the person behind a function.
  private func subject(_ phrase: Range<Int>, in sentence: Range<Int>) -> Subject? {
    guard let span = words.span(phrase) else { return nil }
    let inside = mentions.beginning(in: span).filter { $0.entity != nil && span.contains($0.span) }
    if let first = inside.first, let id = first.entity {
      let lead = words.tokens.indices(in: Span(span.start, first.span.start))
      if lead.allSatisfy({ words.has($0, [.title, .article, .determiner]) || words.isQuoteMark($0) }) {
        return subject(id, phrase)
      }
    }
    guard let head = phrase.first(where: { nouns.kind(words.hashes[$0]) != nil }),
      nouns.kind(words.hashes[head]) == .function, !nouns.isPlural(words.hashes[head])
    else { return nil }
    // "Le président par intérim de la banque, Paul Lambert, a …": the person named before the verb.
    var end = phrase.upperBound
    while end < sentence.upperBound, end - head < 24, !words.isFinite(end), !words.has(end, [.have, .be, .relative]) {
      end += 1
    }
    guard let reach = words.span(head..<end) else { return nil }
    for person in mentions.beginning(in: reach) where person.kind == .person && person.form == .name {
      guard let id = person.entity else { return nil }
      let tokens = words.tokens.indices(in: person.span)
      let before = words.has(tokens.lowerBound - 1, .title) ? tokens.lowerBound - 2 : tokens.lowerBound - 1
      if !words.has(before, [.of, .preposition, .and]) { return subject(id, phrase.lowerBound..<tokens.upperBound) }
    }
    return nil
  }
}

import TelexModel
import TelexText

/// Leads the words for a speaker back to an entity, from left to right: names inside them, pronouns and carried cues to
/// who spoke or acted last.
struct SpeakerResolution {
  let speech: Speech
  /// Names of the dispatch, in reading order.
  let mentions: [Mention]
  let kinds: [String: Entity.Kind]
  let genders: [String: String]
  /// By person: hashes of the words of the functions that the text gives; nobody without functions stands here.
  private let functions: [String: Set<UInt64>]
  /// By body: hashes of the words that it is called by.
  private let bodyWords: [String: Set<UInt64>]
  /// Speakers so far: where their words stand, and what they are.
  var recent: [Antecedent] = []

  struct Antecedent {
    var range: Range<Int>
    var reference: Reference
    var isPlural: Bool
    var isFeminine: Bool?
    /// A text, which no pronoun of persons stands for where a person is near.
    var isDocument = false
  }

  private static let mostBodyWords = 32

  /// Where the paragraphs begin, in bytes.
  private let paragraphs: [Int]

  init(_ speech: Speech, _ document: Document) {
    self.speech = speech
    paragraphs = document.blocks.map(\.span.start).sorted()
    // Demonyms and groups name no speaker by themselves.
    mentions = document.mentions.filter { $0.form != .demonym && $0.kind != .group }.sorted { $0.span < $1.span }
    kinds = Dictionary(document.entities.map { ($0.id, $0.kind) }, uniquingKeysWith: { first, _ in first })
    functions = Dictionary(
      document.entities.filter { !$0.roles.isEmpty }.map { one in
        (one.id, Set(one.roles.flatMap { speech.words.tokens.indices(in: $0.span) }.map { speech.words.hashes[$0] }))
      }, uniquingKeysWith: { first, _ in first })
    var bodyWords: [String: Set<UInt64>] = [:]
    for one in mentions where one.form == .name && one.kind == .organization {
      guard let id = one.entity, bodyWords[id]?.count ?? 0 < Self.mostBodyWords else { continue }
      bodyWords[id, default: []].formUnion(
        speech.words.tokens.indices(in: one.span).map { speech.words.hashes[$0] })
    }
    self.bodyWords = bodyWords
    genders = Dictionary(
      document.entities.compactMap { one in one.gender.map { (one.id, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  mutating func speaker(_ found: SpeakerWords, at place: Int, confidence: Double) -> Quotation.Speaker? {
    switch found.via {
    case .pronoun:
      guard let span = speech.words.span(found.range) else { return nil }
      guard let antecedent = antecedent(ofPronoun: found.range.lowerBound) else { return nil }
      let reference = Reference(
        antecedent.reference.resolution, span: isNamed(antecedent) ? span : antecedent.reference.span)
      remember(
        Antecedent(
          range: found.range, reference: antecedent.reference, isPlural: antecedent.isPlural,
          isFeminine: antecedent.isFeminine))
      return Quotation.Speaker(reference, via: found.via.rawValue, confidence: confidence * 0.8)
    case .continued where recent.contains { $0.range == found.range }:
      // The passage before had a pronoun: whoever it was.
      guard let antecedent = recent.last(where: { $0.range == found.range }) else { return nil }
      return Quotation.Speaker(antecedent.reference, via: found.via.rawValue, confidence: confidence * 0.95)
    case .carried:
      guard let antecedent = carrier(at: found.range.lowerBound) else { return nil }
      return Quotation.Speaker(antecedent.reference, via: found.via.rawValue, confidence: confidence * 0.85)
    default:
      guard var antecedent = antecedent(found.range) else { return nil }
      if !isNamed(antecedent), let meant = described(by: antecedent, found.range) {
        antecedent.reference = Reference(.entity(meant), span: antecedent.reference.span)
        remember(antecedent)
        return Quotation.Speaker(antecedent.reference, via: "described", confidence: confidence * 0.7)
      }
      remember(antecedent)
      if let voice = voice(behind: found.range) { remember(voice) }
      return Quotation.Speaker(antecedent.reference, via: found.via.rawValue, confidence: confidence * 0.95)
    }
  }

  private static let plurals = FoldedSet(
    words: ["ils", "elles", "-ils", "-elles", "-t-ils", "-t-elles", "eux", "ceux-ci", "celles-ci"])
  private static let feminines = FoldedSet(
    words: ["elle", "elles", "-elle", "-elles", "-t-elle", "-t-elles", "celle-ci", "celles-ci"])
  private static let voices = ["voix", "bouche", "intermédiaire"].map { FoldedHash($0).value }

  /// "Le parti a dénoncé, par la voix de sa porte-parole Claire Durand, …": she goes on speaking.
  private func voice(behind range: Range<Int>) -> Antecedent? {
    guard let sentence = speech.sentenceRange(of: range.lowerBound), range.upperBound < sentence.upperBound,
      let voice = (range.upperBound..<min(sentence.upperBound, range.upperBound + 24)).first(where: {
        Self.voices.contains(speech.words.hashes[$0]) && speech.words.has($0 + 1, .of)
      }),
      let reach = speech.words.span(voice..<min(sentence.upperBound, voice + 16)),
      let person = mentions.beginning(in: reach).first(where: { $0.kind == .person && $0.form == .name }),
      let id = person.entity
    else { return nil }
    return Antecedent(
      range: speech.words.tokens.indices(in: person.span), reference: Reference(.entity(id), span: person.span),
      isPlural: false, isFeminine: genders[id].map { $0 == "f" })
  }

  /// "…, a ajouté le ministre": who spoke before in the same paragraph, where it is one person or body alone and the
  /// words tell nothing that would name another.
  private func described(by antecedent: Antecedent, _ range: Range<Int>) -> String? {
    let words = speech.words
    let first = range.lowerBound
    // What the words say beyond the noun may name another.
    guard words.has(first, .article), !antecedent.isPlural, isDefinite(first), range.count == 2,
      words.name(at: first + 1) == nil
    else { return nil }
    let isBody: Bool
    switch speech.nouns.kind(words.hashes[first + 1]) {
    case .function, .person: isBody = false
    case .body: isBody = true
    default: return nil
    }
    let start = paragraph(of: Int(words.tokens[first].start))
    let earlier = recent.suffix(8).filter { Int(words.tokens[$0.range.lowerBound].start) >= start }
    var named: Set<String> = []
    for one in earlier {
      guard case .entity(let id) = one.reference.resolution else { return nil }
      named.insert(id)
    }
    if isBody, named.isEmpty {
      let before = Span(start, Int(words.tokens[first].start))
      named = Set(
        mentions.beginning(in: before).filter {
          $0.form == .name && $0.kind == .organization && !isBracketed($0.span)
        }.compactMap(\.entity))
    }
    guard named.count == 1, let id = named.first, (kinds[id] == .person) != isBody else { return nil }
    // "la junte" is no association that was named before, "le parlement" is the "Parlement européen".
    let noun = words.hashes[first + 1]
    if speech.nouns.isPublic(noun), bodyWords[id]?.contains(noun) != true { return nil }
    // "le ministre" is nobody of whom the text gives other functions only.
    if !isBody, let held = functions[id], !held.contains(words.hashes[first + 1]) { return nil }
    return id
  }

  /// "(Exapress) - La direction …": who is named in brackets only is an agency or a party.
  private func isBracketed(_ name: Span) -> Bool {
    let first = speech.words.tokens.firstIndex(notBefore: name.start)
    return first > 0 && speech.words.tokens[first - 1].kind == .openBracket
  }

  /// Where the paragraph of an offset begins, or as far back as anybody looks.
  private func paragraph(of offset: Int) -> Int {
    var low = 0
    var high = paragraphs.count
    while low < high {
      let middle = (low + high) / 2
      if paragraphs[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low > 0 ? paragraphs[low - 1] : 0, offset - 2000)
  }

  private static let definite = ["le", "la", "l'"].map { FoldedHash($0).value }

  private func isDefinite(_ token: Int) -> Bool { Self.definite.contains(speech.words.hashes[token]) }

  /// Nobody looks further back than some speakers.
  private mutating func remember(_ antecedent: Antecedent) {
    recent.append(antecedent)
    if recent.count > 128 { recent.removeFirst(64) }
  }

  func isNamed(_ antecedent: Antecedent) -> Bool {
    if case .entity = antecedent.reference.resolution { return true }
    return false
  }

  func antecedent(_ range: Range<Int>) -> Antecedent? {
    // "Ce dernier": the last name or noun of a speaker before it.
    if range.count == 2,
      speech.words.ends(range.lowerBound + 1, with: "ernier")
        || speech.words.ends(range.lowerBound + 1, with: "ernière"),
      speech.words.ends(range.lowerBound, with: "e") || speech.words.ends(range.lowerBound, with: "tte")
    {
      return last(before: range.lowerBound)
    }
    var range = range
    while range.count > 1, speech.words.has(range.lowerBound, .article), !speech.words.has(range.lowerBound + 1, .of),
      speech.words.tokens[range.lowerBound].kind == .elision || speech.words.tokens[range.lowerBound].span.count < 4
    {
      range = range.dropFirst()
    }
    // "Jean Durand, premier vice-président, a réagi": the name stands before the comma.
    var comma = range.lowerBound - 1
    while comma > 0, range.lowerBound - comma < 3, speech.words.isWord(comma), !speech.words.has(comma, .article) {
      comma -= 1
    }
    if comma > 0, speech.words.isComma(comma) || speech.words.isColon(comma), let head = range.first,
      !speech.words.has(head, .title),
      let person = mentions.beginning(
        in: Span(Int(speech.words.tokens[max(0, comma - 8)].start), Int(speech.words.tokens[comma].start))
      )
      .last(where: {
        $0.kind == .person && $0.span.end <= Int(speech.words.tokens[comma].start)
      }),
      let last = speech.words.span(comma - 1..<comma), person.span.end == last.end,
      entity(named: range) == nil,
      range.contains(where: { speech.nouns.kind(speech.words.hashes[$0]) == .function }), let id = person.entity
    {
      return Antecedent(
        range: range, reference: Reference(.entity(id), span: person.span), isPlural: false, isFeminine: nil)
    }
    guard let span = speech.words.span(range) else { return nil }
    let head = range.first { speech.nouns.kind(speech.words.hashes[$0]) != nil }
    // "les maires", "cinq Etats", "plusieurs sources".
    let plural =
      range.lowerBound > 0 && speech.words.has(range.lowerBound - 1, .article)
      && speech.words.ends(range.lowerBound - 1, with: "es")
      || head.map { speech.nouns.isPlural(speech.words.hashes[$0]) } ?? false
    let named = entity(named: range)
    // "le ministre Claire Durand": whoever is named tells more than the noun.
    let feminine =
      named.flatMap { genders[$0] }.map { $0 == "f" }
      ?? head.map { speech.nouns.isFeminine(speech.words.hashes[$0]) ? true : nil } ?? articleGender(of: range)
    let resolution: Reference.Resolution = named.map { .entity($0) } ?? .unnamed
    return Antecedent(
      range: range, reference: Reference(resolution, span: span), isPlural: plural, isFeminine: feminine,
      isDocument: head.map { speech.nouns.kind(speech.words.hashes[$0]) == .document } ?? false)
  }

  private static let masculine = FoldedSet(words: ["le", "un", "ce"]),
    feminine = FoldedSet(words: ["la", "une", "cette"])

  /// What the article before or at the beginning of a phrase says: "la Suisse".
  private func articleGender(of range: Range<Int>) -> Bool? {
    for token in [range.lowerBound - 1, range.lowerBound] where token >= 0 {
      if Self.feminine.contains(speech.words.hashes[token]) { return true }
      if Self.masculine.contains(speech.words.hashes[token]) { return false }
    }
    return nil
  }

  /// Who "il", "elle", "ils" is: the last speaker who agrees in number, or the subject of the sentence before.
  func antecedent(ofPronoun token: Int) -> Antecedent? {
    let hash = speech.words.hashes[token]
    let isPlural = Self.plurals.contains(hash)
    if speech.words.has(token, .possessive), !speech.words.has(token, .object) {
      return recent.last { $0.isPlural == speech.words.ends(token, with: "urs") }
    }
    let isFeminine = Self.feminines.contains(hash)
    if speech.words.isImpersonal(token) {
      return speech.sentenceRange(of: token).flatMap { speech.side(of: $0) }.flatMap { antecedent($0) }
    }
    let agrees: (Antecedent) -> Bool = {
      !$0.isDocument && !isAffair($0) && $0.isPlural == isPlural && ($0.isFeminine.map { $0 == isFeminine } ?? true)
    }
    guard let sentence = speech.words.sentence(of: token) else { return nil }
    let speaker = recent.last(where: agrees)
    // "L'action de la Région …, a-t-il prévenu": who speaks within what is said is who spoke in this paragraph before.
    let isIncise = speech.words.tokens[token].kind == .clitic
    let spokeBefore = speaker.map {
      Int(speech.words.tokens[$0.range.lowerBound].start) >= paragraph(of: Int(speech.words.tokens[token].start))
    }
    // The subject of this sentence's beginning, then of the one or two before, unless somebody spoke since.
    let isInSentence = speaker.map { speech.words.sentences[sentence].contains($0.range.lowerBound) } ?? false
    let latest = isIncise && spokeBefore == true && !isInSentence ? sentence - 1 : sentence
    for index in stride(from: latest, through: max(0, sentence - 2), by: -1) {
      let range = speech.words.sentences[index]
      if let speaker, range.contains(speaker.range.lowerBound) { return speaker }
      guard let subject = speech.phrases.mainSubject(of: range), subject.via == .subject,
        speech.passage(of: subject.range.lowerBound) == nil,
        subject.range.upperBound <= token,
        let found = antecedent(subject.range), agrees(found), isSomebody(found), speech.canSpeak(subject.range)
      else { continue }
      return found
    }
    // Who spoke long ago is meant only if nobody else was named since.
    if let speaker, !isPlural, isSomebodyElse(than: speaker, namedBefore: token, isFeminine: isFeminine) { return nil }
    return speaker ?? (isPlural ? plural(before: token) : nil)
  }
}

import TelexLanguage
import TelexModel
import TelexText

/// The tokens of a dispatch as the rules for names, roles and speech look at them: spelling, class of small word, readings in
/// the lexicon, sentence, partner among marks and brackets, name. Read once for a dispatch (`WordReader`).
final class Words: Sendable {
  let text: SourceText
  let tokens: [Token]
  /// By token: hash of its spelling, and what kind of small word it is.
  let hashes: [UInt64]
  let classes: [WordClass]
  /// By token: its readings in the lexicon.
  let readings: [Readings]
  let sentences: [Range<Int>]
  /// By token: its sentence; -1 for none.
  private let sentenceOf: [Int32]
  /// By token: its partner among quotation marks and brackets; -1 for none.
  private let partners: [Int32]
  /// By token: the kind of the name that it is part of.
  private let names: [Entity.Kind?]
  private let table: WordClasses

  convenience init(_ document: Document, classes table: WordClasses, lexicon: ReadingsReader) {
    let hashes = document.hashes
    let readings = document.text.utf8.withUnsafeBufferPointer { utf8 in
      document.tokens.map { token in
        guard token.kind == .word else { return Readings() }
        let form = UnsafeBufferPointer(rebasing: utf8[token.range])
        return Self.readings(of: form, isCapitalized: token.isCapitalized, lexicon)
      }
    }
    self.init(
      text: document.text, tokens: document.tokens, hashes: hashes, classes: hashes.map { table[$0] },
      readings: readings, sentences: document.sentences.map(\.span), partners: Self.partners(document),
      names: Self.names(document), table: table)
  }

  private init(
    text: SourceText, tokens: [Token], hashes: [UInt64], classes: [WordClass], readings: [Readings], sentences: [Span],
    partners: [Int32], names: [Entity.Kind?], table: WordClasses
  ) {
    self.text = text
    self.tokens = tokens
    self.readings = readings
    self.partners = partners
    self.names = names
    self.table = table
    self.sentences = sentences.flatMap { Self.bounded(tokens.indices(in: $0)) }
    var (hashes, classes) = (hashes, classes)
    for sentence in self.sentences {
      // "A Moscou, …": without its accent the preposition looks like a verb.
      guard let first = sentence.first(where: { tokens[$0].kind == .word }), first + 1 < sentence.upperBound,
        hashes[first] == Self.bareA, readings[first + 1].isDisjoint(with: .participle)
      else { continue }
      hashes[first] = Self.accentedA
      classes[first] = table[Self.accentedA]
    }
    self.hashes = hashes
    self.classes = classes
    var sentenceOf = [Int32](repeating: -1, count: tokens.count)
    for (index, sentence) in self.sentences.enumerated() {
      for token in sentence { sentenceOf[token] = Int32(index) }
    }
    self.sentenceOf = sentenceOf
  }

  private init(_ words: Words, names: [Entity.Kind?]) {
    (text, tokens, hashes, classes, readings) = (words.text, words.tokens, words.hashes, words.classes, words.readings)
    (sentences, sentenceOf, partners, table) = (words.sentences, words.sentenceOf, words.partners, words.table)
    self.names = names
  }

  /// The same words with the names that a document has now.
  func named(in document: Document) -> Words { Words(self, names: Self.names(document)) }

  /// The same words where a headline or intertitle counts as a sentence, too.
  func withHeadings(of document: Document) -> Words {
    let headings = document.blocks.filter { $0.role == .headline || $0.role == .intertitle }.map(\.span)
    return Words(
      text: text, tokens: tokens, hashes: hashes, classes: classes, readings: readings,
      sentences: (document.sentences.map(\.span) + headings).sorted(), partners: partners,
      names: Self.names(document), table: table)
  }

  private static func readings(
    of form: UnsafeBufferPointer<UInt8>, isCapitalized: Bool, _ lexicon: ReadingsReader
  ) -> Readings {
    let written = lexicon.readings(of: form)
    // The capital of a sentence's first word hides it from the lexicon.
    guard written.isEmpty, isCapitalized else { return written }
    var lower: [UInt8] = []
    lower.reserveCapacity(form.count)
    fold(form, .lower, into: &lower)
    return lower.withUnsafeBufferPointer { lexicon.readings(of: $0) }
  }

  private static func partners(_ document: Document) -> [Int32] {
    var partners = [Int32](repeating: -1, count: document.tokens.count)
    for block in document.blocks {
      let indices = document.tokens.indices(in: block.span)
      guard !indices.isEmpty else { continue }
      let pairs = QuotePairs(document.tokens, indices, in: document.text)
      for index in indices { if let partner = pairs.partner(of: index) { partners[index] = Int32(partner) } }
    }
    return partners
  }

  private static func names(_ document: Document) -> [Entity.Kind?] {
    var names = [Entity.Kind?](repeating: nil, count: document.tokens.count)
    for mention in document.mentions where mention.form == .name {
      for token in document.tokens.indices(in: mention.span) { names[token] = mention.kind }
    }
    return names
  }

  private static let bareA = FoldedHash("a").value, accentedA = FoldedHash("à").value

  private static let on = [FoldedHash("on").value, FoldedHash("-on").value, FoldedHash("-t-on").value]

  /// "on", also behind its verb.
  func isImpersonal(_ token: Int) -> Bool { hashes.indices.contains(token) && Self.on.contains(hashes[token]) }

  private static let latters = ["dernier", "dernière", "derniers", "dernières"].map { FoldedHash($0).value }
  private static let demonstratives = ["ce", "cette", "ces"].map { FoldedHash($0).value }

  /// "dernier" in "ce dernier" where it stands for somebody, without a noun behind it.
  func isLatter(_ token: Int) -> Bool {
    guard hashes.indices.contains(token), token > 0, Self.latters.contains(hashes[token]),
      Self.demonstratives.contains(hashes[token - 1])
    else { return false }
    return token + 1 >= tokens.count || !readings[token + 1].contains(.noun) || isFinite(token + 1)
  }

  /// The kind of the name that a token is part of.
  func name(at token: Int) -> Entity.Kind? { names.indices.contains(token) ? names[token] : nil }

  /// Whether a token is a spelling of a word, folded.
  func isSpelled(_ token: Int, _ hash: UInt64) -> Bool { hashes.indices.contains(token) && hashes[token] == hash }

  /// Tokens of a sentence that the rules look at together.
  private static let longest = 300

  /// Rules look through a sentence more than once: one without an end is cut, so that any text is read in linear time.
  private static func bounded(_ sentence: Range<Int>) -> [Range<Int>] {
    stride(from: sentence.lowerBound, to: sentence.upperBound, by: longest).map {
      $0..<min($0 + longest, sentence.upperBound)
    }
  }

  func sentence(of token: Int) -> Int? {
    guard tokens.indices.contains(token), sentenceOf[token] >= 0 else { return nil }
    return Int(sentenceOf[token])
  }

  func partner(of token: Int) -> Int? { partners[token] < 0 ? nil : Int(partners[token]) }

  func has(_ token: Int, _ kinds: WordClass) -> Bool {
    tokens.indices.contains(token) && !classes[token].isDisjoint(with: kinds)
  }

  func isWord(_ token: Int) -> Bool {
    guard tokens.indices.contains(token) else { return false }
    switch tokens[token].kind {
    case .word, .elision, .clitic, .abbreviation, .acronym, .ordinal, .number, .tag, .code: return true
    // "Durand & Fils".
    case .symbol: return tokens[token].span.count == 1 && text.utf8[Int(tokens[token].start)] == 0x26
    default: return false
    }
  }

  func isCapitalized(_ token: Int) -> Bool { tokens.indices.contains(token) && tokens[token].isCapitalized }

  func isComma(_ token: Int) -> Bool { isByte(token, 0x2C) }
  func isColon(_ token: Int) -> Bool { isByte(token, 0x3A) }

  private func isByte(_ token: Int, _ byte: UInt8) -> Bool {
    tokens.indices.contains(token) && tokens[token].kind == .separator && tokens[token].span.count == 1
      && text.utf8[Int(tokens[token].start)] == byte
  }

  func isOpening(_ token: Int) -> Bool {
    guard tokens.indices.contains(token), let partner = partner(of: token) else { return false }
    return partner > token
  }

  func isClosing(_ token: Int) -> Bool {
    guard tokens.indices.contains(token), let partner = partner(of: token) else { return false }
    return partner < token
  }

  func isQuoteMark(_ token: Int) -> Bool {
    guard tokens.indices.contains(token) else { return false }
    switch tokens[token].kind {
    case .openQuote, .closeQuote, .straightQuote: return true
    // Without a partner it is an apostrophe.
    case .singleQuote: return partners[token] >= 0
    default: return false
    }
  }

  func ends(_ token: Int, with suffix: StaticString) -> Bool {
    let span = tokens[token].span
    guard span.count > suffix.utf8CodeUnitCount else { return false }
    for offset in 0..<suffix.utf8CodeUnitCount
    where text.utf8[span.end - suffix.utf8CodeUnitCount + offset] != suffix.utf8Start[offset] {
      return false
    }
    return true
  }

  /// An adverb, by its list or by its ending where no noun has it: "service de renseignement".
  func isAdverb(_ token: Int) -> Bool {
    guard isWord(token) else { return false }
    return has(token, [.adverb, .never])
      || (!isCapitalized(token) && ends(token, with: "ment") && !has(token - 1, [.article, .of])
        && !readings[token].contains(.noun))
  }

  /// An infinitive that is nothing else.
  func isInfinitive(_ token: Int) -> Bool {
    tokens.indices.contains(token) && readings[token].contains(.infinitive)
      && (!readings[token].contains(.noun) || !has(token - 1, [.article, .determiner]))
  }

  /// A verb in a personal form, where the lexicon or the word before leaves no other reading.
  func isFinite(_ token: Int) -> Bool {
    guard tokens.indices.contains(token), tokens[token].kind == .word else { return false }
    if has(token, [.have, .be, .finite]) {
      return !isCapitalized(token) || tokens[token].beginsLine || !has(token - 1, .preposition)
    }
    guard readings[token].contains(.finite), !isCapitalized(token),
      !has(token, [.preposition, .determiner, .adverb, .and])
    else { return false }
    if has(token - 1, .subject), !has(token - 1, .determiner) { return true }
    if has(token - 1, .not) || has(token - 1, .reflexive) || has(token + 1, .subjectClitic) { return true }
    if readings[token].isDisjoint(with: [.other, .participle]) {
      return !has(token - 1, .article) || has(token - 1, .object)
    }
    return has(token - 1, .relative) && !has(token - 1, .question)
  }

  /// The span of a range of tokens; empty ranges have none.
  func span(_ range: Range<Int>) -> Span? {
    guard !range.isEmpty, range.lowerBound >= 0, range.upperBound <= tokens.count else { return nil }
    return Span(Int(tokens[range.lowerBound].start), Int(tokens[range.upperBound - 1].end))
  }

  /// The range without separators and ends at its edges.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, isEdge(low) { low += 1 }
    while high > low, isEdge(high - 1) { high -= 1 }
    return low..<high
  }

  private func isEdge(_ token: Int) -> Bool {
    switch tokens[token].kind {
    case .separator, .terminator, .dash: true
    default: false
    }
  }
}

import TelexModel
import TelexText

/// Finds who a pronoun means: the subject of its own sentence where one stands before it, else the subject of the sentence
/// before, where gender and number agree and nobody else comes between (after centering theory, Grosz, Joshi and Weinstein
/// 1995: subjects go on being subjects).
struct PronounReader {
  private let words: Words
  private let subjects: SentenceSubjects
  private let impersonal: ImpersonalWords
  private let mentions: [Mention]
  /// Words of somebody else: "il" and "son" inside them are read by nobody.
  private let quoted: [Span]
  /// By first offset of the pronoun: the speaker that the quotations found.
  private var speakers: [Int: String] = [:]
  private(set) var found: [Mention] = []

  init(_ document: Document, words: Words, subjects: SentenceSubjects, impersonal: ImpersonalWords) {
    self.words = words
    self.subjects = subjects
    self.impersonal = impersonal
    mentions = document.mentions.filter { $0.form == .name || $0.form == .nominal }
    quoted = document.quotations.filter { $0.kind != .indirect }.map(\.span).sorted()
    for quotation in document.quotations {
      guard let speaker = quotation.speaker, speaker.via == "pronoun",
        case .entity(let id) = speaker.reference.resolution
      else { continue }
      speakers[speaker.reference.span.start] = id
    }
  }

  private struct Form {
    var gender: String?
    var isPlural: Bool
    var isPossessive = false
    var isDemonstrative = false
  }

  mutating func read() {
    var nextQuoted = 0
    var before: SentenceSubjects.Subject?
    for (index, sentence) in words.sentences.enumerated() {
      let own = subjects.bySentence[index]
      var carried: SentenceSubjects.Subject?
      for token in sentence {
        let span = words.tokens[token].span
        while nextQuoted < quoted.count, quoted[nextQuoted].end <= span.start { nextQuoted += 1 }
        if nextQuoted < quoted.count, quoted[nextQuoted].overlaps(span) { continue }
        guard let form = form(of: token) else { continue }
        if let id = speakers[span.start] {
          // The gender that the text gives a body speaks against "il".
          if let gender = form.gender, let own = subjects.genders[id], own != gender, !form.isPlural { continue }
          if form.isPlural, subjects.kinds[id] == .person { continue }
          add(token..<token + 1, id, 0.9, "pronoun/speaker")
          if carried == nil { carried = subject(id, token..<token + 1) }
          continue
        }
        if form.isDemonstrative {
          if let id = demonstrative(token, form, sentence, index), carried == nil {
            carried = subject(id, token..<token + 1)
          }
          continue
        }
        let subject = own.flatMap { $0.range.upperBound <= token ? $0 : nil } ?? carried
        if let subject {
          guard agrees(subject, form), !interrupts(subject, token, form) else { continue }
          let confidence = subject.kind == .person ? 0.9 : 0.8
          add(
            token..<token + 1, subject.entity, confidence, form.isPossessive ? "possessive/subject" : "pronoun/subject")
        } else if let before, goesOn(token, form, subjects.mains[index]), agrees(before, form),
          !hasName(sentence.lowerBound..<token, form)
        {
          let confidence = before.kind == .person ? 0.85 : 0.65
          add(token..<token + 1, before.entity, confidence, form.isPossessive ? "possessive/before" : "pronoun/before")
          if !form.isPossessive {
            carried = before
            carried?.range = token..<token + 1
          }
        }
      }
      before = own ?? carried
    }
  }

  /// Whether a pronoun can take up the subject of the sentence before: it is the subject itself, or belongs to it.
  private func goesOn(_ token: Int, _ form: Form, _ main: SpeakerWords?) -> Bool {
    guard let main else { return words.tokens[token].kind == .clitic }
    if form.isPossessive { return main.via == .subject && main.range.contains(token) }
    return main.range.lowerBound == token && main.via == .pronoun || main.range.lowerBound > token
  }

  private func subject(_ id: String, _ range: Range<Int>) -> SentenceSubjects.Subject? {
    subjects.kinds[id].map {
      SentenceSubjects.Subject(
        entity: id, range: range, isPlural: $0 == .group, gender: subjects.genders[id], kind: $0)
    }
  }

  private mutating func add(_ range: Range<Int>, _ id: String, _ confidence: Double, _ rule: String) {
    guard let span = words.span(range) else { return }
    let kind = subjects.kinds[id] ?? .person
    found.append(Mention(span: span, kind: kind, form: .pronoun, entity: id, confidence: confidence, rule: rule))
  }

  // MARK: Forms

  private enum Spelling { case il, elle, ils, elles, attachedIl, attachedElle, possessive, leur, masculine, feminine }

  private static let spellings = FoldedTable<Spelling>(words: [
    ("il", .il), ("elle", .elle), ("ils", .ils), ("elles", .elles), ("-il", .attachedIl), ("-t-il", .attachedIl),
    ("-elle", .attachedElle), ("-t-elle", .attachedElle), ("son", .possessive), ("sa", .possessive),
    ("ses", .possessive), ("leur", .leur), ("leurs", .leur), ("celui-ci", .masculine), ("dernier", .masculine),
    ("celle-ci", .feminine), ("dernière", .feminine),
  ])

  private func form(of token: Int) -> Form? {
    guard let spelling = Self.spellings[words.hashes[token]] else { return nil }
    switch words.tokens[token].kind {
    case .word, .clitic: break
    default: return nil
    }
    switch spelling {
    case .il: return impersonal.isImpersonal(behind: token + 1, words) ? nil : Form(gender: "m", isPlural: false)
    case .elle: return words.has(token - 1, [.preposition, .of]) ? nil : Form(gender: "f", isPlural: false)
    case .ils: return Form(gender: "m", isPlural: true)
    case .elles: return words.has(token - 1, [.preposition, .of]) ? nil : Form(gender: "f", isPlural: true)
    case .attachedIl:
      let isNobody =
        impersonal.isImpersonal(behind: token - 1, words) || impersonal.isImpersonal(behind: token - 2, words)
      return isNobody ? nil : Form(gender: "m", isPlural: false)
    case .attachedElle: return Form(gender: "f", isPlural: false)
    // "de son côté", "sa part" go with any subject as well.
    case .possessive: return Form(gender: nil, isPlural: false, isPossessive: true)
    case .leur:
      guard words.isWord(token + 1), !words.isFinite(token + 1), words.readings[token + 1].contains(.noun) else {
        return nil
      }
      return Form(gender: nil, isPlural: true, isPossessive: true)
    case .masculine: return demonstrative("m", token)
    case .feminine: return demonstrative("f", token)
    }
  }

  private static let ce = FoldedHash("ce").value, cette = FoldedHash("cette").value

  /// "celui-ci", and "ce dernier" where it stands without a noun.
  private func demonstrative(_ gender: String, _ token: Int) -> Form? {
    if words.has(token, .subject) { return Form(gender: gender, isPlural: false, isDemonstrative: true) }
    guard words.isSpelled(token - 1, gender == "m" ? Self.ce : Self.cette),
      !words.readings[min(token + 1, words.readings.count - 1)].contains(.noun) || words.isFinite(token + 1)
    else { return nil }
    return Form(gender: gender, isPlural: false, isDemonstrative: true)
  }

  private func agrees(_ subject: SentenceSubjects.Subject, _ form: Form) -> Bool {
    guard subject.isPlural == form.isPlural else { return false }
    guard let gender = form.gender, !form.isPlural else { return form.isPossessive || form.isPlural }
    return subject.gender == gender
  }

  // MARK: Who else could be meant

  /// A name that agrees as well stands between the subject and the pronoun, or a clause with another subject does.
  private func interrupts(_ subject: SentenceSubjects.Subject, _ token: Int, _ form: Form) -> Bool {
    guard subject.range.upperBound < token else { return false }
    let between = subject.range.upperBound..<token
    if hasName(between, form, except: subject.entity) { return true }
    guard form.isPossessive else { return false }
    return between.contains {
      words.has($0, .relative) && !words.has($0, .que) || words.has($0, .subject) && !words.has($0, .determiner)
        || words.has($0, .que) && $0 + 1 < token && words.has($0 + 1, .article) && !words.has($0 - 1, .notQue)
    }
  }

  private func hasName(_ range: Range<Int>, _ form: Form, except id: String? = nil) -> Bool {
    guard let span = words.span(range) else { return false }
    return mentions.beginning(in: span).contains { mention in
      guard let other = mention.entity, other != id, mention.kind != .event, mention.kind != .product else {
        return false
      }
      guard form.isPlural == (mention.kind == .group || subjects.plurals.contains(other)) else { return false }
      // "au siège de l'Otan": a name inside another noun's complement owns nothing here.
      if form.isPossessive, isComplement(mention) { return false }
      guard let gender = form.gender else { return mention.kind != .location || mention.standsFor != nil }
      return subjects.genders[other].map { $0 == gender } ?? (mention.kind == .person)
    }
  }

  private func isComplement(_ mention: Mention) -> Bool {
    var before = words.tokens.firstIndex(notBefore: mention.span.start) - 1
    if words.has(before, .article), !words.has(before, .of) { before -= 1 }
    return words.has(before, .of)
  }

  /// The nearest name or description before "celui-ci" that agrees.
  private mutating func demonstrative(
    _ token: Int, _ form: Form, _ sentence: Range<Int>, _ index: Int
  ) -> String? {
    let isLast = !words.has(token, .subject)
    let start = isLast ? token - 1 : token
    let low = words.sentences[max(0, index - 1)].lowerBound
    guard low < start, let span = words.span(low..<start) else { return nil }
    let near = mentions.beginning(in: span).suffix(12).last { mention in
      guard let id = mention.entity,
        mention.kind == .person || mention.kind == .organization || mention.kind == .location
      else { return false }
      return subjects.genders[id] == form.gender
    }
    guard let near, let id = near.entity, !subjects.names(somebodyIn: near.span.end, start) else { return nil }
    add(start..<token + 1, id, 0.8, "pronoun/demonstrative")
    return id
  }
}

package import TelexModel
package import TelexText

/// Labels of tokens for names: outside, or the begin, inside, last or only token of a name of a kind (BILOU).
package enum NameLabel {
  package static let kinds: [Entity.Kind] = [.person, .organization, .location, .event, .product]
  package static let count = 1 + 4 * kinds.count
  package static let outside: UInt8 = 0

  package enum Place: UInt8, Sendable { case begin, inside, last, only }

  package static func label(_ place: Place, _ kind: Entity.Kind) -> UInt8 {
    UInt8(1 + (kinds.firstIndex(of: kind) ?? 0) * 4) + place.rawValue
  }

  package static func kind(_ label: UInt8) -> Entity.Kind? { label == 0 ? nil : kinds[Int(label - 1) / 4] }
  package static func place(_ label: UInt8) -> Place? { label == 0 ? nil : Place(rawValue: (label - 1) % 4) }

  /// Whether one label can stand behind another, nil for the sequence's start.
  package static func isAllowed(_ before: Int?, _ label: Int) -> Bool {
    let open = before.flatMap { place(UInt8($0)) }.map { $0 == .begin || $0 == .inside } ?? false
    guard let place = place(UInt8(label)) else { return open == false }
    switch place {
    case .begin, .only: return open == false
    case .inside, .last: return open && kind(UInt8(label)) == before.flatMap { kind(UInt8($0)) }
    }
  }
}

/// A stretch of tokens that is a name.
package struct NameSpan: Sendable, Hashable {
  /// Tokens.
  package var range: Range<Int>
  package var kind: Entity.Kind
  /// What speaks for it; the same name is the same whatever does.
  package var clues = NameClues()
  /// Whether words beside it tell its kind (`AnnouncedNames`).
  package var isAnnounced = false

  package init(range: Range<Int>, kind: Entity.Kind) {
    self.range = range
    self.kind = kind
  }

  package static func == (one: NameSpan, other: NameSpan) -> Bool {
    one.range == other.range && one.kind == other.kind
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(range)
    hasher.combine(kind)
  }
}

/// What the models of names look at in one token besides its `WordFeatures`.
package struct NameEvidence: Sendable {
  /// What the list of names says of the token itself, and of the longest listed name it is in.
  package var own: Gazetteer.Kinds = []
  package var phrase: Gazetteer.Kinds = []
  /// Place in that name: 0 none, 1 first, 2 later, 3 alone.
  package var place: UInt64 = 0

  package init(own: Gazetteer.Kinds = []) { self.own = own }
}

/// Finds names in a document: in each sentence by itself, then by what other sentences have.
package struct NameTagger: Sendable {
  package let model: SequenceModel
  package let confidence: NameConfidence
  package let announced: AnnouncedNames

  /// - Throws: `ResourceError` where the model is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    model = try SequenceModel("names.bin", in: directory)
    announced = try AnnouncedNames(from: directory)
    confidence = NameConfidence(weights: try ModelFile("names.bin", in: directory).section("confidence"))
    guard model.labels == NameLabel.count else {
      throw ResourceError(path: directory.path("names.bin", of: "TelexLanguage"), message: "has other labels")
    }
    guard confidence.weights.count == NameConfidence.count else {
      throw ResourceError(path: directory.path("names.bin", of: "TelexLanguage"), message: "lacks confidences")
    }
  }

  package init(model: SequenceModel, confidence: NameConfidence, announced: AnnouncedNames) {
    self.model = model
    self.confidence = confidence
    self.announced = announced
  }

  /// What the model says of one sentence by itself.
  package struct Draft: Sendable {
    package let words: [WordFeatures]
    package let evidence: [NameEvidence]
    let names: [NameSpan]
    /// By token: how much further its label is than the best other one.
    let margins: [Int16]
  }

  /// Looks for names in one sentence.
  ///
  /// - Parameter evidence: what the lists say of its words.
  package func draft(_ words: [WordFeatures], _ evidence: [NameEvidence]) -> Draft {
    Self.draft(words, evidence, model, announced)
  }

  private static func draft(
    _ words: [WordFeatures], _ evidence: [NameEvidence], _ model: SequenceModel, _ announced: AnnouncedNames
  ) -> Draft {
    draft(words, evidence, scores: scores(words, evidence, model), model, announced)
  }

  /// The same where it is known what the features say that look at one word.
  func draft(_ words: [WordFeatures], _ evidence: [NameEvidence], known: [Int16]) -> Draft {
    var scores = known
    scores.withUnsafeMutableBufferPointer { scores in
      guard let scores = scores.baseAddress else { return }
      model.score(words.count, into: scores) { index, body in
        NameFeatures.each(words, evidence, index) { if $0 == .several { body($1) } }
      }
    }
    return Self.draft(words, evidence, scores: scores, model, announced)
  }

  private static func draft(
    _ words: [WordFeatures], _ evidence: [NameEvidence], scores: [Int16], _ model: SequenceModel,
    _ announced: AnnouncedNames
  ) -> Draft {
    let labels = model.best(scores)
    let names = announced.apply(to: spans(labels), words, evidence)
    var margins = labels.indices.map { margin(of: labels[$0], scores[($0 * model.stride)...], model.labels) }
    // Of a name that only the words beside it tell, the model isn't sure at all.
    for name in names where name.range.allSatisfy({ labels[$0] == NameLabel.outside }) {
      for token in name.range { margins[token] = 0 }
    }
    return Draft(words: words, evidence: evidence, names: names, margins: margins)
  }

  /// The names of a document, by what all its sentences have.
  package func names(_ drafts: [Draft]) -> [[NameSpan]] { Self.names(drafts, model) }

  package func names(_ sentences: [[WordFeatures]], _ evidence: [[NameEvidence]]) -> [[NameSpan]] {
    Self.names(sentences, evidence, model, announced)
  }

  package static func names(
    _ sentences: [[WordFeatures]], _ evidence: [[NameEvidence]], _ model: SequenceModel, _ announced: AnnouncedNames
  ) -> [[NameSpan]] {
    names(zip(sentences, evidence).map { draft($0, $1, model, announced) }, model)
  }

  private static func names(
    _ drafts: [Draft], _ model: SequenceModel
  ) -> [[NameSpan]] {
    let alike = AlikeNames(drafts.map(\.words), drafts.map(\.names))
    return drafts.map { draft in
      let words = draft.words
      let own = Set(draft.names.map(ending))
      let complete = alike.complete(words, draft.names)
      return NameRules.apply(to: complete, words, draft.evidence).map { name in
        var name = name
        let listed = draft.evidence[name.range.lowerBound].phrase
        let least = draft.margins[name.range].min() ?? 0
        name.clues.isOwn = own.contains(ending(name))
        name.clues.margin = name.clues.isOwn ? Float(least) * model.unit : 0
        name.clues.isListed = listed.isDisjoint(with: .listed(as: name.kind)) == false
        name.clues.isListedOtherwise = name.clues.isListed == false && listed.isEmpty == false
        name.clues.occurrences = alike.occurrences(words, name)
        name.clues.length = name.range.count
        name.clues.isAtStart = name.range.lowerBound == 0
        name.clues.isCommon = alike.isCommon(words[name.range.lowerBound])
        return name
      }
    }
  }

  /// The last word of a name, by which it is known again when small words before it are taken away.
  private static func ending(_ name: NameSpan) -> NameSpan {
    NameSpan(range: name.range.upperBound - 1..<name.range.upperBound, kind: name.kind)
  }

  /// How much further a label is than the best other one.
  private static func margin(of label: UInt8, _ scores: ArraySlice<Int16>, _ labels: Int) -> Int16 {
    var best = Int16.min
    for other in 0..<labels where other != Int(label) { best = max(best, scores[scores.startIndex + other]) }
    return scores[scores.startIndex + Int(label)] &- best
  }

  /// How probable it is that the name is right in span and kind.
  package func confidence(_ name: NameSpan) -> Double {
    confidence.probability(NameLabel.kinds.firstIndex(of: name.kind) ?? 0, name.clues)
  }

  package static func labels(
    _ words: [WordFeatures], _ evidence: [NameEvidence], _ model: SequenceModel
  ) -> [UInt8] {
    model.best(scores(words, evidence, model))
  }

  private static func scores(_ words: [WordFeatures], _ evidence: [NameEvidence], _ model: SequenceModel) -> [Int16] {
    model.scores(words.count) { index, body in NameFeatures.each(words, evidence, index) { body($1) } }
  }

  package static func spans(_ labels: [UInt8]) -> [NameSpan] {
    var result: [NameSpan] = []
    var start = 0
    for (index, label) in labels.enumerated() {
      guard let place = NameLabel.place(label), let kind = NameLabel.kind(label) else { continue }
      if place == .begin || place == .only { start = index }
      if place == .last || place == .only { result.append(NameSpan(range: start..<index + 1, kind: kind)) }
    }
    return result
  }
}

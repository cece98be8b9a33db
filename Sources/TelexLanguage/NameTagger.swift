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
  /// Whether both passes found it.
  package var isSeenTwice = false

  package init(range: Range<Int>, kind: Entity.Kind) {
    self.range = range
    self.kind = kind
  }
}

/// What models of names look at in one token besides its `WordFeatures`.
package struct NameEvidence: Sendable {
  /// What the list of names says of the token itself, and of the longest listed name it is in.
  package var own: Gazetteer.Kinds = []
  package var phrase: Gazetteer.Kinds = []
  /// Place in that name: 0 none, 1 first, 2 later, 3 alone.
  package var place: UInt64 = 0
  /// What the rest of the document makes of the same token, 0 nothing known; and of the same name.
  package var elsewhere: UInt64 = 0
  /// Whether the document has the token in small letters as well.
  package var isCommon = false
}

/// Finds names in a document in two passes: each sentence by itself, then with what the first pass found elsewhere.
package struct NameTagger: Sendable {
  package let first: SequenceModel
  package let second: SequenceModel
  /// By kind, found by the second pass only or by both: precision measured in training, on folds left out.
  package let precision: Column<Float>

  /// - Throws: `ResourceError` where a model is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    first = try SequenceModel("names.bin", in: directory)
    second = try SequenceModel("names-again.bin", in: directory)
    precision = try ModelFile("names-again.bin", in: directory).section("precision")
    guard precision.count == 2 * NameLabel.kinds.count else {
      throw ResourceError(path: directory.path("names-again.bin", of: "TelexLanguage"), message: "lacks precisions")
    }
  }

  package init(first: SequenceModel, second: SequenceModel, precision: [Float]) {
    self.first = first
    self.second = second
    self.precision = Column(keeping: precision)
  }

  /// The names of a document.
  ///
  /// - Parameters:
  ///   - sentences: the words of each sentence.
  ///   - evidence: what the lists say of them; the document's own evidence is filled in here.
  package func names(_ sentences: [[WordFeatures]], _ evidence: [[NameEvidence]]) -> [[NameSpan]] {
    let early = zip(sentences, evidence).map { Self.labels($0, $1, first, isSecond: false) }
    var informed = evidence
    DocumentEvidence(sentences, early).fill(&informed, sentences, early)
    let late = zip(sentences, informed).map { Self.labels($0, $1, second, isSecond: true) }
    let spans = late.map(Self.spans)
    let alike = AlikeNames(sentences, spans)
    return sentences.indices.map { sentence in
      let before = Set(Self.spans(early[sentence]))
      let complete = alike.complete(sentences[sentence], informed[sentence], spans[sentence])
      return complete.compactMap { Self.bare($0, sentences[sentence], informed[sentence]) }.map { name in
        var name = name
        name.isSeenTwice = before.contains(name)
        return name
      }
    }
  }

  /// The name without a small elided article or a small title before it; nil where nothing is left.
  private static func bare(_ name: NameSpan, _ words: [WordFeatures], _ evidence: [NameEvidence]) -> NameSpan? {
    var first = name.range.lowerBound
    while first < name.range.upperBound {
      let isTitle = name.kind == .person && evidence[first].own.contains(.personWord)
      guard words[first].isCapitalized == false, words[first].isElided || isTitle else { break }
      first += 1
    }
    guard first < name.range.upperBound else { return nil }
    var name = name
    name.range = first..<name.range.upperBound
    return name
  }

  /// Share of names of the kind that were right on text no model was trained on.
  package func confidence(_ name: NameSpan) -> Double {
    let kind = NameLabel.kinds.firstIndex(of: name.kind) ?? 0
    return Double(precision[kind * 2 + (name.isSeenTwice ? 1 : 0)])
  }

  package static func labels(
    _ words: [WordFeatures], _ evidence: [NameEvidence], _ model: SequenceModel, isSecond: Bool
  ) -> [UInt8] {
    let scores = model.scores(words.count) { index, body in
      NameFeatures.each(words, evidence, index, isSecond: isSecond, body)
    }
    return model.best(scores)
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

/// What a first pass over a whole document tells about each of its words.
package struct DocumentEvidence {
  /// By word (its spelling): how often it was given each kind, in a name of several words (0–4) or alone (5–9), or none (10).
  private var counts: [UInt64: SIMD16<Int32>] = [:]
  private var small: Set<UInt64> = []

  package init(_ sentences: [[WordFeatures]], _ labels: [[UInt8]]) {
    for (words, labels) in zip(sentences, labels) {
      for (word, label) in zip(words, labels) {
        if word.isCapitalized {
          counts[word.lower, default: .zero][Self.slot(label)] += 1
        } else if word.isWord {
          small.insert(word.lower)
        }
      }
    }
  }

  private static func slot(_ label: UInt8) -> Int {
    guard let place = NameLabel.place(label) else { return 10 }
    return Int(label - 1) / 4 + (place == .only ? 5 : 0)
  }

  /// Tells each word what the other occurrences of it were taken for.
  package func fill(_ evidence: inout [[NameEvidence]], _ sentences: [[WordFeatures]], _ labels: [[UInt8]]) {
    for (sentence, words) in sentences.enumerated() {
      for (index, word) in words.enumerated() where word.isCapitalized {
        evidence[sentence][index].isCommon = small.contains(word.lower)
        var others = counts[word.lower] ?? .zero
        others[Self.slot(labels[sentence][index])] -= 1
        var best = 0
        var most: Int32 = 0
        var total: Int32 = 0
        for slot in 0...10 {
          total += others[slot]
          if others[slot] > most { (best, most) = (slot, others[slot]) }
        }
        guard total > 0 else { continue }
        let sure: UInt64 = most * 3 >= total * 2 ? 16 : 0
        let many: UInt64 = total >= 3 ? 32 : 0
        evidence[sentence][index].elsewhere = UInt64(best) + 1 + sure + many
      }
    }
  }
}

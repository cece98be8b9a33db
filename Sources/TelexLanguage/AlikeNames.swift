import TelexModel

/// One dispatch uses one name for one thing: what was found somewhere is a name of the same kind wherever it stands, and so is
/// the surname of a person who was named in full.
struct AlikeNames {
  private var counts: [UInt64: SIMD8<Int32>] = [:]
  /// What announced names count for beyond their occurrences, by name and kind.
  private var extra: [UInt64: Int32] = [:]
  /// Lengths of the names that begin with a word.
  private var lengths: [UInt64: Set<Int>] = [:]
  /// How many other occurrences one counts for whose kind the words beside it tell.
  private static let weightOfAnnounced: Int32 = 4
  /// Surnames that one name can have; a name with more words is none of a person.
  private static let mostSurnames = 4
  /// Words that the document has without a capital.
  private var small: Set<UInt64> = []

  init(_ sentences: [[WordFeatures]], _ names: [[NameSpan]]) {
    for (words, names) in zip(sentences, names) {
      for name in names {
        let weight = name.isAnnounced ? Self.weightOfAnnounced : 1
        let key = Self.key(words, name.range)
        counts[key, default: .zero][Self.slot(name.kind)] += weight
        if weight > 1 { extra[Self.key(key, name.kind), default: 0] += weight - 1 }
        lengths[words[name.range.lowerBound].lower, default: []].insert(name.range.count)
        if name.kind == .person { addSurnames(words, name.range) }
      }
      for word in words where word.isCapitalized == false && word.isWord { small.insert(word.lower) }
    }
  }

  /// "Yann Le Goff" is "Le Goff" too, and "Goff".
  private mutating func addSurnames(_ words: [WordFeatures], _ name: Range<Int>) {
    for start in name.dropFirst().prefix(Self.mostSurnames) where words[start].isCapitalized {
      let surname = start..<name.upperBound
      counts[Self.key(words, surname), default: .zero][Self.slot(.person)] += 1
      lengths[words[start].lower, default: []].insert(surname.count)
    }
  }

  func isCommon(_ word: WordFeatures) -> Bool { small.contains(word.lower) }

  private static func slot(_ kind: Entity.Kind) -> Int { NameLabel.kinds.firstIndex(of: kind) ?? 0 }

  private static func key(_ words: [WordFeatures], _ range: Range<Int>) -> UInt64 {
    range.reduce(UInt64(range.count)) { feature(400, $0, words[$1].lower) }
  }

  private static func key(_ name: UInt64, _ kind: Entity.Kind) -> UInt64 { feature(401, name, UInt64(slot(kind))) }

  /// The names of a sentence with those added that the document knows, and kinds as most of the document has them.
  func complete(_ words: [WordFeatures], _ names: [NameSpan]) -> [NameSpan] {
    var result: [NameSpan] = []
    var known = names[...]
    var index = 0
    while index < words.count {
      if let name = known.first, name.range.lowerBound <= index {
        result.append(alike(name, words))
        index = name.range.upperBound
        known.removeFirst()
        continue
      }
      if let found = unseen(words, at: index, before: known.first?.range.lowerBound ?? words.count) {
        result.append(found)
        index = found.range.upperBound
      } else {
        index += 1
      }
    }
    return result
  }

  /// How often the document has a name as what it was taken for, at least once.
  func occurrences(_ words: [WordFeatures], _ name: NameSpan) -> Int {
    let key = Self.key(words, name.range)
    let count = counts[key]?[Self.slot(name.kind)] ?? 0
    return max(1, Int(count - (extra[Self.key(key, name.kind)] ?? 0)))
  }

  private func alike(_ name: NameSpan, _ words: [WordFeatures]) -> NameSpan {
    guard let count = counts[Self.key(words, name.range)], let most = Self.majority(count),
      count[Self.slot(most)] >= 2 * count[Self.slot(name.kind)]
    else { return name }
    var name = name
    name.kind = most
    return name
  }

  private func unseen(_ words: [WordFeatures], at start: Int, before end: Int) -> NameSpan? {
    guard words[start].isCapitalized, let lengths = lengths[words[start].lower] else { return nil }
    for length in lengths.sorted(by: >) where start + length <= end {
      let range = start..<start + length
      guard let count = counts[Self.key(words, range)], let kind = Self.majority(count) else { continue }
      // A single word that the document also has in small letters, or that the lexicon knows, is a name only with its capital inside a sentence.
      if length == 1, isCommon(words[start]) || (start == 0 && words[start].tags != 0) { continue }
      return NameSpan(range: range, kind: kind)
    }
    return nil
  }

  private static func majority(_ count: SIMD8<Int32>) -> Entity.Kind? {
    var best = 0
    for slot in NameLabel.kinds.indices where count[slot] > count[best] { best = slot }
    return count[best] > 0 ? NameLabel.kinds[best] : nil
  }
}

import TelexModel
package import TelexText

/// To whom, where and through what something was said, from the phrases beside the verb of saying: "a déclaré à la presse",
/// "dans un communiqué", "lors d'un point de presse à Paris".
struct Circumstances {
  private(set) var addressee: Range<Int>?
  private(set) var venue: Range<Int>?
  private(set) var medium: Range<Int>?
  /// All tokens looked at: a time among them is the time of utterance.
  private(set) var range: Range<Int>

  /// - Parameters:
  ///   - region: tokens behind the verb that belong to it and not to what is said.
  ///   - speaker: tokens of whoever speaks, which end a phrase before them: "a lancé devant la presse Anne Lambert".
  init(_ speech: Speech, media: Media, region: Range<Int>, speaker: Range<Int>?) {
    range = region
    let words = speech.words
    var index = region.lowerBound
    while index < region.upperBound {
      guard words.has(index, .preposition), !words.has(index, .of) || index == region.lowerBound,
        !words.has(index, .hearsay)
      else {
        index += 1
        continue
      }
      var start = index + 1
      if words.has(start, .of) { start += 1 }
      let limit = speaker.map { start <= $0.lowerBound ? min(region.upperBound, $0.lowerBound) : region.upperBound }
      guard let phrase = speech.phrases.forward(from: start, limit: limit ?? region.upperBound) else {
        index += 1
        continue
      }
      let isBeside =
        index == speaker?.upperBound
        || (region.lowerBound..<index).allSatisfy { words.isAdverb($0) || words.has($0, .day) }
      take(phrase, behind: index, isBeside: isBeside, speech, media)
      index = phrase.upperBound
    }
  }

  /// - Parameter isBeside: whether the preposition stands right behind the speaker, or behind the verb and a day at most.
  private mutating func take(
    _ phrase: Range<Int>, behind preposition: Int, isBeside: Bool, _ speech: Speech, _ media: Media
  ) {
    let words = speech.words
    var head = phrase.lowerBound
    // The article of "La Presse Canadienne" is part of the name.
    while head < phrase.upperBound, words.has(head, [.article, .determiner]), words.name(at: head) == nil { head += 1 }
    guard head < phrase.upperBound, !words.has(head, .day) else { return }
    let content = head..<phrase.upperBound
    switch media.kind(words.hashes[head]) {
    case .medium: if medium == nil { medium = content }
    case .occasion: if venue == nil { venue = content }
    case nil:
      let isÀ =
        words.tokens[preposition].span.count == 2 && words.ends(preposition, with: "u")
        || words.tokens[preposition].span.count == 2 && words.text.utf8[Int(words.tokens[preposition].start)] == 0xC3
        || words.ends(preposition, with: "evant")
        || words.tokens[preposition].span.count == 3 && words.ends(preposition, with: "ux")
      // "a annoncé à Bruxelles", but "a demandé à Moscou de".
      if isBeside, isÀ, words.name(at: head) == .location, !words.has(phrase.upperBound, .of) {
        if venue == nil { venue = content }
        return
      }
      guard isÀ, addressee == nil,
        media.isAudience(words.hashes[head]) || speech.nouns.kind(words.hashes[head]) == .person
          || (speech.nouns.kind(words.hashes[head]) == .body && preposition == range.lowerBound)
          || isBeside && [.person, .organization, .location].contains(words.name(at: head))
      else { return }
      addressee = content
    }
  }
}

/// Nouns of media, occasions and audiences (`media.tsv`).
package struct Media: Sendable {
  enum Kind { case medium, occasion }

  private let media: FoldedSet
  private let occasions: FoldedSet
  private let audiences: FoldedSet

  /// - Throws: `ResourceError` where the table can't be read or names an unknown kind.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    let table = try ResourceTable("media.tsv", of: "TelexAnalysis", in: resources)
    var media: Set<UInt64> = []
    var occasions: Set<UInt64> = []
    var audiences: Set<UInt64> = []
    for row in table.rows {
      let words = row.fields.last.map { $0.split(separator: " ").map { FoldedHash(String($0)).value } } ?? []
      switch row.fields[0] {
      case "medium": media.formUnion(words)
      case "occasion": occasions.formUnion(words)
      case "audience": audiences.formUnion(words)
      default: throw table.error(row, "no such kind: \(row.fields[0])")
      }
    }
    self.media = FoldedSet(media)
    self.occasions = FoldedSet(occasions)
    self.audiences = FoldedSet(audiences)
  }

  func kind(_ hash: UInt64) -> Kind? { media.contains(hash) ? .medium : occasions.contains(hash) ? .occasion : nil }
  func isAudience(_ hash: UInt64) -> Bool { audiences.contains(hash) }
}

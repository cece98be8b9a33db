package import TelexText

/// The closed classes that decide where French words are cut, read from `tokens.tsv`.
package struct TokenLists: Sendable {
  /// Words that lose their vowel: hashes of small letters without the apostrophe.
  let elided: Set<UInt64>
  /// Hashes of abbreviations in small letters without their last period.
  let abbreviations: Set<UInt64>
  /// Hashes of words whose hyphenated pronoun or adverb is no token of its own: "celui-ci", "rendez-vous".
  let keepsClitic: Set<UInt64>
  /// Words that are one token although they hold an apostrophe or hyphen: "aujourd'hui".
  let whole: Openings
  let clitics: Openings
  let sites: Openings
  let addressHeads: Openings
  let optionalEndings: Openings
  let trailing: Set<UInt8>

  /// - Throws: `ResourceError` where `tokens.tsv` is missing or lacks a list.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    var lists: [String: [[UInt8]]] = [:]
    for line in try directory.bytes("tokens.tsv", of: "TelexLanguage").split(separator: 0x0A) where line.first != 0x23 {
      let fields = line.split(separator: 0x09, maxSplits: 1)
      guard fields.count == 2 else { continue }
      lists[String(decoding: fields[0], as: UTF8.self), default: []] += fields[1].split(separator: 0x20).map(Array.init)
    }
    func list(_ name: String) throws(ResourceError) -> [[UInt8]] {
      guard let words = lists[name] else {
        throw ResourceError(path: directory.path("tokens.tsv", of: "TelexLanguage"), message: "lacks its list \(name)")
      }
      return words
    }
    elided = Set(try list("elided").map { hash($0) })
    abbreviations = Set(try list("abbreviation").map { hash($0) })
    keepsClitic = Set(try list("keeps-clitic").map { hash($0) })
    whole = Openings(try list("whole"))
    clitics = Openings(try list("clitic"))
    sites = Openings(try list("site"))
    addressHeads = Openings(try list("address"))
    optionalEndings = Openings(try list("optional-ending"))
    trailing = Set(try list("address-end").flatMap { $0 })
  }
}

/// Strings that a text may go on with, letter case and form of apostrophe aside.
struct Openings: Sendable {
  /// By first byte in small letters, the longest first.
  private let words: [[[UInt8]]]

  init(_ words: [[UInt8]]) {
    self.words = (0..<0x80).map { initial in
      words.filter { $0.first == UInt8(initial) }
        .sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
    }
  }

  /// The end of the longest of the words that stands at `offset`, with no letter or digit behind it where it is `whole`.
  func match(_ bytes: UnsafeBufferPointer<UInt8>, from offset: Int, whole: Bool = true) -> Int? {
    guard offset < bytes.count else { return nil }
    let (initial, _) = scalar(bytes, at: offset)
    let small = lowercased(initial)
    guard small < 0x80 else { return nil }
    for word in words[Int(small)] {
      if let end = ending(word, bytes, offset), whole == false || continues(bytes, end) == false { return end }
    }
    return nil
  }

  private func ending(_ word: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> Int? {
    var place = offset
    return word.withUnsafeBufferPointer { word in
      var index = 0
      while index < word.count {
        guard place < bytes.count else { return nil }
        let (wanted, width) = scalar(word, at: index)
        let (found, length) = scalar(bytes, at: place)
        let same = isApostrophe(wanted) ? isApostrophe(found) : lowercased(found) == wanted
        if same == false { return nil }
        index += width
        place += length
      }
      return place
    }
  }

  private func continues(_ bytes: UnsafeBufferPointer<UInt8>, _ end: Int) -> Bool {
    guard end < bytes.count else { return false }
    let (value, _) = scalar(bytes, at: end)
    return isLetter(value) || isDigit(value)
  }
}

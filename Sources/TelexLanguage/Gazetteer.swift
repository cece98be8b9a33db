package import TelexModel
package import TelexText

/// Names that are known beforehand: places, given names and surnames, bodies, with the words that announce them.
///
/// Keys are spelled bare (small letters, no accents) with one space between words and for each hyphen, so "ÉTATS-UNIS", "Etats-Unis"
/// and "États Unis" meet, and "Nations unies" and "Nations-Unies".
package struct Gazetteer: Sendable {
  /// What a name can be.
  package struct Kinds: OptionSet, Sendable, Hashable, BitwiseCopyable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let country = Kinds(rawValue: 1 << 0)
    /// A city of 100,000 people or more.
    package static let largeCity = Kinds(rawValue: 1 << 1)
    package static let city = Kinds(rawValue: 1 << 2)
    /// A region, continent, sea, river or mountain.
    package static let region = Kinds(rawValue: 1 << 3)
    package static let givenName = Kinds(rawValue: 1 << 4)
    package static let surname = Kinds(rawValue: 1 << 5)
    package static let rareSurname = Kinds(rawValue: 1 << 6)
    package static let organization = Kinds(rawValue: 1 << 7)
    package static let demonym = Kinds(rawValue: 1 << 8)
    /// A word that announces a body: "ministère", "parti".
    package static let organizationWord = Kinds(rawValue: 1 << 9)
    /// A word that announces a place: "ville", "aéroport".
    package static let locationWord = Kinds(rawValue: 1 << 10)
    /// A title or function: "président", "général".
    package static let personWord = Kinds(rawValue: 1 << 11)
    /// A word that announces an event: "sommet", "guerre".
    package static let eventWord = Kinds(rawValue: 1 << 12)
    /// A word that announces a work, a law or a product: "film", "traité".
    package static let productWord = Kinds(rawValue: 1 << 13)
    package static let acronym = Kinds(rawValue: 1 << 14)
    /// A day or month, which capitals and titles turn into no name.
    package static let calendar = Kinds(rawValue: 1 << 15)
    /// An armed group that is written in small letters: "talibans".
    package static let group = Kinds(rawValue: 1 << 16)
    /// A word that makes a name of a treaty together with a place: "traité", "accords".
    package static let treatyWord = Kinds(rawValue: 1 << 17)

    /// An acronym of what is no name: "TVA", "ADN".
    package static let thing = Kinds(rawValue: 1 << 18)

    /// What a name is listed as that was taken for a kind.
    package static func listed(as kind: Entity.Kind) -> Kinds {
      switch kind {
      case .person: [.givenName, .surname, .rareSurname]
      case .organization: [.organization, .acronym, .group]
      case .location: [.country, .largeCity, .city, .region]
      case .event: .eventWord
      case .product: .productWord
      default: []
      }
    }
  }

  let names: WordAutomaton
  /// By name.
  let kinds: Column<UInt32>

  /// - Throws: `ResourceError` where `gazetteer.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("gazetteer.bin", in: directory)
    names = try WordAutomaton(from: file)
    kinds = try file.section("kinds")
  }

  /// What a name can be; empty where it isn't listed.
  package func kinds(of bareName: some Sequence<UInt8>) -> Kinds {
    guard let index = names.index(of: bareName.lazy.map(Self.spaced)) else { return [] }
    return Kinds(rawValue: kinds[index])
  }

  /// A space for a hyphen.
  @inline(__always)
  package static func spaced(_ byte: UInt8) -> UInt8 { byte == 0x2D ? 0x20 : byte }

  /// What a word can be by itself.
  ///
  /// - Parameter bare: scratch memory.
  func kinds(ofToken word: UnsafeBufferPointer<UInt8>, _ bare: inout [UInt8]) -> Kinds {
    bare.removeAll(keepingCapacity: true)
    fold(word, .bare, into: &bare)
    return bare.withUnsafeMutableBufferPointer { bare in
      for place in bare.indices { bare[place] = Self.spaced(bare[place]) }
      guard let index = names.index(of: UnsafeBufferPointer(bare)) else { return [] }
      return Kinds(rawValue: kinds[index])
    }
  }

  /// What the lists say of each token of a sentence: of itself, and of the longest listed name it belongs to.
  package func evidence(_ tokens: [SurfaceToken], _ words: [WordFeatures], of text: SourceText) -> [NameEvidence] {
    var bare: [UInt8] = []
    let own = text.utf8.withUnsafeBufferPointer { bytes in
      zip(tokens, words).map { token, word in
        word.isWord ? kinds(ofToken: UnsafeBufferPointer(rebasing: bytes[token.span.range]), &bare) : []
      }
    }
    return evidence(tokens, words, own: own, of: text)
  }

  /// The same where it is known what the tokens can be by themselves.
  func evidence(
    _ tokens: [SurfaceToken], _ words: [WordFeatures], own: [Kinds], of text: SourceText
  ) -> [NameEvidence] {
    var result = own.map { NameEvidence(own: $0) }
    var bare: [UInt8] = []
    var covered = 0
    // Names are sought from capitals only; words that announce one are single and often small.
    for start in tokens.indices where words[start].isWord && words[start].isCapitalized {
      var state = names.start
      var longest: (end: Int, kinds: Kinds)?
      for place in start..<min(start + 12, tokens.count) {
        bare.removeAll(keepingCapacity: true)
        let needsSpace = place > start && words[place - 1].isElided == false && tokens[place].spaceBefore
        if needsSpace { bare.append(0x20) }
        text.utf8.withUnsafeBufferPointer { bytes in
          fold(UnsafeBufferPointer(rebasing: bytes[tokens[place].span.range]), .bare, into: &bare)
        }
        var alive = true
        for byte in bare where names.step(&state, Self.spaced(byte)) == false {
          alive = false
          break
        }
        guard alive else { break }
        if state.isWord, words[place].isWord {
          longest = (place + 1, Kinds(rawValue: kinds[state.index]))
        }
      }
      guard let (end, found) = longest, start >= covered else { continue }
      covered = end
      for place in start..<end {
        result[place].phrase = found
        result[place].place = end - start == 1 ? 3 : (place == start ? 1 : 2)
      }
    }
    return result
  }
}

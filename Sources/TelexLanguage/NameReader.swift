import TelexModel
import TelexText

/// Looks for names in one sentence after the other. What the model says of a word wherever it stands is remembered from sentence
/// to sentence and from text to text; it is more than half of what it says. One thread at a time may use it.
final class NameReader {
  /// Scores of the labels of one token, as many as there are and three more; the model's own rows have eleven more.
  private struct Scores: BitwiseCopyable {
    var first = SIMD8<Int16>.zero
    var second = SIMD8<Int16>.zero
    var third = SIMD8<Int16>.zero

    static func &+ (one: Scores, other: Scores) -> Scores {
      Scores(first: one.first &+ other.first, second: one.second &+ other.second, third: one.third &+ other.third)
    }
  }

  /// What is remembered of a word.
  private struct Known: BitwiseCopyable {
    let features: WordFeatures
    let own: Gazetteer.Kinds
    /// Scores for the labels of the word itself, of the next two tokens, and of the two before it.
    let word: Scores
    let following: Scores
    let following2: Scores
    let preceding: Scores
    let preceding2: Scores
  }

  private let gazetteer: Gazetteer
  private let tagger: NameTagger
  private let featurizer: WordFeaturizer
  private let memory: WordMemory<Known>
  /// What stands before and behind a sentence.
  private let outside: Known
  private var bare: [UInt8] = []

  /// - Parameter sets: of four words each that are remembered, two kilobytes; a power of two.
  init(_ vocabulary: Vocabulary, _ gazetteer: Gazetteer, _ tagger: NameTagger, sets: Int = 128) {
    memory = WordMemory(sets: sets)
    self.gazetteer = gazetteer
    self.tagger = tagger
    featurizer = WordFeaturizer(vocabulary, sets: 1)
    outside = Self.known(WordFeatures(), [], tagger.model)
  }

  /// What the model says of a sentence's tokens.
  func draft(of tokens: [SurfaceToken], in text: SourceText) -> NameTagger.Draft {
    var words: [WordFeatures] = []
    var own: [Gazetteer.Kinds] = []
    words.reserveCapacity(tokens.count)
    own.reserveCapacity(tokens.count)
    let stride = tagger.model.stride
    var scores = [Int16](repeating: 0, count: tokens.count * stride)
    scores.withUnsafeMutableBytes { scores in
      guard let scores = scores.baseAddress else { return }
      func add(_ known: Scores, to token: Int) {
        guard tokens.indices.contains(token) else { return }
        let place = token * stride * MemoryLayout<Int16>.stride
        let sum = scores.loadUnaligned(fromByteOffset: place, as: Scores.self) &+ known
        scores.storeBytes(of: sum, toByteOffset: place, as: Scores.self)
      }
      func add(_ known: UnsafePointer<Known>, at place: Int) {
        add(known.pointee.preceding2, to: place - 2)
        add(known.pointee.preceding, to: place - 1)
        add(known.pointee.following, to: place + 1)
        add(known.pointee.following2, to: place + 2)
      }
      text.utf8.withUnsafeBufferPointer { bytes in
        for (index, token) in tokens.enumerated() {
          let known = known(UnsafeBufferPointer(rebasing: bytes[token.span.range]))
          words.append(known.pointee.features)
          own.append(known.pointee.own)
          add(known.pointee.word, to: index)
          add(known, at: index)
        }
      }
      withUnsafePointer(to: outside) { outside in
        for place in [-2, -1, tokens.count, tokens.count + 1] { add(outside, at: place) }
      }
    }
    let evidence = gazetteer.evidence(tokens, words, own: own, of: text)
    return tagger.draft(words, evidence, known: scores)
  }

  private func known(_ word: UnsafeBufferPointer<UInt8>) -> UnsafePointer<Known> {
    memory.value(of: word) { place in
      let features = featurizer.read(word)
      place.initialize(
        to: Self.known(features, features.isWord ? gazetteer.kinds(ofToken: word, &bare) : [], tagger.model))
    }
  }

  private static func known(_ features: WordFeatures, _ own: Gazetteer.Kinds, _ model: SequenceModel) -> Known {
    // Whatever word of the five a scope looks at, it is this one.
    let words = [WordFeatures](repeating: features, count: 5)
    let evidence = [NameEvidence](repeating: NameEvidence(own: own), count: 5)
    // A row for each scope.
    let scopes = NameFeatures.Scope.allCases.count
    let rows = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: scopes * NameFeatures.mostOfOneWord) { keys in
      var counts = SIMD8<Int>.zero
      NameFeatures.each(words, evidence, 2) { scope, key in
        guard counts[scope.rawValue] < NameFeatures.mostOfOneWord, scope != .several else { return }
        keys[scope.rawValue * NameFeatures.mostOfOneWord + counts[scope.rawValue]] = key
        counts[scope.rawValue] += 1
      }
      return model.scores(scopes) { scope, body in
        for key in 0..<counts[scope] { body(keys[scope * NameFeatures.mostOfOneWord + key]) }
      }
    }
    func scores(_ scope: NameFeatures.Scope) -> Scores {
      let offset = scope.rawValue * model.stride * MemoryLayout<Int16>.stride
      return rows.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Scores.self) }
    }
    return Known(
      features: features, own: own, word: scores(.word), following: scores(.left), following2: scores(.left2),
      preceding: scores(.right), preceding2: scores(.right2))
  }
}

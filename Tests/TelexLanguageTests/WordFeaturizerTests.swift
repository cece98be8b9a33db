import TelexLanguage
import TelexText
import Testing

@Suite struct WordFeaturizerTests {
  let vocabulary: Vocabulary

  init() throws {
    vocabulary = try Vocabulary(from: try #require(ResourceDirectory.located()))
  }

  private func features(_ word: String, _ featurizer: WordFeaturizer) -> WordFeatures {
    Array(word.utf8).withUnsafeBufferPointer { featurizer.features($0) }
  }

  @Test(arguments: [
    ("Élysée", "Éty", false), ("OTAN", "SNCF", true), ("l'", "d'", false), ("18h30", "é", false), ("", "-", false),
  ])
  func aWordIsTheSameWhateverWasSeenBefore(word: String, other: String, isAllCapitals: Bool) {
    let first = WordFeaturizer(vocabulary)
    let second = WordFeaturizer(vocabulary)
    _ = features(other, second)
    let (a, b) = (features(word, first), features(word, second))
    let again = features(word, second)
    for found in [b, again] {
      #expect((found.form, found.lower, found.shape, found.length) == (a.form, a.lower, a.shape, a.length))
      #expect(found.endings == a.endings && found.beginnings == a.beginnings && found.tags == a.tags)
    }
    #expect(a.isAllCapitals == isAllCapitals)
  }

  @Test func endingsAndBeginningsAreOfSmallLetters() {
    let featurizer = WordFeaturizer(vocabulary)
    let word = features("Été’s", featurizer)
    #expect(word.lower == hash("été's".utf8) && word.form == hash("Été's".utf8) && word.length == 5)
    #expect(word.endings == SIMD4(hash("s".utf8), hash("'s".utf8), hash("é's".utf8), hash("té's".utf8)))
    #expect(word.beginnings == SIMD4(hash("é".utf8), hash("ét".utf8), hash("été".utf8), hash("été'".utf8)))
    #expect(features("un", featurizer).endings[3] == hash("un".utf8), "a short word is its own ending")
  }
}

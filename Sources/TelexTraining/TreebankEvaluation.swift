/// The measures of the CoNLL 2018 shared task ("Multilingual Parsing from Raw Text to Universal Dependencies"): words of the
/// system and of the treebank are aligned by the characters they cover, and only aligned words can be right.
package struct TreebankEvaluation {
  /// Counts behind one measure.
  package struct Score: Equatable {
    package var right = 0
    package var gold = 0
    package var system = 0

    package init(right: Int = 0, gold: Int = 0, system: Int = 0) {
      (self.right, self.gold, self.system) = (right, gold, system)
    }

    /// F1 in percent.
    package var f1: Double { 200 * Double(right) / Double(max(1, gold + system)) }
  }

  package var tokens = Score()
  package var sentences = Score()
  package var words = Score()
  package var tags = Score()
  package var features = Score()
  package var lemmas = Score()
  package var unlabelled = Score()
  package var labelled = Score()

  /// A treebank laid out over the characters of its text, white space aside.
  private struct Layout {
    struct Item: Hashable {
      var start: Int
      var end: Int
    }

    struct Word {
      var place: Item
      var isPart: Bool
      var word: TreebankSentence.Word
      /// Index of the head among all words, -1 for the root.
      var head: Int
    }

    var characters: [Character] = []
    var tokens: Set<Item> = []
    var sentences: Set<Item> = []
    var words: [Word] = []

    init(_ treebank: [TreebankSentence]) {
      for sentence in treebank {
        let start = characters.count
        let base = words.count
        for token in sentence.tokens {
          let from = characters.count
          characters += token.form.filter { $0.isWhitespace == false }
          let place = Item(start: from, end: characters.count)
          tokens.insert(place)
          for index in token.words {
            let word = sentence.words[index]
            words.append(
              Word(
                place: place, isPart: token.words.count > 1, word: word,
                head: word.head == 0 ? -1 : base + word.head - 1))
          }
        }
        sentences.insert(Item(start: start, end: characters.count))
      }
    }
  }

  /// - Throws: `TrainingError` where the two don't hold the same characters.
  package init(gold: [TreebankSentence], system: [TreebankSentence]) throws {
    let (gold, system) = (Layout(gold), Layout(system))
    guard gold.characters == system.characters else {
      let place = zip(gold.characters, system.characters).prefix { $0 == $1 }.count
      throw TrainingError("the texts differ at character \(place), white space aside")
    }
    tokens = Score(
      right: gold.tokens.intersection(system.tokens).count, gold: gold.tokens.count, system: system.tokens.count)
    sentences = Score(
      right: gold.sentences.intersection(system.sentences).count, gold: gold.sentences.count,
      system: system.sentences.count)
    let pairs = Self.align(gold.words, system.words)
    let partner = Dictionary(uniqueKeysWithValues: pairs.map { ($0.system, $0.gold) })
    func score(_ isRight: (Layout.Word, Layout.Word) -> Bool) -> Score {
      Score(
        right: pairs.count { isRight(gold.words[$0.gold], system.words[$0.system]) }, gold: gold.words.count,
        system: system.words.count)
    }
    func sameHead(_ a: Layout.Word, _ b: Layout.Word) -> Bool {
      b.head < 0 ? a.head < 0 : partner[b.head] == a.head
    }
    func universal(_ word: Layout.Word) -> Substring { word.word.relation.prefix { $0 != ":" } }
    words = score { _, _ in true }
    tags = score { $0.word.tag == $1.word.tag }
    features = score { Self.universal($0.word.features) == Self.universal($1.word.features) }
    lemmas = score { $0.word.lemma == "_" || $0.word.lemma == $1.word.lemma }
    unlabelled = score(sameHead)
    labelled = score { sameHead($0, $1) && universal($0) == universal($1) }
  }

  /// The features that the task counts.
  private static func universal(_ features: String) -> [Substring] {
    let counted: Set<Substring> = [
      "PronType", "NumType", "Poss", "Reflex", "Foreign", "Abbr", "Gender", "Animacy", "Number", "Case", "Definite",
      "Degree", "VerbForm", "Mood", "Tense", "Aspect", "Voice", "Evident", "Polarity", "Person", "Polite",
    ]
    return features.split(separator: "|").filter { counted.contains($0.prefix { $0 != "=" }) }.sorted()
  }

  /// Words that cover the same characters; where contractions overlap, the longest common subsequence of their forms.
  private static func align(_ gold: [Layout.Word], _ system: [Layout.Word]) -> [(gold: Int, system: Int)] {
    var pairs: [(gold: Int, system: Int)] = []
    var (g, s) = (0, 0)
    while g < gold.count && s < system.count {
      guard gold[g].isPart || system[s].isPart else {
        if gold[g].place == system[s].place {
          pairs.append((g, s))
          g += 1
          s += 1
        } else if gold[g].place.start <= system[s].place.start {
          g += 1
        } else {
          s += 1
        }
        continue
      }
      // The stretch that the contraction and all that overlaps it cover.
      var end = gold[g].isPart ? gold[g].place.end : system[s].place.end
      if gold[g].isPart == false, gold[g].place.end <= system[s].place.start {
        g += 1
        continue
      }
      if system[s].isPart == false, system[s].place.end <= gold[g].place.start {
        s += 1
        continue
      }
      var (g2, s2) = (g, s)
      while true {
        if g2 < gold.count, gold[g2].place.start < end {
          end = gold[g2].isPart ? max(end, gold[g2].place.end) : end
          g2 += 1
        } else if s2 < system.count, system[s2].place.start < end {
          end = system[s2].isPart ? max(end, system[s2].place.end) : end
          s2 += 1
        } else {
          break
        }
      }
      pairs += common(gold, g..<g2, system, s..<s2)
      (g, s) = (g2, s2)
    }
    return pairs
  }

  private static func common(
    _ gold: [Layout.Word], _ a: Range<Int>, _ system: [Layout.Word], _ b: Range<Int>
  ) -> [(gold: Int, system: Int)] {
    func same(_ i: Int, _ j: Int) -> Bool { gold[i].word.form.lowercased() == system[j].word.form.lowercased() }
    var length = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.reversed() {
      for j in b.reversed() {
        let (x, y) = (i - a.lowerBound, j - b.lowerBound)
        length[x][y] = same(i, j) ? length[x + 1][y + 1] + 1 : max(length[x + 1][y], length[x][y + 1])
      }
    }
    var (i, j) = (a.lowerBound, b.lowerBound)
    var pairs: [(gold: Int, system: Int)] = []
    while i < a.upperBound && j < b.upperBound {
      let (x, y) = (i - a.lowerBound, j - b.lowerBound)
      if same(i, j), length[x][y] == length[x + 1][y + 1] + 1 {
        pairs.append((i, j))
        i += 1
        j += 1
      } else if length[x + 1][y] >= length[x][y + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }

  /// One row of the table of figures.
  package var row: String {
    func show(_ score: Score) -> String {
      let hundredths = Int((score.f1 * 100).rounded())
      return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
    }
    return "Tokens \(show(tokens)) Sentences \(show(sentences)) Words \(show(words)) UPOS \(show(tags)) "
      + "UFeats \(show(features)) Lemmas \(show(lemmas)) UAS \(show(unlabelled)) LAS \(show(labelled))"
  }

  /// The raw text of a treebank: sentences behind each other with a space between.
  package static func rawText(_ sentences: [TreebankSentence]) -> String {
    sentences.map(\.text).joined(separator: " ")
  }
}

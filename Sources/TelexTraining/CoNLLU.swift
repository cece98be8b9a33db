package import Foundation

/// One sentence of a treebank in CoNLL-U (https://universaldependencies.org/format.html).
package struct TreebankSentence: Sendable {
  package struct Word: Sendable {
    package var form: String
    package var lemma: String
    package var tag: String
    package var features: String
    /// Number of the head in the sentence, 0 for the root.
    package var head: Int
    package var relation: String
  }

  package struct Token: Sendable {
    package var form: String
    /// Its words, one or (for a contraction) several.
    package var words: Range<Int>
    package var spaceAfter: Bool
  }

  package var text = ""
  package var words: [Word] = []
  package var tokens: [Token] = []
}

package enum CoNLLU {
  /// - Throws: what reading throws, and `TrainingError` with the line where the file breaks the format.
  package static func read(_ url: URL) throws -> [TreebankSentence] {
    try sentences(String(decoding: Data(contentsOf: url), as: UTF8.self), name: url.lastPathComponent)
  }

  package static func sentences(_ content: String, name: String = "CoNLL-U") throws -> [TreebankSentence] {
    var result: [TreebankSentence] = []
    var sentence = TreebankSentence()
    var open = 0
    for (number, line) in content.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.isEmpty {
        if sentence.words.isEmpty == false { result.append(sentence) }
        (sentence, open) = (TreebankSentence(), 0)
        continue
      }
      if line.hasPrefix("#") {
        if line.hasPrefix("# text = ") { sentence.text = String(line.dropFirst(9)) }
        continue
      }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 10 else { throw TrainingError("\(name):\(number + 1) has \(fields.count) fields, not 10") }
      let spaceAfter = fields[9].split(separator: "|").contains("SpaceAfter=No") == false
      if fields[0].contains(".") { continue }
      if fields[0].contains("-") {
        let bounds = fields[0].split(separator: "-").compactMap { Int($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
          throw TrainingError("\(name):\(number + 1) has a bad range \(fields[0])")
        }
        sentence.tokens.append(.init(form: fields[1], words: bounds[0] - 1..<bounds[1], spaceAfter: spaceAfter))
        open = bounds[1]
        continue
      }
      guard let id = Int(fields[0]), id == sentence.words.count + 1 else {
        throw TrainingError("\(name):\(number + 1) has id \(fields[0]) out of order")
      }
      if id > open { sentence.tokens.append(.init(form: fields[1], words: id - 1..<id, spaceAfter: spaceAfter)) }
      sentence.words.append(
        .init(
          form: fields[1], lemma: fields[2], tag: fields[3], features: fields[5], head: Int(fields[6]) ?? 0,
          relation: fields[7]))
    }
    if sentence.words.isEmpty == false { result.append(sentence) }
    return result
  }
}

package import TelexLanguage
import TelexModel
import TelexText

/// How well the tokenizer cuts a treebank's own sentences: what differs, for the developer's eye.
package enum TokenEvaluation {
  package static func report(_ sentences: [TreebankSentence], _ tokenizer: TreebankTokenizer, show: Int) -> [String] {
    var (right, found, gold) = (0, 0, 0)
    var differences: [String] = []
    for sentence in sentences {
      let text = SourceText(sentence.text)
      let predicted = tokenizer.tokens(of: text, in: Span(0, text.utf8.count)).map { text.string($0.span) }
      let expected = sentence.tokens.map(\.form)
      gold += expected.count
      found += predicted.count
      let common = ends(predicted).intersection(ends(expected))
      right += common.count
      if predicted != expected {
        let missing = ends(expected).subtracting(common), extra = ends(predicted).subtracting(common)
        let words = missing.union(extra).map(\.form).sorted().joined(separator: " ¦ ")
        differences.append(words)
      }
    }
    let score = 200 * Double(right) / Double(found + gold)
    return ["tokens \((score * 100).rounded() / 100)"] + differences.prefix(show)
  }

  private struct End: Hashable {
    var offset: Int
    var form: String
  }

  private static func ends(_ forms: [String]) -> Set<End> {
    var offset = 0
    var result: Set<End> = []
    for form in forms {
      offset += form.utf8.count { $0 != 0x20 && $0 != 0xC2 && $0 != 0xA0 }
      result.insert(End(offset: offset, form: form))
    }
    return result
  }
}

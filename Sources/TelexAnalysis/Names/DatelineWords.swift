import TelexModel
import TelexText

extension Document {
  /// Where the dateline has the words of one of its parts; nil where it lacks the part, or the text the dateline.
  ///
  /// - Parameter isLast: whether the last such words are meant or the first.
  func spanInDateline(of part: KeyPath<Item.Dateline, String?>, isLast: Bool) -> Span? {
    guard let dateline = item.dateline, let words = dateline[keyPath: part].map({ Array($0.utf8) }), !words.isEmpty
    else { return nil }
    let bytes = text[dateline.span]
    let begins = { (place: Int) in bytes[place...].starts(with: words) }
    return (isLast ? bytes.indices.last(where: begins) : bytes.indices.first(where: begins))
      .map { Span($0, $0 + words.count) }
  }
}

/// Text of a dispatch as it may stand in a page.
enum HTMLText {
  static func escaped(_ words: String) -> String {
    var html = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": html += "&amp;"
      case "<": html += "&lt;"
      case ">": html += "&gt;"
      case "\"": html += "&quot;"
      case "'": html += "&#39;"
      case "\n", "\t": html.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        html.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
      }
    }
    return html
  }

  /// A class or anchor of the page's own, whatever the result holds.
  static func name(_ kind: String) -> String {
    !kind.isEmpty && kind.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? kind : "other"
  }

  /// 0.92 as "92 %".
  static func share(_ confidence: Double) -> String { "\(Int((confidence * 100).rounded()))\u{A0}%" }

  /// The beginning and the end of long words.
  static func shortened(_ words: String) -> String {
    let words = words.split { $0.isWhitespace }.joined(separator: " ")
    guard words.count > 130 else { return words }
    let head = words.prefix(90).split(separator: " ").dropLast().joined(separator: " ")
    let tail = words.suffix(35).split(separator: " ").dropFirst().joined(separator: " ")
    return head + " … " + tail
  }
}

import TelexModel
import TelexText

/// Bytes of a mail's part, out of their transfer encoding, as text with origins.
struct CharacterSet {
  let decoder: TextDecoder

  /// - Returns: nil where there is no text in it.
  func text(of bytes: Transcript, declared: String?) -> (text: Transcript, decoded: DecodedText)? {
    guard let decoded = try? decoder.decode(bytes.bytes, declared: declared) else { return nil }
    var text = Transcript()
    let offsets = SourceOffsets(
      decoded: decoded.text.utf8, bytes: bytes.bytes, encoding: decoded.encoding.name,
      replaced: decoded.encoding.replaced)
    let utf8 = decoded.text.utf8
    // Stretches that are the same in both are copied with their pieces, other characters are pieces of their own.
    var same: (here: Range<Int>, there: Range<Int>)?
    offsets.forEachCharacter { here, there in
      if here.count == there.count, utf8[here].elementsEqual(bytes.bytes[there]) {
        same = (
          (same?.here.lowerBound ?? here.lowerBound)..<here.upperBound,
          (same?.there.lowerBound ?? there.lowerBound)..<there.upperBound
        )
        return
      }
      if let stretch = same { text.append(bytes, stretch.there) }
      same = nil
      if let place = bytes.source(of: there) { text.append(utf8[here], for: place) }
    }
    if let stretch = same { text.append(bytes, stretch.there) }
    return (text, decoded)
  }

  /// A header's words: encoded words (RFC 2047) are decoded, those of one charset that touch as one.
  func words(of value: [UInt8]) -> String {
    var output = ""
    var pending: (charset: String, bytes: [UInt8])?
    func flush() {
      if let word = pending { output += plain(word.bytes, word.charset) }
      pending = nil
    }
    var index = 0
    while index < value.count {
      if let word = EncodedWord(value, at: index) {
        if pending?.charset != word.charset { flush() }
        pending = (word.charset, (pending?.bytes ?? []) + word.bytes)
        index = word.end
        // White space between two encoded words is not part of the text.
        var next = index
        while next < value.count, TextAssembly.isSpace(value[next]) { next += 1 }
        if next < value.count, EncodedWord(value, at: next) != nil { index = next }
        continue
      }
      flush()
      let start = index
      index += 1
      while index < value.count, value[index] != UInt8(ascii: "=") { index += 1 }
      output += plain(Array(value[start..<index]), nil)
    }
    flush()
    return output.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r\n" || $0 == "\r" }.joined(separator: " ")
  }

  private func plain(_ bytes: [UInt8], _ charset: String?) -> String {
    if bytes.allSatisfy({ $0 < 0x80 }) && charset?.lowercased().hasPrefix("utf-16") != true {
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let decoded = try? decoder.decode(bytes, declared: charset) else { return "" }
    return String(decoding: decoded.text.utf8, as: UTF8.self)
  }
}

/// `=?iso-8859-1?Q?D=E9fense?=`
struct EncodedWord {
  private static let maximumLength = 1024

  let charset: String
  let bytes: [UInt8]
  /// Index behind it.
  let end: Int

  init?(_ value: [UInt8], at index: Int) {
    guard index + 8 < value.count, value[index] == UInt8(ascii: "="), value[index + 1] == UInt8(ascii: "?") else {
      return nil
    }
    let limit = min(value.count, index + Self.maximumLength)
    let mark = UInt8(ascii: "?")
    guard let first = value[(index + 2)..<limit].firstIndex(of: mark), first + 2 < limit, value[first + 2] == mark,
      let last = value[(first + 3)..<limit].firstIndex(of: mark), last + 1 < value.count,
      value[last + 1] == UInt8(ascii: "=")
    else { return nil }
    // RFC 2231 allows a language behind the charset.
    charset = String(decoding: value[(index + 2)..<first].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self)
    end = last + 2
    let range = first + 3..<last
    switch value[first + 1] | 0x20 {
    case UInt8(ascii: "b"): bytes = TransferEncoding.decoded(value, range, "base64").bytes
    case UInt8(ascii: "q"):
      let spaced = value[range].map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
      bytes = TransferEncoding.decoded(spaced, 0..<spaced.count, "q").bytes
    default: return nil
    }
  }
}

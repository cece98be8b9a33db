import TelexModel
import TelexText

/// One file as its reader gets it: decoded, and with its format found.
struct WireInput {
  let bytes: [UInt8]
  let decoded: DecodedText
  let format: WireFormat
  private let offsets: SourceOffsets

  init(bytes: [UInt8], decoded: DecodedText, format: WireFormat) {
    self.bytes = bytes
    self.decoded = decoded
    self.format = format
    offsets = SourceOffsets(
      decoded: decoded.text.utf8, bytes: bytes, encoding: decoded.encoding.name, replaced: decoded.encoding.replaced)
  }

  /// - Parameter count: dispatches that were read before the next.
  static func checkCount(_ count: Int) throws(ReadingFailure) {
    guard count < maximumDispatches else { throw .limit("The file holds more than \(maximumDispatches) dispatches.") }
  }

  private static let maximumDispatches = 1000

  /// A dispatch of this file.
  /// - Parameter assembly: text whose runs point into `decoded`.
  func dispatch(_ assembly: TextAssembly, _ diagnostics: [Diagnostic] = []) -> WireItem {
    var dispatch = WireItem(
      text: SourceText(validUTF8: assembly.utf8), format: format.rawValue, mediaType: format.mediaType,
      encoding: decoded.encoding, newline: decoded.newline)
    dispatch.blocks = assembly.blocks
    dispatch.diagnostics = diagnostics + decoded.diagnostics.map { moved($0, assembly) }
    dispatch.map = assembly.runs.map { run in
      let start = offsets.byte(of: run.bytes.lowerBound)
      return Source.Run(
        span: run.span, bytes: start..<max(start, offsets.byte(of: run.bytes.upperBound)), path: run.path)
    }
    return dispatch
  }

  /// A diagnostic about the decoded file, placed in the text that was taken out of it; without place where it is not in it.
  private func moved(_ diagnostic: Diagnostic, _ assembly: TextAssembly) -> Diagnostic {
    guard let span = diagnostic.span else { return diagnostic }
    var moved = diagnostic
    moved.span = nil
    if let run = assembly.runs.first(where: { $0.bytes.contains(span.start) && span.end <= $0.bytes.upperBound }) {
      let start = run.span.start + span.start - run.bytes.lowerBound
      let place = Span(start, start + span.count)
      if run.span.contains(place) { moved.span = place }
    }
    return moved
  }
}

extension WireItem {
  /// Language and, where a region is named, variant: `fr-BE` is both `fr` and `fr-BE`.
  mutating func setLanguage(_ tag: String?) {
    guard let tag, !tag.isEmpty else { return }
    let parts = tag.replacing("_", with: "-").split(separator: "-").map(String.init)
    guard let first = parts.first, first.utf8.count == 2 || first.utf8.count == 3 else { return }
    item.language = first.lowercased()
    if parts.count > 1 {
      item.languageVariant = ([first.lowercased()] + parts.dropFirst().map { $0.uppercased() }).joined(separator: "-")
    }
  }

  /// The dispatch's time as the format gives it: the version's, or else that of its first.
  mutating func setTime(_ dates: WireDate?...) {
    guard let date = dates.lazy.compactMap({ $0 }).first else { return }
    documentTime = date.documentTime()
  }

  mutating func setStatus(_ word: String?) {
    guard let word = word?.lowercased() else { return }
    switch word {
    case "usable", "stat:usable": item.pubStatus = "usable"
    case "withheld", "embargoed", "stat:withheld": item.pubStatus = "withheld"
    case "canceled", "cancelled", "killed", "stat:canceled": item.pubStatus = "canceled"
    default: diagnostics.append(Diagnostic("unknown-status", .info, "The publishing status is \(word.prefix(64))."))
    }
  }

  /// `MVD`, `mvd/jla`: groups of two to four letters, all small or all capital. Not a name, but who wrote and edited.
  static func isInitials(_ words: String) -> Bool {
    let groups = words.split(separator: "/", omittingEmptySubsequences: false)
    let isSmall = words == words.lowercased()
    guard isSmall && groups.count > 1 || words == words.uppercased() else { return false }
    return groups.allSatisfy { (2...4).contains($0.utf8.count) && $0.allSatisfy(\.isLetter) }
  }

  mutating func setUrgency(_ text: String?) {
    guard let number = text.flatMap({ Int($0) }), (1...9).contains(number) else { return }
    item.urgency = number
  }
}

/// Which names can be dispatches. Names only: whether a file of that name is one, `Claiming` finds out.
///
/// Before it: a name from an event or a listing. After it: `.input` goes to the backlog, the rest nowhere. The reserved
/// suffix is looked at first, so that no configuration can make a result an input.
struct IgnoreRules {
  enum Verdict: Equatable {
    case input
    case result
    /// The mark that the sender has finished the input of that name.
    case marker(of: [UInt8])
    case ignored
  }

  /// Written by the sender's tools while they work: partial uploads, editors' backups and locks.
  private static let builtIn: [Pattern] = [
    "*~", "#*#", "*.tmp", "*.part", "*.partial", "*.filepart", "*.crdownload", "*.swp", "*.swx", "4913",
  ].map { Pattern(Array($0.utf8)) }

  private let patterns: [Pattern]
  private let marker: [UInt8]?

  init(patterns: [[UInt8]], marker: [UInt8]?) {
    self.patterns = Self.builtIn + patterns.map(Pattern.init)
    self.marker = marker
  }

  func verdict(on name: [UInt8]) -> Verdict {
    if ResultName.isReserved(name) { return .result }
    // Dot files: our folder and cookie, `.goutputstream-*`, `.nfs*`, `.~lock.*#`, rsync's `.NAME.XXXXXX`.
    guard let first = name.first, first != UInt8(ascii: ".") else { return .ignored }
    if let marker, name.count > marker.count, name.ends(with: marker) {
      return .marker(of: Array(name.dropLast(marker.count)))
    }
    return patterns.contains { $0.matches(name) } ? .ignored : .input
  }

  /// A shell pattern on bytes: `*` any bytes, `?` one byte, `[a-z]` and `[!a-z]` sets, `\` takes the next literally.
  /// Matching is linear in pattern times name: one point of return, no recursion.
  struct Pattern {
    private enum Element {
      case literal(UInt8)
      case one
      case any
      case set(ranges: [ClosedRange<UInt8>], isNegated: Bool)
    }

    private var elements: [Element] = []

    init(_ text: [UInt8]) {
      var rest = text[...]
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "*"): elements.append(.any)
        case UInt8(ascii: "?"): elements.append(.one)
        case UInt8(ascii: "\\"): elements.append(.literal(rest.popFirst() ?? byte))
        case UInt8(ascii: "["):
          if let set = Self.set(&rest) { elements.append(set) } else { elements.append(.literal(byte)) }
        default: elements.append(.literal(byte))
        }
      }
    }

    func matches(_ name: [UInt8]) -> Bool {
      var (element, position) = (0, 0)
      var resume: (element: Int, position: Int)?
      while position < name.count || element < elements.count {
        if element < elements.count {
          if case .any = elements[element] {
            resume = (element + 1, position)
            element += 1
            continue
          }
          if position < name.count, Self.matches(elements[element], name[position]) {
            (element, position) = (element + 1, position + 1)
            continue
          }
        }
        guard let point = resume, point.position < name.count else { return false }
        resume = (point.element, point.position + 1)
        (element, position) = (point.element, point.position + 1)
      }
      return true
    }

    private static func matches(_ element: Element, _ byte: UInt8) -> Bool {
      switch element {
      case .literal(let expected): expected == byte
      case .one: true
      case .any: false
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(byte) } != isNegated
      }
    }

    /// The set after its `[`; nil, with nothing consumed, where it is not closed.
    private static func set(_ text: inout ArraySlice<UInt8>) -> Element? {
      var rest = text
      var isNegated = false
      if let mark = rest.first, mark == UInt8(ascii: "!") || mark == UInt8(ascii: "^") {
        isNegated = true
        rest.removeFirst()
      }
      var ranges: [ClosedRange<UInt8>] = []
      while let low = rest.popFirst() {
        if low == UInt8(ascii: "]"), !ranges.isEmpty {
          text = rest
          return .set(ranges: ranges, isNegated: isNegated)
        }
        var high = low
        if rest.first == UInt8(ascii: "-"), let end = rest.dropFirst().first, end != UInt8(ascii: "]"), end >= low {
          high = end
          rest = rest.dropFirst(2)
        }
        ranges.append(low...high)
      }
      return nil
    }
  }
}

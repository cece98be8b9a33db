/// Sizes in bytes as they are written in the configuration: `512 KiB`, `16 MiB`, or a plain number of bytes.
package enum Size {
  private static let units: [(name: String, bytes: Int)] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]

  package static func value(_ text: String) -> Int? {
    guard let (number, unit) = numberAndUnit(text) else { return nil }
    if unit.isEmpty || unit == "B" { return number }
    guard let bytes = units.first(where: { $0.name == unit })?.bytes else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: bytes)
    return overflow ? nil : product
  }

  package static func text(_ bytes: Int) -> String {
    for unit in units where bytes != 0 && bytes % unit.bytes == 0 { return "\(bytes / unit.bytes) \(unit.name)" }
    return String(bytes)
  }
}

/// Periods of time as they are written in the configuration: `500 ms`, `30 s`, `5 min`, `1 h`.
package enum Period {
  private static let units: [(name: String, milliseconds: Int)] = [
    ("h", 3_600_000), ("min", 60_000), ("s", 1000), ("ms", 1),
  ]

  package static func value(_ text: String) -> Duration? {
    guard let (number, unit) = numberAndUnit(text) else { return nil }
    if number == 0, unit.isEmpty { return .zero }
    guard let milliseconds = units.first(where: { $0.name == unit })?.milliseconds else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: milliseconds)
    return overflow ? nil : .milliseconds(product)
  }

  package static func text(_ period: Duration) -> String {
    let (seconds, attoseconds) = period.components
    let milliseconds = Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    guard milliseconds != 0 else { return "0 s" }
    for unit in units where milliseconds % unit.milliseconds == 0 {
      return "\(milliseconds / unit.milliseconds) \(unit.name)"
    }
    return "\(milliseconds) ms"
  }
}

/// Permission bits of a file, octal: `0640`. No set-id bits, and its owner can always read it.
package enum Mode {
  package static func value(_ text: String) -> Int? {
    guard (3...4).contains(text.utf8.count), let mode = Int(text, radix: 8), text.first != "+", text.first != "-" else {
      return nil
    }
    return mode <= 0o777 && mode & 0o400 != 0 ? mode : nil
  }

  package static func text(_ mode: Int) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension String {
  /// Without white space at either end.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}

/// `16 MiB` → (16, "MiB"). Nil where there is no number, or a sign before it.
private func numberAndUnit(_ text: String) -> (Int, String)? {
  let trimmed = text.trimmed
  let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
  guard let number = Int(digits) else { return nil }
  return (number, String(trimmed.dropFirst(digits.count)).trimmed)
}

package import TelexModel

/// The date that a person gives a dispatch: `2021`, `2021-03` or `2021-03-23`.
package enum CreationDate {
  /// Nil where `text` is no such date.
  package static func documentTime(_ text: String) -> DocumentTime? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let lengths = [4, 2, 2]
    guard (1...3).contains(parts.count), zip(parts, lengths).allSatisfy({ $0.utf8.count == $1 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers[0] >= 1 else { return nil }
    if numbers.count > 1, !(1...12).contains(numbers[1]) { return nil }
    if numbers.count > 2, !(1...days(in: numbers[1], of: numbers[0])).contains(numbers[2]) { return nil }
    let granularity: DocumentTime.Granularity = [.year, .month, .day][numbers.count - 1]
    return DocumentTime(value: text, granularity: granularity, basis: .option)
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

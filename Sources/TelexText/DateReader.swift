package import TelexModel

/// A date as a header, a dateline or a file name writes it; what is not given is nil.
package struct WrittenDate: Sendable, Equatable {
  package var year: Int?
  package var month: Int?
  package var day: Int?
  package var hour: Int?
  package var minute: Int?
  /// `Z` or `+01:00`.
  package var zone: String?

  package init(year: Int? = nil, month: Int? = nil, day: Int? = nil) {
    self.year = year
    self.month = month
    self.day = day
  }

  package var granularity: DocumentTime.Granularity {
    if minute != nil { return .minute }
    if hour != nil { return .hour }
    if day != nil { return .day }
    return month != nil ? .month : .year
  }

  /// ISO 8601, of the grain that is given; `XXXX` for a year that isn't.
  package var value: String {
    var value = year.map { Self.digits($0, 4) } ?? "XXXX"
    if let month { value += "-" + Self.digits(month, 2) }
    if let day { value += "-" + Self.digits(day, 2) }
    if let hour { value += "T" + Self.digits(hour, 2) }
    if let minute { value += ":" + Self.digits(minute, 2) }
    if hour != nil, let zone { value += zone }
    return value
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  /// True for a day that the calendar has.
  var isPossible: Bool {
    guard let month else { return year.map { (1000...2999).contains($0) } ?? false }
    guard (1...12).contains(month) else { return false }
    guard (hour ?? 0) <= 24, (minute ?? 0) < 60 else { return false }
    guard let day else { return year.map { (1000...2999).contains($0) } ?? false }
    let isLeap = year.map { $0 % 4 == 0 && ($0 % 100 != 0 || $0 % 400 == 0) } ?? true
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day >= 1 && day <= days[month - 1] && year.map { (1000...2999).contains($0) } ?? true
  }
}

/// Reads dates in figures and words, in the shapes of wire headers. Names are data (`Resources/calendar.txt`).
package struct DateReader: Sendable {
  private let months: [String: Int]
  private let weekdayNumbers: [String: Int]
  private var weekdays: Dictionary<String, Int>.Keys { weekdayNumbers.keys }
  private let zones: [String: String]
  package let table: ResourceTable

  /// - Throws: `ResourceError` where the names can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    table = try ResourceTable("calendar.txt", of: "TelexText", in: resources)
    var months: [String: Int] = [:]
    var weekdays: [String: Int] = [:]
    var zones: [String: String] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "three fields are due") }
      for word in row.fields[2].split(separator: " ").map(String.init) {
        switch row.fields[0] {
        case "month": months[word] = Int(row.fields[1])
        case "weekday": weekdays[word] = Int(row.fields[1])
        case "zone": zones[word] = row.fields[1]
        default: throw table.error(row, "no such kind: \(row.fields[0])")
        }
      }
    }
    self.months = months
    weekdayNumbers = weekdays
    self.zones = zones
  }

  /// The date that begins at the first byte of `bytes` (after white space, "le" and a weekday), and its offsets in
  /// `bytes`, weekday included.
  package func date(at bytes: ArraySlice<UInt8>) -> (date: WrittenDate, range: Range<Int>)? {
    var cursor = DateCursor(bytes: bytes.prefix(96))
    cursor.skipSpace()
    let start = cursor.index
    cursor.skip { word in word == "le" || word == "du" || self.weekdays.contains(word) }
    var date = WrittenDate()
    guard day(&cursor, &date) else { return nil }
    let end = cursor.index
    if date.day != nil { time(&cursor, &date) }
    if date.hour == nil { cursor.index = end }
    guard date.isPossible else { return nil }
    return (date, start..<cursor.index)
  }

  /// The time of day that begins at the first byte of `bytes` (after white space and "à"), with its zone where one is
  /// named: `18h00 GMT`, `à 18 heures`, `18:00`.
  package func clock(at bytes: ArraySlice<UInt8>) -> (clock: WrittenDate, range: Range<Int>)? {
    var cursor = DateCursor(bytes: bytes.prefix(48))
    cursor.readsHourWord = true
    cursor.skipSpace()
    let start = cursor.index
    var date = WrittenDate()
    time(&cursor, &date)
    guard let hour = date.hour, hour <= 24, (date.minute ?? 0) < 60 else { return nil }
    return (date, start..<cursor.index)
  }

  /// ISO 8601 number of the weekday that a word names; `Z` or offset of the zone.
  func weekday(_ word: String) -> Int? { weekdayNumbers[word] }
  func zone(named word: String) -> String? { zones[word] }

  private func day(_ cursor: inout DateCursor, _ date: inout WrittenDate) -> Bool {
    guard let (number, digits) = cursor.number() else {
      guard let month = cursor.word().flatMap({ self.months[$0] }) else { return false }
      cursor.skipPoint()
      cursor.skipSpace()
      guard let (year, digits) = cursor.number(), digits == 4 else { return false }
      date.month = month
      date.year = year
      return true
    }
    switch digits {
    case 8:
      (date.year, date.month, date.day) = (number / 10000, number / 100 % 100, number % 100)
      return true
    case 4:
      date.year = number
      guard let separator = cursor.separator(["-", "/", ".", "_"], beforeDigit: true) else {
        return !cursor.isDigitOrLetter
      }
      guard let (month, digits) = cursor.number(), digits == 2 else { return false }
      date.month = month
      if cursor.separator([separator], beforeDigit: true) != nil {
        guard let (day, digits) = cursor.number(), digits == 2 else { return false }
        date.day = day
      }
      return true
    case 1, 2:
      date.day = number
      if let separator = cursor.separator(["/", ".", "-"], beforeDigit: true) {
        guard let (month, digits) = cursor.number(), digits == 2 else { return false }
        date.month = month
        if cursor.separator([separator], beforeDigit: true) != nil, let (year, digits) = cursor.number() {
          guard digits == 4 || digits == 2 else { return false }
          date.year = digits == 4 ? year : year < 70 ? 2000 + year : 1900 + year
        }
        return true
      }
      cursor.skip { $0 == "er" }
      cursor.skipSpace()
      guard let month = cursor.word().flatMap({ self.months[$0] }) else { return false }
      date.month = month
      cursor.skipPoint()
      let end = cursor.index
      cursor.skipSpace()
      if let (year, digits) = cursor.number(), digits == 4 { date.year = year } else { cursor.index = end }
      return true
    default: return false
    }
  }

  /// A time of day behind a date: `T14:12:00+01:00`, ` 14:12`, `à 14h12`.
  private func time(_ cursor: inout DateCursor, _ date: inout WrittenDate) {
    let isCompact = cursor.take("T")
    if !isCompact {
      _ = cursor.take(",")
      cursor.skipSpace()
      cursor.skip { $0 == "à" || $0 == "a" || $0 == "at" }
    }
    guard let (hour, digits) = cursor.number() else { return }
    if digits == 6 || digits == 4, isCompact {
      date.hour = hour / (digits == 6 ? 10000 : 100)
      date.minute = digits == 6 ? hour / 100 % 100 : hour % 100
    } else if digits <= 2, let mark = cursor.hourMark() {
      date.hour = hour
      if let (minute, digits) = cursor.number(), digits == 2 {
        date.minute = minute
        if cursor.separator([":"], beforeDigit: true) != nil { _ = cursor.number() }
        if cursor.separator([".", ","], beforeDigit: true) != nil { _ = cursor.number() }
      } else if mark == ":" {
        date.hour = nil
        return
      }
    } else {
      return
    }
    let end = cursor.index
    cursor.skipSpace()
    if let sign = cursor.take(anyOf: ["+", "-"]), let (offset, digits) = cursor.number() {
      if digits == 4 {
        date.zone = zone(sign, offset / 100, offset % 100)
      } else if digits == 2, cursor.take(":"), let (minutes, digits) = cursor.number(), digits == 2 {
        date.zone = zone(sign, offset, minutes)
      } else {
        cursor.index = end
      }
    } else {
      cursor.index = end
      cursor.skipSpace()
      guard let zone = cursor.word().flatMap({ self.zones[$0] }) else {
        cursor.index = end
        return
      }
      date.zone = zone
      // "UTC+3"
      let named = cursor.index
      if zone == "Z", let sign = cursor.take(anyOf: ["+", "-"]), let (hours, digits) = cursor.number(), digits <= 2 {
        date.zone = self.zone(sign, hours, 0)
      } else {
        cursor.index = named
      }
    }
  }

  private func zone(_ sign: Unicode.Scalar, _ hours: Int, _ minutes: Int) -> String? {
    guard hours < 15, minutes < 60 else { return nil }
    return "\(sign)\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
  }
}

/// Goes over the few bytes that may be a date.
private struct DateCursor {
  let bytes: ArraySlice<UInt8>
  var index: Int
  /// "8 heures" is a time of day; behind a dateline's date it may be a duration.
  var readsHourWord = false

  init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  private var next: UInt8 { index < bytes.endIndex ? bytes[index] : 0 }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  /// ASCII letters, and the bytes of accented ones; C2 and E2 begin spaces and marks.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 && byte != 0xC2 && byte != 0xE2 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  var isDigitOrLetter: Bool { Self.isDigit(next) || Self.isLetter(next) }

  /// Spaces, the no-break ones included.
  mutating func skipSpace() {
    while true {
      if next == 0x20 || next == 0x09 {
        index += 1
      } else if next == 0xC2, index + 1 < bytes.endIndex, bytes[index + 1] == 0xA0 {
        index += 2
      } else if next == 0xE2, index + 2 < bytes.endIndex, bytes[index + 1] == 0x80, bytes[index + 2] == 0xAF {
        index += 3
      } else {
        return
      }
    }
  }

  mutating func skipPoint() { if next == byteOf(".") { index += 1 } }

  /// Skips words, each with a point or comma and space behind it, as long as they pass.
  mutating func skip(while passes: (String) -> Bool) {
    while true {
      let start = index
      guard let word = word(), passes(word) else {
        index = start
        return
      }
      skipPoint()
      if next == byteOf(",") { index += 1 }
      skipSpace()
    }
  }

  mutating func number() -> (value: Int, digits: Int)? {
    let start = index
    var value = 0
    while Self.isDigit(next), index - start < 9 {
      value = value * 10 + Int(next - 0x30)
      index += 1
    }
    return index > start && !Self.isDigit(next) ? (value, index - start) : nil
  }

  /// A run of letters, small.
  mutating func word() -> String? {
    let start = index
    while index < bytes.endIndex, Self.isLetter(next) { index += 1 }
    return index > start ? String(decoding: bytes[start..<index], as: UTF8.self).lowercased() : nil
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == byteOf(character) else { return false }
    index += 1
    return true
  }

  /// What stands between hours and minutes: `14:12`, `14h12`, `14 h 12`, `14 heures 12`.
  mutating func hourMark() -> Unicode.Scalar? {
    if let mark = take(anyOf: [":"]) { return mark }
    let start = index
    skipSpace()
    let isSpaced = index > start
    let hours = index
    if readsHourWord, let word = word(), word == "heures" || word == "heure" {
      skipSpace()
      return "h"
    }
    index = hours
    if let mark = take(anyOf: ["h", "H"]), !Self.isLetter(next) {
      if isSpaced { skipSpace() }
      return mark
    }
    index = start
    return nil
  }

  mutating func take(anyOf characters: [Unicode.Scalar]) -> Unicode.Scalar? {
    guard let found = characters.first(where: { byteOf($0) == next }) else { return nil }
    index += 1
    return found
  }

  /// One of some marks, right before a digit.
  mutating func separator(_ characters: [Unicode.Scalar], beforeDigit: Bool) -> Unicode.Scalar? {
    guard index + 1 < bytes.endIndex, Self.isDigit(bytes[index + 1]) else { return nil }
    return take(anyOf: characters)
  }
}

package import TelexModel

/// A date of a wire format, of whatever grain it gives, with its zone where it gives one.
package struct WireDate: Sendable, Equatable {
  package var year: Int
  package var month: Int?
  package var day: Int?
  package var hour: Int?
  package var minute: Int?
  package var second: Int?
  /// Minutes east of Greenwich.
  package var zone: Int?

  /// ISO 8601, basic or extended: `2021`, `2021-03`, `20210323`, `20210323T141200+0100`, `2021-03-23 14:12Z`.
  package init?(iso text: String) {
    let isEdge: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    var scanner = DigitScanner(String(text.drop(while: isEdge).reversed().drop(while: isEdge).reversed()))
    guard let year = scanner.number(digits: 4) else { return nil }
    self.init(year: year)
    scanner.skip(UInt8(ascii: "-"))
    month = scanner.number(digits: 2)
    if month != nil {
      scanner.skip(UInt8(ascii: "-"))
      day = scanner.number(digits: 2)
    }
    if day != nil, scanner.skip(UInt8(ascii: "T")) || scanner.skip(UInt8(ascii: "t")) || scanner.skip(0x20) {
      scanner.skipSpaces()
      readClock(&scanner)
    }
    guard scanner.isAtEnd, isValid else { return nil }
  }

  /// E-mail and RSS (RFC 5322): `Tue, 23 Mar 2021 14:12:00 +0100`.
  package init?(mail text: String) {
    var words = text.split { $0 == " " || $0 == "," || $0 == "\t" }.map(String.init)
    if let first = words.first, Self.weekdays.contains(first.lowercased().prefix(3)) { words.removeFirst() }
    guard words.count >= 3, let day = Int(words[0]), let month = Self.month(words[1]), let year = Int(words[2]),
      words[2].utf8.count == 4 || words[2].utf8.count == 2
    else { return nil }
    self.init(year: words[2].utf8.count == 2 ? (year < 50 ? 2000 : 1900) + year : year)
    self.month = month
    self.day = day
    if words.count > 3 {
      var scanner = DigitScanner(words[3])
      readClock(&scanner)
      if words.count > 4 { zone = Self.zone(words[4]) }
    }
    guard isValid else { return nil }
  }

  private init(year: Int) { self.year = year }

  /// - Returns: nil for a day or time that no calendar or clock has.
  package init?(
    year: Int, month: Int?, day: Int?, hour: Int? = nil, minute: Int? = nil, zone: Int? = nil
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.zone = zone
    guard isValid else { return nil }
  }

  private mutating func readClock(_ scanner: inout DigitScanner) {
    guard let hour = scanner.number(digits: 2) else { return }
    self.hour = hour
    scanner.skip(UInt8(ascii: ":"))
    minute = scanner.number(digits: 2) ?? 0
    if scanner.skip(UInt8(ascii: ":")) || scanner.nextIsDigit { second = scanner.number(digits: 2) }
    if scanner.skip(UInt8(ascii: ".")) || scanner.skip(UInt8(ascii: ",")) { scanner.skipDigits() }
    scanner.skipSpaces()
    zone = Self.zone(scanner.rest)
    if zone != nil { scanner.skipAll() }
  }

  /// `Z`, `GMT`, `+0100`, `+01:00`, `-05`; and the names that RFC 5322 keeps.
  package static func zone(_ text: String) -> Int? {
    switch text.uppercased() {
    case "Z", "GMT", "UT", "UTC": return 0
    case "EST": return -300
    case "EDT": return -240
    case "CST": return -360
    case "CDT": return -300
    case "MST": return -420
    case "MDT": return -360
    case "PST": return -480
    case "PDT": return -420
    default: break
    }
    var scanner = DigitScanner(text)
    let isEast = scanner.skip(UInt8(ascii: "+"))
    guard isEast || scanner.skip(UInt8(ascii: "-")), let hours = scanner.number(digits: 2) else { return nil }
    scanner.skip(UInt8(ascii: ":"))
    let minutes = scanner.number(digits: 2) ?? 0
    guard scanner.isAtEnd, hours <= 14, minutes < 60 else { return nil }
    return (isEast ? 1 : -1) * (hours * 60 + minutes)
  }

  /// Number of an English month, as formats write it; French ones of the old wires too.
  package static func month(_ word: String) -> Int? {
    let key = String(word.lowercased().prefix(3))
    if let index = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"].firstIndex(
      of: key)
    {
      return index + 1
    }
    return ["fév": 2, "fev": 2, "avr": 4, "mai": 5, "jui": 6, "aoû": 8, "aou": 8, "déc": 12][key].map {
      word.lowercased().hasPrefix("juil") ? 7 : $0
    }
  }

  private static let weekdays: Set<Substring> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  private var isValid: Bool {
    guard (1000...9999).contains(year) else { return false }
    guard let month else { return true }
    guard (1...12).contains(month) else { return false }
    guard let day else { return true }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    guard (1...days).contains(day) else { return false }
    return (hour ?? 0) < 24 && (minute ?? 0) < 60 && (second ?? 0) <= 60
  }

  /// ISO 8601 extended, of the grain that is known and with the zone as it was given.
  package var iso: String { text(withTime: true) }

  private func text(withTime: Bool) -> String {
    var text = Self.padded(year, 4)
    guard let month else { return text }
    text += "-" + Self.padded(month)
    guard let day else { return text }
    text += "-" + Self.padded(day)
    guard withTime, let hour else { return text }
    text += "T" + Self.padded(hour) + ":" + Self.padded(minute ?? 0) + ":" + Self.padded(second ?? 0)
    return text + zoneText
  }

  private var zoneText: String {
    guard let zone else { return "" }
    return zone == 0
      ? "Z" : (zone < 0 ? "-" : "+") + Self.padded(abs(zone) / 60) + ":" + Self.padded(abs(zone) % 60)
  }

  /// Minutes since the year 0 of the proleptic calendar, Greenwich time where the zone is known; for comparison.
  private var minutes: Int {
    let shifted = (month ?? 1) <= 2 ? year - 1 : year
    let months = ((month ?? 1) + 9) % 12
    let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + (months * 306 + 5) / 10 + (day ?? 1)
    return days * 1440 + (hour ?? 0) * 60 + (minute ?? 0) - (zone ?? 0)
  }

  /// Seconds since 1970 at which it is over wherever it was meant: the end of a day or month that is named without hour.
  /// - Parameter zone: minutes east of Greenwich where the date names none; nil for the westernmost zone there is.
  package func secondsAtEnd(defaultZone: Int? = nil) -> Int64 {
    var end = self
    if hour == nil {
      if day == nil {
        (end.day, end.month) = (1, (month ?? 12) + 1)
        if end.month == 13 { (end.year, end.month) = (year + 1, 1) }
      }
      (end.hour, end.minute) = (day == nil ? 0 : 24, 0)
    }
    end.zone = zone ?? defaultZone ?? -720
    return Int64(end.minutes - Self.epoch) * 60 + Int64(second ?? 0)
  }

  /// A moment in seconds since 1970 as `2021-03-23T17:00:00Z`. Source: H. Hinnant, civil_from_days.
  package static func instant(_ seconds: Int64) -> String {
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let rest = Int(seconds - days * 86_400)
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    var date = WireDate(year: Int(yearOfEra + era * 400) + (shiftedMonth < 10 ? 0 : 1))
    date.month = Int(shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9)
    date.day = Int(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    (date.hour, date.minute, date.second, date.zone) = (rest / 3600, rest / 60 % 60, rest % 60, 0)
    return date.iso
  }

  private static let epoch = WireDate(year: 1970).minutes

  package func isAfter(_ other: WireDate) -> Bool { minutes > other.minutes }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// As the dispatch's own time: seconds are not of interest.
  package func documentTime(_ basis: DocumentTime.Basis = .metadata) -> DocumentTime {
    var grain: DocumentTime.Granularity = month == nil ? .year : day == nil ? .month : .day
    var value = text(withTime: false)
    if let hour, day != nil {
      grain = .minute
      value += "T" + Self.padded(hour) + ":" + Self.padded(minute ?? 0) + zoneText
    }
    return DocumentTime(value: value, granularity: grain, basis: basis)
  }
}

/// Reads digits from the front of a text.
struct DigitScanner {
  private var bytes: Substring.UTF8View

  init(_ text: String) { bytes = Substring(text).utf8 }

  var isAtEnd: Bool { bytes.isEmpty }
  var nextIsDigit: Bool { bytes.first.map { $0 >= 0x30 && $0 <= 0x39 } ?? false }
  var rest: String { String(Substring(bytes)) }

  @discardableResult
  mutating func skip(_ byte: UInt8) -> Bool {
    guard bytes.first == byte else { return false }
    bytes.removeFirst()
    return true
  }

  mutating func skipSpaces() { while let byte = bytes.first, TextAssembly.isSpace(byte) { bytes.removeFirst() } }
  mutating func skipDigits() { while nextIsDigit { bytes.removeFirst() } }
  mutating func skipAll() { bytes = bytes.suffix(0) }

  /// A number of exactly so many digits.
  mutating func number(digits: Int) -> Int? {
    var copy = bytes
    var value = 0
    for _ in 0..<digits {
      guard let byte = copy.first, byte >= 0x30, byte <= 0x39 else { return nil }
      value = value * 10 + Int(byte - 0x30)
      copy.removeFirst()
    }
    bytes = copy
    return value
  }
}

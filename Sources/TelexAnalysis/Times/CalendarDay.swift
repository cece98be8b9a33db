/// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
///
/// Source of the conversions: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (public domain).
struct CalendarDay: Hashable, Sendable, Comparable {
  var number: Int

  init(number: Int) { self.number = number }

  init(_ year: Int, _ month: Int, _ day: Int) {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  static func < (a: CalendarDay, b: CalendarDay) -> Bool { a.number < b.number }
  static func + (day: CalendarDay, days: Int) -> CalendarDay { CalendarDay(number: day.number + days) }
  static func - (a: CalendarDay, b: CalendarDay) -> Int { a.number - b.number }

  var parts: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let civil = month < 10 ? month + 3 : month - 9
    return (yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, dayOfYear - (153 * month + 2) / 5 + 1)
  }

  var year: Int { parts.year }
  var month: Int { parts.month }
  var day: Int { parts.day }

  /// ISO 8601: 1 is Monday.
  var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }
  var monday: CalendarDay { self + (1 - weekday) }

  /// ISO 8601 week, `2018-W05`.
  var week: String {
    let thursday = monday + 3
    let first = CalendarDay(thursday.year, 1, 1)
    return Digits.padded(thursday.year, 4) + "-W" + Digits.padded((thursday - first) / 7 + 1, 2)
  }

  /// `2018-05-22`.
  var description: String {
    let (year, month, day) = parts
    guard year >= 0, year <= 9999 else {
      return Digits.padded(year, 4) + "-" + Digits.padded(month, 2) + "-" + Digits.padded(day, 2)
    }
    return String(unsafeUninitializedCapacity: 10) { utf8 in
      Digits.write(year, 4, utf8, 0)
      utf8[4] = 0x2D
      Digits.write(month, 2, utf8, 5)
      utf8[7] = 0x2D
      Digits.write(day, 2, utf8, 8)
      return 10
    }
  }

  static func days(in month: Int, of year: Int) -> Int {
    CalendarDay(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - CalendarDay(year, month, 1)
  }

  /// Easter Sunday, Gregorian. Source: the anonymous algorithm of Nature, 1876 (Meeus, Astronomical Algorithms, ch. 8).
  static func easter(_ year: Int) -> CalendarDay {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25)
    let h = (19 * a + b - d - (b - f + 1) / 3 + 15) % 30
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7
    let m = (a + 11 * h + 22 * l) / 451
    return CalendarDay(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
  }
}

enum Digits {
  static func padded(_ number: Int, _ width: Int) -> String {
    if width == 2 && number >= 0 && number < 100 || width == 4 && number >= 0 && number < 10_000 {
      return String(unsafeUninitializedCapacity: width) { utf8 in
        write(number, width, utf8, 0)
        return width
      }
    }
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// Writes the last figures of a number to a place in a buffer.
  static func write(_ number: Int, _ width: Int, _ utf8: UnsafeMutableBufferPointer<UInt8>, _ start: Int) {
    var rest = number
    for index in (start..<start + width).reversed() {
      utf8[index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
  }

  /// `2`, `2.5`.
  static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

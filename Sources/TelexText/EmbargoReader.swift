/// Reads when an embargo ends, as notes to editors write it: `EMBARGO jusqu'au 12 mai 18h00`, `Sous embargo jusqu'à
/// mardi 6h00 GMT`, `NE PAS PUBLIER AVANT 18H00 (heure de Bruxelles)`. Places and words are data
/// (`Resources/embargoes.txt`), names of days and zones those of `DateReader`.
///
/// What is left open is read late rather than early: a day without hour ends at its end, an hour before noon without day
/// is the next morning's unless the dispatch was sent before it.
package struct EmbargoReader: Sendable {
  /// Which clocks a place has.
  enum Clock: String { case europe, america, greenwich }

  private static let longestNote = 512

  private let dates: DateReader
  private let words: [String: String]
  package let table: ResourceTable

  /// - Throws: `ResourceError` where the words can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    dates = try DateReader(resources: resources)
    table = try ResourceTable("embargoes.txt", of: "TelexText", in: resources)
    var words: [String: String] = [:]
    for row in table.rows {
      guard row.fields.count == 3 else { throw table.error(row, "three fields are due: kind, value, words") }
      for word in row.fields[2].split(separator: " ") { words["\(row.fields[0]) \(word)"] = row.fields[1] }
    }
    self.words = words
  }

  /// - Parameters:
  ///   - note: words that announce an embargo, in UTF-8.
  ///   - day: the dispatch's own date, ISO 8601; without it only a whole date can be read.
  /// - Returns: ISO 8601, with zone where one is named.
  package func end(in note: ArraySlice<UInt8>, of day: String?) -> String? {
    let note = note.prefix(Self.longestNote)
    let reference = day.flatMap { dates.date(at: Array($0.utf8)[...])?.date }
    var found = Findings()
    var index = start(in: note)
    while index < note.endIndex {
      let rest = note[index...]
      if let (date, range) = dates.date(at: rest), date.day != nil, date.month != nil, found.date == nil {
        found.date = date
        if date.hour != nil { (found.clock, found.zoneText) = (date, range.upperBound) }
        index = max(range.upperBound, index + 1)
      } else if found.clock == nil, let (clock, range) = dates.clock(at: rest) {
        found.clock = clock
        found.zoneText = range.upperBound
        index = max(range.upperBound, index + 1)
      } else {
        let word = Self.word(rest)
        let hadClock = found.clock != nil
        found.take(word, weekday: dates.weekday(word), meaning: words["day \(word)"], hour: words["hour \(word)"])
        if !hadClock, found.clock != nil { found.zoneText = index }
        index = Self.next(note, after: index)
      }
    }
    guard var end = found.day(of: reference) else { return nil }
    if let clock = found.clock {
      (end.hour, end.minute) = (clock.hour, clock.minute ?? 0)
      if clock.hour == 24 { end = end.dayAfter(atHour: 0) }
      end.zone = clock.zone ?? found.zoneText.flatMap { zone(note[$0...], on: end) }
    }
    guard end.isPossible, end.year != nil else { return nil }
    return end.value
  }

  /// Behind "jusqu'" or "avant", where one of them stands: dates before it tell of something else.
  private func start(in note: ArraySlice<UInt8>) -> Int {
    var index = note.startIndex
    while index < note.endIndex {
      if words["until \(Self.word(note[index...]))"] != nil { return Self.next(note, after: index) }
      index = Self.next(note, after: index)
    }
    return note.startIndex
  }

  /// The zone of a place's clocks: "(heure de Paris)", "heure belge", "heures de Montréal".
  private func zone(_ rest: ArraySlice<UInt8>, on date: WrittenDate) -> String? {
    var index = rest.startIndex
    var isHour = false
    for _ in 0..<5 where index < rest.endIndex {
      let word = Self.word(rest[index...])
      if let zone = dates.zone(named: word) { return zone }
      if isHour, let clock = words["clock \(word)"].flatMap(Clock.init) { return clock.zone(on: date) }
      isHour = isHour || word == "heure" || word == "heures"
      index = Self.next(rest, after: index)
    }
    return nil
  }

  // MARK: Words

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 && byte != 0xC2 && byte != 0xE2 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  /// The letters at the beginning, small.
  private static func word(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(while: isLetter).prefix(32), as: UTF8.self).lowercased()
  }

  /// Where the next word or number begins.
  private static func next(_ bytes: ArraySlice<UInt8>, after start: Int) -> Int {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    var index = start
    let isNumber = isDigit(bytes[start])
    repeat { index += 1 } while index < bytes.endIndex && (isNumber ? isDigit(bytes[index]) : isLetter(bytes[index]))
    while index < bytes.endIndex, !isLetter(bytes[index]), !isDigit(bytes[index]) { index += 1 }
    return index
  }
}

extension EmbargoReader {
  /// What a note says, before it is put together.
  private struct Findings {
    var date: WrittenDate?
    var clock: WrittenDate?
    /// Where the words behind the hour begin, which may name a zone.
    var zoneText: Int?
    private var weekday: Int?
    /// Days behind the dispatch's: 1 for "demain".
    private var offset: Int?

    mutating func take(_ word: String, weekday: Int?, meaning: String?, hour: String?) {
      if date == nil, self.weekday == nil, offset == nil {
        self.weekday = weekday
        offset = meaning.flatMap { Int($0) }
      }
      guard clock == nil, let hour = hour.flatMap({ Int($0) }) else { return }
      clock = WrittenDate()
      clock?.hour = hour
    }

    /// The day on which it ends.
    func day(of reference: WrittenDate?) -> WrittenDate? {
      if let date {
        var day = WrittenDate(year: date.year, month: date.month, day: date.day)
        guard day.year == nil else { return day }
        guard let reference, let year = reference.year, reference.month != nil else { return nil }
        day.year = year
        // A day long past is next year's: "jusqu'au 2 janvier" at the end of December.
        let start = WrittenDate(year: year, month: reference.month, day: reference.day ?? 1)
        if day.number + 60 < start.number { day.year = year + 1 }
        return day
      }
      guard let reference, reference.day != nil else { return nil }
      let day = WrittenDate(year: reference.year, month: reference.month, day: reference.day)
      if let weekday {
        let today = ((day.number + 3) % 7 + 7) % 7 + 1
        return day.adding(days: (weekday - today + 7) % 7)
      }
      if let offset { return day.adding(days: offset) }
      guard let hour = clock?.hour else { return nil }
      if let sent = reference.hour { return sent >= hour ? day.adding(days: 1) : day }
      return hour < 12 ? day.adding(days: 1) : day
    }
  }
}

extension EmbargoReader.Clock {
  /// Winter or summer time: from the last Sunday of March at 2 to the last of October at 3, or from the second Sunday of
  /// March to the first of November at 2. In the hour that is there twice, the later.
  func zone(on date: WrittenDate) -> String? {
    guard let year = date.year, let month = date.month, let day = date.day else { return nil }
    let now = WrittenDate(year: year, month: month, day: day).number * 24 + (date.hour ?? 24)
    func sunday(_ month: Int, from day: Int) -> Int {
      let first = WrittenDate(year: year, month: month, day: day).number
      return first + (7 - (((first + 3) % 7 + 7) % 7 + 1)) % 7
    }
    switch self {
    case .greenwich: return "Z"
    case .europe:
      return now >= sunday(3, from: 25) * 24 + 2 && now < sunday(10, from: 25) * 24 + 2 ? "+02:00" : "+01:00"
    case .america:
      return now >= sunday(3, from: 8) * 24 + 2 && now < sunday(11, from: 1) * 24 + 1 ? "-04:00" : "-05:00"
    }
  }
}

extension WrittenDate {
  /// Days since 1970-01-01. Source: H. Hinnant, days_from_civil.
  fileprivate var number: Int {
    let (year, month, day) = (year ?? 1970, month ?? 1, day ?? 1)
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  fileprivate func adding(days: Int) -> WrittenDate {
    var date = self
    for _ in 0..<max(0, days) {
      date.day = (date.day ?? 1) + 1
      guard !date.isPossible else { continue }
      date.day = 1
      date.month = (date.month ?? 1) + 1
      if date.month == 13 { (date.month, date.year) = (1, (date.year ?? 0) + 1) }
    }
    return date
  }

  fileprivate func dayAfter(atHour hour: Int) -> WrittenDate {
    var date = WrittenDate(year: year, month: month, day: day).adding(days: 1)
    (date.hour, date.minute) = (hour, 0)
    return date
  }
}

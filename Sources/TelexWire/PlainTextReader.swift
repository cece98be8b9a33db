import TelexModel
package import TelexText

/// Plain text, with or without header lines: what the header says goes into the item, its lines stay in the text as a
/// block of their own, and the body's structure is read later.
package struct PlainTextReader: Sendable {
  private let decoder: TextDecoder
  private let dates: DateReader
  private let names: HeaderNames
  private let embargoes: EmbargoReader

  /// - Throws: `ResourceError` where its data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    decoder = try TextDecoder(resources: resources)
    dates = try DateReader(resources: resources)
    names = try HeaderNames(resources: resources)
    embargoes = try EmbargoReader(resources: resources)
  }

  package func read(_ bytes: [UInt8], name: [UInt8]) -> WireReading {
    let decoded: DecodedText
    do {
      decoded = try decoder.decode(bytes)
    } catch {
      return .rejected(error)
    }
    var item = WireItem(
      text: decoded.text, format: "plain-text", mediaType: "text/plain", encoding: decoded.encoding,
      newline: decoded.newline)
    item.diagnostics = decoded.diagnostics
    if let header = HeaderLines(of: decoded.text, names: names, dates: dates) {
      item.blocks = [Block(id: "b1", role: .header, span: header.span)]
      for line in header.lines { take(line, into: &item) }
    }
    if item.documentTime.basis == .none, let date = FileNameDate.date(in: name, dates) {
      item.documentTime = DocumentTime(value: date.value, granularity: date.granularity, basis: .filename)
    }
    return .items([item])
  }

  private func take(_ line: HeaderLines.Line, into item: inout WireItem) {
    let value = item.text.string(line.value)
    guard !value.isEmpty, let field = line.field else { return }
    switch field {
    case .headline: item.item.headline = item.item.headline ?? value
    case .date: takeDate(line.value, into: &item)
    case .source: item.item.infoSources += list(value)
    case .slugline: item.item.slugline = value
    case .urgency: takeUrgency(value, line.value, into: &item)
    case .language: takeLanguage(value, into: &item)
    case .version: item.item.version = value
    case .uri: item.item.uri = value
    case .byline: item.item.byline = value
    case .located: item.item.located = value
    case .keywords: item.item.keywords += list(value)
    case .note: item.item.edNote = value
    case .embargo: takeEmbargo(line.value, into: &item)
    case .status: item.item.pubStatus = names.value(value, of: .status)
    case .level: item.item.level = value.lowercased()
    case .signoff: item.item.signoff = value
    case .other: break
    }
  }

  private func takeDate(_ span: Span, into item: inout WireItem) {
    guard let (date, range) = dates.date(at: item.text.utf8[span.range]), date.year != nil else {
      item.diagnostics.append(
        Diagnostic("unread-date", .warning, "The header names a date that can't be read.", at: span))
      return
    }
    if date.zone != nil, date.minute != nil { item.item.versionCreated = date.value }
    // Of several dates the first that is given stands.
    guard item.documentTime.basis == .none else { return }
    item.documentTime = DocumentTime(
      value: date.value, granularity: date.granularity, basis: .header, span: Span(range.lowerBound, range.upperBound))
  }

  /// "français", or a tag of BCP 47 with the country: "fr-BE".
  private func takeLanguage(_ value: String, into item: inout WireItem) {
    let parts = value.split { $0 == "-" || $0 == "_" }
    guard
      let language = parts.first.flatMap({ names.value(String($0), of: .language) })
        ?? names.value(value, of: .language)
    else {
      item.item.language = value.lowercased()
      return
    }
    item.item.language = language
    if parts.count == 2, parts[1].utf8.count == 2 { item.item.languageVariant = "\(language)-\(parts[1].uppercased())" }
  }

  private func takeUrgency(_ value: String, _ span: Span, into item: inout WireItem) {
    guard let number = value.first(where: \.isWholeNumber)?.wholeNumberValue, (1...9).contains(number) else {
      item.diagnostics.append(
        Diagnostic("unread-urgency", .warning, "The header names an urgency that is no number from 1 to 9.", at: span))
      return
    }
    item.item.urgency = number
  }

  private func takeEmbargo(_ span: Span, into item: inout WireItem) {
    // Without a year it is read when the day of the dispatch is known.
    guard let end = embargoes.end(in: item.text.utf8[span.range], of: nil) else {
      item.diagnostics.append(
        Diagnostic("unread-embargo", .warning, "The header names an embargo whose end can't be read.", at: span))
      return
    }
    item.item.embargoedUntil = end
  }

  private func list(_ value: String) -> [String] {
    value.split { $0 == "," || $0 == ";" }.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
  }
}

/// The date in a file's name: `2016_08_30-004.txt`, `20210323-exa.txt`, `depeche-2021-03-23.txt`.
enum FileNameDate {
  static func date(in name: [UInt8], _ dates: DateReader) -> WrittenDate? {
    var index = 0
    while index < name.count {
      guard isDigit(name[index]) else {
        index += 1
        continue
      }
      var end = index
      while end < name.count, isDigit(name[end]) { end += 1 }
      // A year with month and day only: shorter numbers are too often something else.
      if end - index == 4 || end - index == 8, let (date, _) = dates.date(at: name[index...]), let year = date.year,
        date.day != nil, (1900...2199).contains(year)
      {
        return WrittenDate(year: year, month: date.month, day: date.day)
      }
      index = end
    }
    return nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

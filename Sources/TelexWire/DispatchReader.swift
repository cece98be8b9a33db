package import TelexModel
package import TelexText

/// Bytes of one file to dispatches, whatever wire format they are in.
package struct DispatchReader: Sendable {
  private let detector = FormatDetector()
  private let decoder: TextDecoder
  private let plain: PlainTextReader
  private let xml: XMLReader
  private let html: HTMLParser
  private let pages: PageParts

  /// - Throws: `ResourceError` where the formats' data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    decoder = try TextDecoder(resources: resources)
    plain = try PlainTextReader(resources: resources)
    let characters = try NamedCharacters(resources: resources)
    xml = XMLReader(characters: characters)
    html = HTMLParser(characters: characters)
    pages = try PageParts(resources: resources)
  }

  /// - Parameter name: the file's name, which may hold a date.
  package func read(_ bytes: [UInt8], name: [UInt8]) -> WireReading {
    do throws(ReadingFailure) {
      // A mail's parts have encodings of their own: it is read from its bytes.
      if detector.finding(in: bytes).format == .mail {
        return .items(try MailReader(decoder: decoder, html: html).read(bytes))
      }
      let decoded = try decode(bytes)
      let finding = detector.finding(in: decoded.text.utf8)
      if finding.format == .plainText { return plain.read(bytes, name: name) }
      let input = WireInput(bytes: bytes, decoded: decoded, format: finding.format)
      let items = try structured(input)
      guard !items.isEmpty, items.contains(where: { !$0.text.utf8.isEmpty }) else {
        return .rejected(Reason(.empty, "The file is \(finding.format.rawValue) and holds no text of a dispatch."))
      }
      return .items(items)
    } catch {
      return error.reading
    }
  }

  /// What a file is taken for, and why.
  package func finding(in bytes: [UInt8]) -> Result<FormatFinding, Reason> {
    do throws(Reason) {
      return .success(detector.finding(in: try decoder.decode(bytes).text.utf8))
    } catch {
      return .failure(error)
    }
  }

  private func decode(_ bytes: [UInt8]) throws(ReadingFailure) -> DecodedText {
    do throws(Reason) { return try decoder.decode(bytes) } catch { throw .rejected(error) }
  }

  private func structured(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    switch input.format {
    case .nitf: try NITFReader(xml: xml).read(input)
    case .newsML12: try NewsML12Reader(xml: xml, html: html).read(input)
    case .newsMLG2: try NewsMLG2Reader(xml: xml, html: html).read(input)
    case .iptc7901: try IPTC7901Reader().read(input)
    case .anpa1312: try ANPA1312Reader().read(input)
    case .ninjs: try NinjsReader(html: html).read(input)
    case .html: try HTMLReader(html: html, parts: pages).read(input)
    case .rss, .atom: try FeedReader(xml: xml, html: html).read(input)
    default: throw .rejected(Reason(.unsupported, "This is \(input.format.rawValue) of no kind that holds dispatches."))
    }
  }
}

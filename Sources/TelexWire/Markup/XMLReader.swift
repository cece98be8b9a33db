import CExpat
package import TelexModel

/// XML through libexpat, from hostile bytes: nothing outside the document is ever opened.
///
/// In the place of any DTD stands our own table of named characters (`XML_UseForeignDTD`), so that `&eacute;` behind a
/// DOCTYPE keeps its accent without the DTD. Parameter entities are refused, other entities of the document's own are
/// read within limits, external ones left out and told.
package struct XMLReader: Sendable {
  private let characters: NamedCharacters

  package init(characters: NamedCharacters) { self.characters = characters }

  /// - Parameter utf8: the decoded document; what its declaration says of an encoding is ignored.
  package func tree(of utf8: [UInt8]) throws(ReadingFailure) -> (tree: MarkupTree, diagnostics: [Diagnostic]) {
    guard utf8.count <= Int(Int32.max) else { throw .limit("The XML is too long.") }
    guard let parser = XML_ParserCreate("UTF-8") else { throw .limit("There is no memory to read the XML.") }
    defer { XML_ParserFree(parser) }
    // Whoever sends a document can't know the salt without the document, and the same document has the same.
    telex_xml_set_hash_salt(parser, utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt($1)) &* 0x100_0000_01B3 } | 1)
    XML_SetBillionLaughsAttackProtectionActivationThreshold(parser, 1 << 20)
    XML_SetBillionLaughsAttackProtectionMaximumAmplification(parser, 16)
    XML_UseForeignDTD(parser, XML_Bool(1))
    XML_SetParamEntityParsing(parser, XML_PARAM_ENTITY_PARSING_ALWAYS)
    let first = utf8.firstIndex { !TextAssembly.isSpace($0) } ?? 0
    let end = (utf8.lastIndex { $0 > 0x20 && $0 != 0x7F } ?? -1) + 1
    let events = XMLEvents(
      parser: parser, input: Array(utf8[first..<max(end, first)]), base: first, declarations: characters.declarations)
    let status = events.run()
    if let failure = events.failure { throw failure }
    guard status == XML_STATUS_OK else { throw Self.failure(parser) }
    return (events.tree(), events.diagnostics)
  }

  private static func failure(_ parser: XML_Parser) -> ReadingFailure {
    let code = XML_GetErrorCode(parser)
    let words = XML_ErrorString(code).map { String(cString: $0) } ?? "no XML"
    let place = "line \(telex_xml_line(parser)), column \(telex_xml_column(parser))"
    switch code {
    case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION:
      return .truncated("The XML ends before its end (\(words), \(place)).")
    case XML_ERROR_AMPLIFICATION_LIMIT_BREACH, XML_ERROR_NO_MEMORY:
      return .limit("The XML expands beyond measure (\(words), \(place)).")
    default: return .malformed("This is no XML: \(words), \(place).")
    }
  }
}

/// The handlers that expat calls, and the tree that they build.
private final class XMLEvents {
  private let parser: XML_Parser
  private let input: [UInt8]
  /// Offset of `input` in the document.
  private let base: Int
  private let declarations: [UInt8]
  private var builder = MarkupTreeBuilder()
  private var isInTable = false
  private var tableIsRead = false
  private var entities = 0
  private(set) var failure: ReadingFailure?
  private(set) var diagnostics: [Diagnostic] = []

  init(parser: XML_Parser, input: [UInt8], base: Int, declarations: [UInt8]) {
    self.parser = parser
    self.input = input
    self.base = base
    self.declarations = declarations
  }

  func tree() -> MarkupTree { builder.finish() }

  func run() -> XML_Status {
    let this = Unmanaged.passUnretained(self)
    XML_SetUserData(parser, this.toOpaque())
    XML_SetExternalEntityRefHandlerArg(parser, this.toOpaque())
    XML_SetElementHandler(
      parser,
      { this, name, attributes in
        guard let events = XMLEvents.of(this), let name else { return }
        events.start(name, attributes)
      },
      { this, _ in XMLEvents.of(this)?.end() })
    XML_SetCharacterDataHandler(parser) { this, text, length in
      guard let text, length > 0 else { return }
      text.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
        XMLEvents.of(this)?.text(UnsafeBufferPointer(start: $0, count: Int(length)))
      }
    }
    XML_SetSkippedEntityHandler(parser) { this, name, isParameter in
      guard let name, isParameter == 0 else { return }
      XMLEvents.of(this)?.skipped(String(cString: name))
    }
    XML_SetEntityDeclHandler(parser) { this, _, isParameter, value, length, _, _, _, _ in
      XMLEvents.of(this)?.declared(isParameter: isParameter != 0, length: value == nil ? 0 : Int(length))
    }
    XML_SetExternalEntityRefHandler(parser) { argument, context, _, _, _ in
      guard let argument else { return 0 }
      return Unmanaged<XMLEvents>.fromOpaque(UnsafeRawPointer(argument)).takeUnretainedValue().external(context)
    }
    return withExtendedLifetime(self) {
      input.withUnsafeBytes { bytes in
        XML_Parse(parser, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 1)
      }
    }
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> XMLEvents? {
    pointer.map { Unmanaged<XMLEvents>.fromOpaque($0).takeUnretainedValue() }
  }

  private func stop(_ reason: ReadingFailure) {
    guard failure == nil else { return }
    failure = reason
    XML_StopParser(parser, XML_Bool(0))
  }

  private func check(_ limit: String?) {
    if let limit { stop(.limit("The document holds \(limit).")) }
  }

  /// Where the event stands in the document.
  private var place: Range<Int> {
    let start = max(0, Int(telex_xml_byte_index(parser)))
    return start + base..<start + base + max(0, Int(telex_xml_byte_count(parser)))
  }

  private func start(
    _ name: UnsafePointer<CChar>, _ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    guard failure == nil else { return }
    var attributes: [(name: String, value: String)] = []
    var index = 0
    while let list, let key = list[index], let value = list[index + 1] {
      attributes.append((String(cString: key), String(cString: value)))
      index += 2
      // One more than is allowed is enough to know.
      if attributes.count > MarkupLimits.attributes { break }
    }
    check(builder.start(String(cString: name), attributes, at: place.lowerBound))
  }

  private func end() {
    guard failure == nil else { return }
    builder.end()
  }

  private func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard failure == nil else { return }
    let place = place
    let local = place.lowerBound - base..<place.upperBound - base
    let isCopy = local.count == bytes.count && local.upperBound <= input.count && input[local].elementsEqual(bytes)
    check(builder.text(bytes, for: place, isCopy: isCopy))
  }

  private func skipped(_ name: String) {
    guard failure == nil else { return }
    if diagnostics.count < 16 {
      diagnostics.append(
        Diagnostic("undefined-entity", .warning, "The document names &\(name.prefix(64)); and nothing says what it is.")
      )
    }
    check(builder.text(Array("&\(name);".utf8), for: place, isCopy: false))
  }

  private func declared(isParameter: Bool, length: Int) {
    guard !isInTable, failure == nil else { return }
    entities += 1
    if isParameter { stop(.limit("The document declares parameter entities; they are never read.")) }
    if entities > MarkupLimits.entities {
      stop(.limit("The document declares more than \(MarkupLimits.entities) entities."))
    }
  }

  /// The DTD, for which our table stands, or an external entity, which is left out.
  private func external(_ context: UnsafePointer<CChar>?) -> Int32 {
    guard context == nil else {
      if diagnostics.count < 16 {
        diagnostics.append(
          Diagnostic("external-entity", .warning, "The document refers to a text outside itself, which was not opened.")
        )
      }
      return 1
    }
    guard !tableIsRead, failure == nil, let table = XML_ExternalEntityParserCreate(parser, nil, "UTF-8") else {
      return 1
    }
    defer { XML_ParserFree(table) }
    tableIsRead = true
    isInTable = true
    defer { isInTable = false }
    let status = declarations.withUnsafeBytes { bytes in
      XML_Parse(table, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), 1)
    }
    return status == XML_STATUS_OK ? 1 : 0
  }
}

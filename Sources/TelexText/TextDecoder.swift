package import TelexModel

/// A file's bytes as text, with how they were read and what was odd about them.
package struct DecodedText: Sendable {
  /// The decoded input, nothing removed but a byte order mark, which belongs to the encoding and not to the text.
  package var text: SourceText
  package var encoding: Source.Encoding
  /// `lf`, `crlf`, `cr`, `mixed` or `none`.
  package var newline: String
  package var diagnostics: [Diagnostic]
}

/// Finds the encoding of a file, proves it and reads the text. Never fatal about content and never silent: what can't be
/// decoded becomes U+FFFD and is counted and placed in the diagnostics.
///
/// In order: byte order mark; wide encodings by the places of their NUL bytes; strict UTF-8, whatever is declared, since
/// no other encoding passes for it by chance; what the document declares; damaged UTF-8; statistics.
package struct TextDecoder: Sendable {
  /// How many places of lost bytes are told one by one.
  private static let placesTold = 16

  private let encodings: SingleByteEncodings

  /// - Throws: `ResourceError` where the tables can't be read.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    encodings = try SingleByteEncodings(resources: resources)
  }

  /// - Parameter declared: the encoding's label where the bytes come with one (mail, XML).
  /// - Throws: the `Reason` for which the bytes are no text at all: `empty` or `binary`.
  package func decode(_ bytes: [UInt8], declared label: String? = nil) throws(Reason) -> DecodedText {
    guard !bytes.isEmpty else { throw Reason(.empty, "The file holds no byte.") }
    let label = label ?? XMLDeclaration.encoding(of: bytes) ?? HTMLDeclaration.encoding(of: bytes)
    var (utf8, replaced, encoding) = try characters(of: bytes, label)
    encoding.declared = label
    encoding.replaced = replaced.count
    guard !utf8.contains(0) else { throw Reason(.binary, "The file holds NUL characters: it is no text.") }
    guard !TextCondition.isBlank(utf8) else { throw Reason(.empty, "The file holds nothing but white space.") }
    // The old wires frame even the shortest message with about ten of them.
    guard TextCondition.controls(utf8) <= max(16, utf8.count / 20) else {
      throw Reason(.binary, "More than a twentieth of the file are control characters: it is no text.")
    }
    var diagnostics = disagreement(encoding)
    if !replaced.isEmpty {
      diagnostics += replaced.prefix(Self.placesTold).map { place in
        Diagnostic(
          "undecodable-bytes", .warning,
          "What stands here is no character in \(encoding.name); \(replaced.count) such places in all.",
          at: Span(place, place + UTF8Validation.replacement.count))
      }
    }
    diagnostics += TextCondition.diagnostics(utf8)
    return DecodedText(
      text: SourceText(validUTF8: utf8), encoding: encoding, newline: TextCondition.newline(utf8),
      diagnostics: diagnostics)
  }

  private typealias Characters = (utf8: [UInt8], replaced: [Int], encoding: Source.Encoding)

  private func characters(of bytes: [UInt8], _ label: String?) throws(Reason) -> Characters {
    if let (wide, length) = WideEncoding.marked(bytes) {
      let (utf8, replaced) = wide.decoded(bytes[length...])
      return (utf8, replaced, Source.Encoding(name: wide.rawValue, evidence: "bom"))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      let (utf8, replaced) = bytes[3...].withUnsafeBufferPointer { UTF8Validation.repaired($0) }
      return (utf8, replaced, Source.Encoding(name: "utf-8", evidence: "bom"))
    }
    if bytes.contains(0) {
      guard let wide = WideEncoding.suspected(bytes) else {
        throw Reason(.binary, "The file holds NUL bytes and is neither UTF-16 nor UTF-32: it is no text.")
      }
      let (utf8, replaced) = wide.decoded(bytes[...])
      return (utf8, replaced, Source.Encoding(name: wide.rawValue, evidence: "statistics"))
    }
    return bytes.withUnsafeBufferPointer { buffer in
      let survey = UTF8Validation.survey(buffer)
      if survey.invalid == 0 { return (bytes, [], Source.Encoding(name: "utf-8", evidence: "validity")) }
      if let name = label.flatMap(encodings.name(ofLabel:)), let table = encodings.table(name) {
        let (utf8, replaced) = encodings.decoded(buffer, table)
        return (utf8, replaced, Source.Encoding(name: actual(table, buffer, named: name), evidence: "declaration"))
      }
      // Sequences of UTF-8 don't come about by chance: some of them, and few breaks, are damaged UTF-8.
      // Where none of them stands, a declaration of UTF-8 is wrong.
      if survey.multibyte > survey.invalid * 2
        || survey.multibyte > 0 && label.flatMap(encodings.name(ofLabel:)) == "utf-8"
      {
        let (utf8, replaced) = UTF8Validation.repaired(buffer)
        return (utf8, replaced, Source.Encoding(name: "utf-8", evidence: "statistics"))
      }
      let table = encodings.likeliest(buffer)
      let (utf8, replaced) = encodings.decoded(buffer, table)
      let name = actual(table, buffer, named: table.name == "windows-1252" ? "iso-8859-1" : table.name)
      return (utf8, replaced, Source.Encoding(name: name, evidence: "statistics"))
    }
  }

  /// Windows-1252 is ISO-8859-1 with characters in the place of its second controls: only these tell them apart.
  private func actual(
    _ table: SingleByteEncodings.Table, _ bytes: UnsafeBufferPointer<UInt8>, named name: String
  ) -> String {
    guard name == "iso-8859-1" else { return name }
    return bytes.contains { $0 >= 0x80 && $0 < 0xA0 } ? table.name : name
  }

  private func disagreement(_ encoding: Source.Encoding) -> [Diagnostic] {
    guard let label = encoding.declared else { return [] }
    let name = encodings.name(ofLabel: label)
    let isSame = name == encoding.name || (name == "utf-16" || name == "utf-32") && encoding.name.hasPrefix(name ?? "-")
    guard !isSame else { return [] }
    return [
      Diagnostic("encoding-mismatch", .warning, "The document says \(label); its bytes are \(encoding.name).")
    ]
  }
}

extension Reason: Error {}

/// The encoding that an XML declaration names.
enum XMLDeclaration {
  static func encoding(of bytes: [UInt8]) -> String? {
    // Byte order marks and the NUL bytes of wide encodings aside.
    let marks: [UInt8] = [0, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF]
    guard bytes.first(where: { !marks.contains($0) }) == UInt8(ascii: "<") else { return nil }
    let head = String(decoding: bytes.prefix(1024).filter { !marks.contains($0) }.prefix(256), as: UTF8.self)
    guard head.hasPrefix("<?xml"), let end = head.firstIndex(of: ">") else { return nil }
    let declaration = head[..<end]
    guard let name = declaration.range(ofWord: "encoding") else { return nil }
    let value = declaration[name...].drop { $0 == " " || $0 == "=" || $0 == "\t" || $0 == "\n" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    let label = value.dropFirst().prefix { $0 != quote }
    return label.isEmpty || label.endIndex == value.endIndex ? nil : String(label)
  }
}

/// The encoding that a page names in `meta`.
enum HTMLDeclaration {
  private static let reach = 2048

  static func encoding(of bytes: [UInt8]) -> String? {
    guard let first = bytes.first(where: { $0 > 0x20 && $0 < 0x80 }), first == UInt8(ascii: "<") else { return nil }
    let head = bytes.prefix(reach).filter { $0 != 0 }.map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }
    var index = 0
    while let meta = find("<meta", in: head, from: index) {
      let end = head[meta...].firstIndex(of: UInt8(ascii: ">")) ?? head.count
      if let name = find("charset", in: Array(head[..<end]), from: meta) {
        let value = head[name..<end].drop { [0x20, 0x3D, 0x22, 0x27].contains($0) }
          .prefix { $0 > 0x2C && $0 < 0x7F && $0 != UInt8(ascii: ";") }
        return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
      }
      index = meta
    }
    return nil
  }

  /// Index behind the next occurrence.
  private static func find(_ word: String, in bytes: [UInt8], from start: Int) -> Int? {
    let word = Array(word.utf8)
    var index = start
    while index + word.count <= bytes.count {
      if bytes[index..<index + word.count].elementsEqual(word) { return index + word.count }
      index += 1
    }
    return nil
  }
}

extension Substring {
  /// Where a word ends that the text holds.
  fileprivate func range(ofWord word: String) -> Index? {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix(word) { return self.index(index, offsetBy: word.count) }
      index = self.index(after: index)
    }
    return nil
  }
}

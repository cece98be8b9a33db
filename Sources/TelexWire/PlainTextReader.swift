import TelexModel
package import TelexText

/// Plain text, with or without header lines.
package struct PlainTextReader: Sendable {
  /// - Throws: `ResourceError` where its data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {}

  package func read(_ bytes: [UInt8], name: [UInt8]) -> WireReading {
    let text = SourceText(String(decoding: bytes, as: UTF8.self))
    guard !text.utf8.isEmpty else { return .rejected(Reason(.empty, "The file holds no byte.")) }
    return .items([
      WireItem(
        text: text, format: "plain-text", mediaType: "text/plain",
        encoding: Source.Encoding(name: "utf-8", evidence: "validity"), newline: "lf")
    ])
  }
}

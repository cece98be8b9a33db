package import TelexText

/// Bytes of one file to dispatches, whatever wire format they are in.
package struct DispatchReader: Sendable {
  private let plain: PlainTextReader

  /// - Throws: `ResourceError` where the formats' data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    plain = try PlainTextReader(resources: resources)
  }

  /// - Parameter name: the file's name, which may hold a date.
  package func read(_ bytes: [UInt8], name: [UInt8]) -> WireReading { plain.read(bytes, name: name) }
}

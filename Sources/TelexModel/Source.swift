/// The input as it was taken from the folder.
package struct Source: Sendable, Equatable {
  /// The encoding of the bytes, and how it was found.
  package struct Encoding: Sendable, Equatable {
    /// IANA name in lower case: `utf-8`, `windows-1252`, `utf-16le` ….
    package var name: String
    /// What the document says of itself, in its own words, where it says something.
    package var declared: String?
    /// What decided: `bom`, `declaration`, `validity`, `statistics`.
    package var evidence: String
    /// Bytes or sequences that could not be decoded and stand as U+FFFD in the text.
    package var replaced: Int

    package init(name: String, declared: String? = nil, evidence: String, replaced: Int = 0) {
      self.name = name
      self.declared = declared
      self.evidence = evidence
      self.replaced = replaced
    }
  }

  /// One run of `source.map`: where a stretch of extracted text stands in the bytes.
  package struct Run: Sendable, Equatable {
    /// Stretch of `Analysis.text`, UTF-8 bytes.
    package var span: Span
    /// Half-open range of input bytes.
    package var bytes: Range<Int>
    /// Path of the element, `/nitf/body/body.content/p[2]`.
    package var path: String

    package init(span: Span, bytes: Range<Int>, path: String) {
      self.span = span
      self.bytes = bytes
      self.path = path
    }
  }

  /// The file's name as raw bytes: names are bytes, not text.
  package var fileName: [UInt8]
  /// Size in bytes.
  package var bytes: Int
  /// Hex digest of the bytes; nil where a file was refused before its bytes were read.
  package var sha256: String?
  /// `plain-text`, `nitf`, `newsml-g2` …; absent where the input was refused before it was read.
  package var format: String?
  package var mediaType: String?
  package var encoding: Encoding?
  /// `lf`, `crlf`, `cr`, `mixed` or `none`.
  package var newline: String?
  /// Only for formats whose text is extracted; plain text stands as it is.
  package var map: [Run]?

  package init(fileName: [UInt8], bytes: Int, sha256: String?) {
    self.fileName = fileName
    self.bytes = bytes
    self.sha256 = sha256
  }
}

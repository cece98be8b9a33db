/// A line for the operator, with fields for programs: one entry of the journal.
package struct JournalEntry: Sendable, Equatable {
  /// A field of our own; the name in the journal has `TELEX_` before it, so that it can't be taken for another's.
  package enum Field: String, Sendable, CaseIterable {
    case version = "VERSION"
    case configuration = "CONFIG_HASH"
    case folder = "DIR"
    case fileSystem = "FS"
    case mode = "MODE"
    case backlog = "BACKLOG"
    /// Raw bytes of the name, whatever they are.
    case file = "FILE"
    case result = "RESULT"
    case sha256 = "SHA256"
    case size = "SIZE"
    case reason = "REASON"
    case tries = "TRIES"
    case duration = "DURATION_USEC"
    case count = "COUNT"
    case processed = "PROCESSED"
    case rejected = "REJECTED"
    case sysctl = "SYSCTL"
    case worker = "WORKER_PID"
    case signal = "SIGNAL"
    case status = "EXIT_STATUS"
    case detail = "DETAIL"
    case configurationFile = "CONFIG_FILE"
    case configurationLine = "CONFIG_LINE"
  }

  package var kind: MessageKind
  /// One sentence in English; what is hostile in it is already escaped, and `Journal` escapes the rest.
  package var message: String
  package private(set) var fields: [(field: Field, value: [UInt8])] = []
  /// The system's error behind it, as `ERRNO`.
  package var errno: Int32?

  package init(_ kind: MessageKind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package func with(_ field: Field, _ value: [UInt8]) -> JournalEntry {
    var entry = self
    entry.fields.append((field, value))
    return entry
  }

  package func with(_ field: Field, _ value: String?) -> JournalEntry {
    value.map { with(field, Array($0.utf8)) } ?? self
  }

  package func with(_ field: Field, _ value: some BinaryInteger) -> JournalEntry { with(field, String(value)) }

  package func with(errno: Int32?) -> JournalEntry {
    var entry = self
    entry.errno = errno
    return entry
  }

  package static func == (left: JournalEntry, right: JournalEntry) -> Bool {
    left.kind == right.kind && left.message == right.message && left.errno == right.errno
      && left.fields.map(\.field) == right.fields.map(\.field) && left.fields.map(\.value) == right.fields.map(\.value)
  }
}

extension JournalEntry {
  /// The journal's native protocol: `NAME=value` and a newline, or, where the value holds a newline or is no text, the
  /// name, a newline, its length (64 bits, little-endian), the bytes and a newline.
  ///
  /// - Parameter origin: the place in the code that speaks.
  func native(from origin: CodeOrigin) -> [UInt8] {
    var datagram: [UInt8] = []
    func append(_ name: String, _ value: some Collection<UInt8>) {
      let value = Array(value.prefix(Self.longestValue))
      datagram += name.utf8
      if value.contains(where: { $0 < 0x20 && $0 != 0x09 }) {
        datagram.append(0x0A)
        withUnsafeBytes(of: UInt64(value.count).littleEndian) { datagram += $0 }
      } else {
        datagram.append(UInt8(ascii: "="))
      }
      datagram += value
      datagram.append(0x0A)
    }
    append("MESSAGE", PrintableText.line(message, limit: 4096).utf8)
    append("MESSAGE_ID", kind.rawValue.utf8)
    append("PRIORITY", String(kind.priority).utf8)
    append("SYSLOG_IDENTIFIER", "telexd".utf8)
    append("CODE_FILE", origin.file.description.utf8)
    append("CODE_LINE", String(origin.line).utf8)
    append("CODE_FUNC", origin.function.description.utf8)
    if let errno { append("ERRNO", String(errno).utf8) }
    for (field, value) in fields { append("TELEX_" + field.rawValue, value) }
    return datagram
  }

  /// For a terminal or a log of plain lines: the priority's prefix of sd-daemon(3) where it is wanted, then the sentence.
  func line(prefixed: Bool) -> [UInt8] {
    Array(((prefixed ? "<\(kind.priority)>" : "telexd: ") + PrintableText.line(message, limit: 1024) + "\n").utf8)
  }

  /// Bytes of one value; none of ours is longer than a name or a configuration's complaint.
  private static let longestValue = 8192
}

/// The place in the code that an entry comes from.
package struct CodeOrigin: Sendable {
  let file: StaticString
  let line: Int
  let function: StaticString
}

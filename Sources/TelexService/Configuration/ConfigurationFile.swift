internal import CYaml
import Glibc

/// The YAML file of the configuration: one flat mapping of settings, each with the place it stands at.
package struct ConfigurationFile: Sendable {
  package static let systemPath = "/etc/telex/telex.yaml"
  /// More than any real file; a wrong path must not fill the memory.
  private static let sizeLimit = 1 << 20

  package let path: String

  package init(path: String) { self.path = path }

  /// A key of the file, with its value. Lines and columns count from 1.
  package struct Entry: Equatable {
    package let key: String
    package let value: Value
    package let line: Int
    package let column: Int
    package let valueLine: Int
    package let valueColumn: Int
  }

  package enum Value: Equatable {
    case none
    case scalar(String)
    case list([String])
    case mapping
  }

  /// All entries in order, duplicates included. An empty file, or one of comments only, has none.
  package func entries() throws(ConfigurationError) -> [Entry] {
    let events = try EventReader.events(of: bytes(), path: path)
    guard let first = events.first else { return [] }
    guard first.kind == .mappingStart else {
      if case .scalar(let text, plain: true) = first.kind, text.isEmpty { return [] }
      throw failure(first, "the file is no list of settings", remedy: "write lines such as folder: /var/spool/telex")
    }
    var entries: [Entry] = []
    var index = 1
    while index < events.count, events[index].kind != .mappingEnd {
      let key = events[index]
      guard case .scalar(let name, _) = key.kind else {
        throw failure(key, "no name of a setting stands here", remedy: "write lines such as folder: /var/spool/telex")
      }
      index += 1
      guard index < events.count else { break }
      let start = events[index]
      let value = Self.value(in: events, at: &index)
      entries.append(
        Entry(
          key: name, value: value, line: key.line, column: key.column, valueLine: start.line, valueColumn: start.column)
      )
    }
    return entries
  }

  /// Reads one value, and moves `index` behind it.
  private static func value(in events: [Event], at index: inout Int) -> Value {
    let start = events[index].kind
    index += 1
    switch start {
    case .scalar(let text, let plain):
      return plain && ["", "~", "null", "Null", "NULL"].contains(text) ? .none : .scalar(text)
    case .sequenceStart, .mappingStart:
      var depth = 1
      var flat = start == .sequenceStart
      var items: [String] = []
      while depth > 0, index < events.count {
        switch events[index].kind {
        case .sequenceStart, .mappingStart: depth += 1; flat = false
        case .sequenceEnd, .mappingEnd: depth -= 1
        case .scalar(let text, _): items.append(text)
        }
        index += 1
      }
      return flat ? .list(items) : .mapping
    case .sequenceEnd, .mappingEnd: return .none
    }
  }

  private func failure(_ event: Event, _ problem: String, remedy: String) -> ConfigurationError {
    ConfigurationError([
      ConfigurationIssue(at: .file(path, line: event.line, column: event.column), problem, remedy: remedy)
    ])
  }

  private func bytes() throws(ConfigurationError) -> [UInt8] {
    func failure(_ problem: String, _ remedy: String) -> ConfigurationError {
      ConfigurationError([ConfigurationIssue(at: .file(path, line: 0, column: 0), problem, remedy: remedy)])
    }
    // Not blocking: the path may name a pipe that nobody writes to.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let remedy =
        errno == ENOENT ? "install it from config/telex.yaml, or name another with --config" : "check its permissions"
      throw failure("cannot be read (\(String(cString: strerror(errno))))", remedy)
    }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      throw failure("is no regular file", "name the YAML file itself")
    }
    var bytes = [UInt8](repeating: 0, count: Self.sizeLimit + 1)
    var count = 0
    while count < bytes.count {
      let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count) }
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw failure("cannot be read (\(String(cString: strerror(errno))))", "check its permissions and its disk")
      }
      count += got
    }
    guard count <= Self.sizeLimit else { throw failure("is larger than 1 MiB", "name the YAML file itself") }
    return Array(bytes[..<count])
  }
}

/// What libyaml sees at one place of the file.
private struct Event {
  enum Kind: Equatable {
    case scalar(String, plain: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
  }

  let kind: Kind
  let line: Int
  let column: Int
}

private enum EventReader {
  static func events(of bytes: [UInt8], path: String) throws(ConfigurationError) -> [Event] {
    func failure(_ line: Int, _ column: Int, _ problem: String, _ remedy: String) -> ConfigurationError {
      ConfigurationError([
        ConfigurationIssue(at: .file(path, line: line, column: column), problem, remedy: remedy)
      ])
    }
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else { throw failure(0, 0, "no memory to read it", "free some") }
    defer { yaml_parser_delete(&parser) }
    // libyaml keeps the pointer while it parses, so the bytes live in memory of their own until then.
    let input = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    defer { input.deallocate() }
    input.initialize(from: bytes, count: bytes.count)
    yaml_parser_set_input_string(&parser, input, bytes.count)

    var events: [Event] = []
    var documents = 0
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else {
        let problem = parser.problem.map { String(cString: $0) } ?? "damaged"
        // Errors of the bytes themselves (no UTF-8, control characters) have an offset instead of a mark.
        let line =
          parser.error == YAML_READER_ERROR
          ? bytes.prefix(parser.problem_offset).count { $0 == 0x0A } : Int(parser.problem_mark.line)
        let column = parser.error == YAML_READER_ERROR ? 0 : Int(parser.problem_mark.column)
        throw failure(line + 1, column + 1, "no valid YAML (\(problem))", "correct this place or the line before it")
      }
      defer { yaml_event_delete(&event) }
      let (line, column) = (Int(event.start_mark.line) + 1, Int(event.start_mark.column) + 1)
      func add(_ kind: Event.Kind) { events.append(Event(kind: kind, line: line, column: column)) }
      switch event.type {
      case YAML_STREAM_END_EVENT: return events
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        if documents > 1 { throw failure(line, column, "a second document begins", "remove this --- and what follows") }
      case YAML_ALIAS_EVENT: throw failure(line, column, "an alias (*name) stands here", "write the value itself")
      case YAML_SCALAR_EVENT:
        let scalar = event.data.scalar
        let text = String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self)
        add(.scalar(text, plain: scalar.style == YAML_PLAIN_SCALAR_STYLE))
      case YAML_SEQUENCE_START_EVENT: add(.sequenceStart)
      case YAML_SEQUENCE_END_EVENT: add(.sequenceEnd)
      case YAML_MAPPING_START_EVENT: add(.mappingStart)
      case YAML_MAPPING_END_EVENT: add(.mappingEnd)
      default: break
      }
    }
  }
}

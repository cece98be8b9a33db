import TelexSpool

/// What the daemon says to a worker: once how to set itself up, then one dispatch after the other.
enum WorkerRequest: Equatable {
  case prepare(WorkerSettings)
  case analyse(WorkerJob)
}

/// How a worker sets itself up. All it will ever know of the configuration, and no path but that of its own data.
package struct WorkerSettings: Equatable, Sendable {
  /// Root of the resource folder (`ResourceDirectory`).
  package var resources: String
  /// Fingerprint of the configuration that results carry.
  package var fingerprint: String
  /// Bytes of address space that a worker may have.
  package var memory: Int
  /// Date of all dispatches (`CreationDate`), where a person gave one; empty otherwise.
  package var created: String

  package init(resources: String, fingerprint: String, memory: Int, created: String = "") {
    self.resources = resources
    self.fingerprint = fingerprint
    self.memory = memory
    self.created = created
  }
}

/// A dispatch on its way to a worker: bytes and what is known of them, never a path.
struct WorkerJob: Equatable {
  var id: UInt64
  var name: [UInt8]
  var sha256: String
  var attempt: Int
  /// Seconds since 1970, by which embargoes are judged.
  var now: Int64
  /// Whether a processor is free beside the one that it is analysed on.
  var mayShare: Bool
  var bytes: [UInt8]
}

/// What a worker answers.
enum WorkerReply {
  /// It has its models and has given up its rights.
  case ready(WorkerIntroduction)
  /// What came of a job. `retiring`: it has grown, and asks to be replaced before its next.
  case outcome(id: UInt64, Outcome, retiring: Bool)
}

/// A worker's first words.
package struct WorkerIntroduction: Equatable, Sendable {
  package var version: String
  /// False where the kernel has no system call filter, and limits alone hold the worker.
  package var filtered: Bool
}

extension WorkerRequest {
  var frame: Frame {
    var writer = ByteWriter()
    switch self {
    case .prepare(let settings):
      writer.counted(settings.resources)
      writer.counted(settings.fingerprint)
      writer.integer(Int64(settings.memory))
      writer.counted(settings.created)
      return Frame(kind: 1, payload: writer.bytes)
    case .analyse(let job):
      writer = ByteWriter(reserving: job.bytes.count + job.name.count + 128)
      writer.integer(job.id)
      writer.counted(job.name)
      writer.counted(job.sha256)
      writer.integer(Int32(job.attempt))
      writer.integer(job.now)
      writer.integer(UInt8(job.mayShare ? 1 : 0))
      writer.counted(job.bytes)
      return Frame(kind: 2, payload: writer.bytes)
    }
  }

  init(_ frame: Frame) throws(FrameError) {
    var reader = ByteReader(frame.payload)
    switch frame.kind {
    case 1:
      self = .prepare(
        WorkerSettings(
          resources: try reader.string(), fingerprint: try reader.string(),
          memory: Int(try reader.integer(Int64.self)), created: try reader.string()))
    case 2:
      self = .analyse(
        WorkerJob(
          id: try reader.integer(UInt64.self), name: try reader.counted(), sha256: try reader.string(),
          attempt: Int(try reader.integer(Int32.self)), now: try reader.integer(Int64.self),
          mayShare: try reader.integer(UInt8.self) == 1, bytes: try reader.counted()))
    default: throw .malformed
    }
    guard reader.atEnd else { throw .malformed }
  }
}

extension WorkerReply {
  /// Nil for `Outcome.failed`, which is no worker's to say: its death says it.
  var frame: Frame? {
    var writer = ByteWriter()
    switch self {
    case .ready(let introduction):
      writer.counted(introduction.version)
      writer.integer(UInt8(introduction.filtered ? 1 : 0))
      return Frame(kind: 1, payload: writer.bytes)
    case .outcome(let id, .result(let main, let items, let rejection), let retiring):
      writer = ByteWriter(reserving: main.count + 64)
      writer.integer(id)
      writer.integer(UInt8(retiring ? 1 : 0))
      writer.counted(rejection ?? "")
      writer.counted(main)
      writer.integer(UInt32(items.count))
      for item in items { writer.counted(item) }
      return Frame(kind: 2, payload: writer.bytes)
    case .outcome(let id, .withheld(let main, let items, let until), let retiring):
      writer.integer(id)
      writer.integer(UInt8(retiring ? 1 : 0))
      writer.integer(until)
      writer.counted(main)
      writer.integer(UInt32(items.count))
      for item in items { writer.counted(item) }
      return Frame(kind: 4, payload: writer.bytes)
    case .outcome(let id, .incomplete(let code, let message), let retiring):
      writer.integer(id)
      writer.integer(UInt8(retiring ? 1 : 0))
      writer.counted(code)
      writer.counted(message)
      return Frame(kind: 3, payload: writer.bytes)
    case .outcome(_, .failed, _):
      return nil
    }
  }

  init(_ frame: Frame) throws(FrameError) {
    var reader = ByteReader(frame.payload)
    switch frame.kind {
    case 1:
      self = .ready(
        WorkerIntroduction(version: try reader.string(), filtered: try reader.integer(UInt8.self) == 1))
    case 2:
      let id = try reader.integer(UInt64.self)
      let retiring = try reader.integer(UInt8.self) == 1
      let rejection = try reader.string()
      let main = try reader.counted()
      var items: [[UInt8]] = []
      for _ in 0..<(try reader.integer(UInt32.self)) { items.append(try reader.counted()) }
      self = .outcome(
        id: id, .result(main: main, items: items, rejection: rejection.isEmpty ? nil : rejection), retiring: retiring)
    case 3:
      let id = try reader.integer(UInt64.self)
      let retiring = try reader.integer(UInt8.self) == 1
      self = .outcome(
        id: id, .incomplete(code: try reader.string(), message: try reader.string()), retiring: retiring)
    case 4:
      let id = try reader.integer(UInt64.self)
      let retiring = try reader.integer(UInt8.self) == 1
      let until = try reader.integer(Int64.self)
      let main = try reader.counted()
      var items: [[UInt8]] = []
      for _ in 0..<(try reader.integer(UInt32.self)) { items.append(try reader.counted()) }
      self = .outcome(id: id, .withheld(main: main, items: items, until: until), retiring: retiring)
    default: throw .malformed
    }
    guard reader.atEnd else { throw .malformed }
  }
}

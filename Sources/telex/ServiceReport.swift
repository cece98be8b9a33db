import Glibc
import TelexModel
import TelexService

/// What the service says of itself in `status.json`, and whether the process behind it lives.
struct ServiceReport {
  /// The file as it stands.
  let json: JSONValue
  let pid: Int32

  enum Failure: Error, Equatable {
    case missing(path: String)
    case unreadable(path: String, reason: String)
  }

  /// - Parameter folder: the service's runtime directory.
  init(in folder: String) throws(Failure) {
    let path = folder + "/status.json"
    let file: InputFile
    do throws(InputFile.Failure) {
      file = try InputFile(path: Array(path.utf8), limit: 1 << 20)
    } catch {
      switch error {
      case .unreadable:
        throw access(path, F_OK) == 0 ? .unreadable(path: path, reason: "\(error)") : .missing(path: path)
      case .tooLarge: throw .unreadable(path: path, reason: "too large")
      }
    }
    guard let json = try? JSONReader.value(of: file.bytes), json["schema"]?.string == ServiceStatus.schema,
      let pid = json["pid"]?.int, let process = Int32(exactly: pid), process > 1
    else { throw .unreadable(path: path, reason: "no status of this version of Telex") }
    self.json = json
    self.pid = process
  }

  var reloads: Int { json["reload"]?["count"]?.int ?? 0 }
  var reloadWasRefused: Bool { json["reload"]?["outcome"]?.string == "invalid" }
  var reloadMessage: String { json["reload"]?["message"]?.string ?? "" }

  /// Whether the process of that number is telexd: not another that has got its number since, and not one that has
  /// ended and waits for its parent to notice.
  var isAlive: Bool {
    // "12 (telexd) S 1 …": number, name in brackets, state (proc_pid_stat(5)).
    guard let file = try? InputFile(descriptor: opened("/proc/\(pid)/stat"), limit: 1 << 16) else { return false }
    let text = String(decoding: file.bytes, as: UTF8.self)
    return text.hasPrefix("\(pid) (telexd) ") && !text.hasPrefix("\(pid) (telexd) Z")
  }

  /// Capabilities in force for the process; nil where they can't be read.
  var capabilities: UInt64? {
    guard let file = try? InputFile(descriptor: opened("/proc/\(pid)/status"), limit: 1 << 16) else { return nil }
    for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n") where line.hasPrefix("CapEff:") {
      return UInt64(line.dropFirst(7).filter { !$0.isWhitespace }, radix: 16)
    }
    return nil
  }

  /// Files of /proc have no size, so they are read as streams. Never closed: the program ends soon.
  private func opened(_ path: String) -> Int32 { open(path, O_RDONLY | O_CLOEXEC) }
}

extension ServiceReport.Failure {
  /// What is wrong and what to do.
  var description: String {
    switch self {
    case .missing(let path): "telexd is not running (there is no \(path)); start it: systemctl start telexd"
    case .unreadable(let path, let reason): "\(path): cannot be used: \(reason)"
    }
  }
}

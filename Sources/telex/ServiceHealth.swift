import Glibc
import TelexModel
import TelexSpool

/// How well the service does, in the manner of monitoring plug-ins.
struct ServiceHealth {
  enum Level: Int32, Comparable {
    case ok, warning, critical

    static func < (one: Level, other: Level) -> Bool { one.rawValue < other.rawValue }
    var word: String { ["OK", "WARNING", "CRITICAL"][Int(rawValue)] }
  }

  struct Finding: Equatable {
    let level: Level
    let message: String
  }

  /// From when on a waiting dispatch is a matter for a person. Seconds.
  struct Limits {
    var warning = 60.0
    var critical = 600.0
  }

  /// All that is not as it should be, the worst first.
  let findings: [Finding]
  var level: Level { findings.first?.level ?? .ok }

  init(_ findings: [Finding]) {
    self.findings = findings.sorted { $0.level > $1.level }
  }

  init(_ failure: ServiceReport.Failure) { self.init([Finding(level: .critical, message: failure.description)]) }

  /// - Parameters:
  ///   - isAlive: whether the process is there.
  ///   - now: seconds since 1970.
  init(_ json: JSONValue, isAlive: Bool, now: Int, limits: Limits) {
    var findings: [Finding] = []
    func add(_ level: Level, _ message: String) { findings.append(Finding(level: level, message: message)) }
    let state = json["state"]?.string ?? "unknown"
    let age = now - (json["writtenAt"]?.int ?? 0)
    // What a service that has ended says of its folder is history.
    if state == "stopped" {
      self.init([Finding(level: .critical, message: "telexd was stopped; start it: systemctl start telexd")])
      return
    }
    if !isAlive {
      self.init([Finding(level: .critical, message: "telexd has ended without a word; see: journalctl -u telexd")])
      return
    }
    if age > 30 {
      add(.critical, "telexd has not written its status for \(age) s; see: journalctl -u telexd")
    } else if state != "running" {
      add(.warning, "telexd is \(state)")
    }
    if let folder = json["folder"] {
      let path = folder["path"]?.string ?? "?"
      if let loss = folder["loss"]?.string {
        let meaning = FolderLoss(rawValue: loss)?.meaning ?? loss
        add(.critical, "the folder \(path) can't be worked on: \(meaning)")
      }
      if let error = folder["pausedFor"]?.string {
        let seconds = folder["pausedSeconds"]?.double ?? 0
        add(seconds > 300 ? .critical : .warning, "paused for \(Int(seconds)) s: results can't be written (\(error))")
      }
      if let reason = folder["pollingReason"]?.string, reason != "file-system" {
        add(.warning, "notifications don't arrive (\(reason)), so the folder is polled; see: telex check")
      }
    }
    if let queue = json["queue"] {
      if let count = queue["unaccounted"]?.int, count > 0 {
        add(.critical, "\(count) inputs have neither result nor reason; see: telex reconcile")
      }
      if let oldest = queue["oldestWaitingSeconds"]?.double, oldest > limits.warning {
        let level: Level = oldest > limits.critical ? .critical : .warning
        add(level, "a dispatch has been waiting for \(Int(oldest)) s; see: telex reconcile")
      }
    }
    if json["reload"]?["outcome"]?.string == "invalid" {
      add(.warning, "the last reload was refused: \(json["reload"]?["message"]?.string ?? "")")
    }
    self.init(findings)
  }
}

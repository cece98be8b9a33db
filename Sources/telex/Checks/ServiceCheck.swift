import Glibc
import TelexModel
import TelexService

/// The service itself, where it runs.
enum ServiceCheck {
  /// Bit of the capability to ask for leases on files of other users.
  private static let leaseCapability: UInt64 = 1 << 28

  static func check(_ configuration: Configuration) -> Check {
    do throws(ServiceReport.Failure) {
      let report = try ServiceReport(in: configuration.runtimeDirectory)
      guard report.isAlive else {
        return .warn("service", "telexd does not run", remedy: "systemctl start telexd")
      }
      if let held = report.capabilities, held & leaseCapability == 0 {
        return .warn(
          "service", "telexd runs (pid \(report.pid)), without the capability CAP_LEASE",
          remedy: "nothing: other users' files wait for quiet_period; the unit's AmbientCapabilities= gives it")
      }
      let level = ServiceHealth(report.json, isAlive: true, now: time(nil), limits: .init()).findings.first
      if let level { return .warn("service", level.message, remedy: "see: telex status") }
      return .ok("service", "telexd runs (pid \(report.pid)), version \(report.json["version"]?.string ?? "?")")
    } catch {
      if case .missing = error {
        return .warn("service", "telexd does not run", remedy: "systemctl start telexd")
      }
      return .warn("service", error.description, remedy: "check that file's permissions")
    }
  }
}

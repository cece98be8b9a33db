import Glibc
import TelexService

/// The folders beside the drop folder: where inputs are moved to, and the service's own.
enum DirectoryCheck {
  static func checks(_ configuration: Configuration) -> [Check] {
    var checks: [Check] = []
    for (name, path) in [
      ("success_folder", configuration.successFolder), ("failure_folder", configuration.failureFolder),
    ]
    where !path.isEmpty {
      checks.append(moving(name, path, from: configuration.folder))
    }
    checks.append(own("state", configuration.stateDirectory))
    checks.append(own("runtime", configuration.runtimeDirectory))
    return checks
  }

  private static func moving(_ name: String, _ path: String, from folder: String) -> Check {
    var (here, there) = (stat(), stat())
    guard stat(path, &there) == 0, there.st_mode & S_IFMT == S_IFDIR else {
      return .fail(name, "\(path) is no folder", remedy: "make it, for the user of the service")
    }
    guard faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0 else {
      return .fail(name, "\(path) can't be written", remedy: "chown or chmod it; under systemd see ReadWritePaths= too")
    }
    guard stat(folder, &here) != 0 || here.st_dev == there.st_dev else {
      return .fail(name, "\(path) is on another file system", remedy: "name a folder on that of \(folder)")
    }
    return .ok(name, path)
  }

  private static func own(_ name: String, _ path: String) -> Check {
    guard access(path, F_OK) == 0 else {
      return .ok(name, "\(path) is made when the service starts")
    }
    guard faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0 else {
      return .warn(name, "\(path) can't be written by this user", remedy: "give it to the user of the service")
    }
    return .ok(name, path)
  }
}

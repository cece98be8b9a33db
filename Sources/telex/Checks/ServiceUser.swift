import Glibc

/// The user that the service runs as: root can try as that user what the service will be allowed to do.
struct ServiceUser {
  let name: String
  private let account: (user: uid_t, group: gid_t)?

  init(named name: String) {
    self.name = name
    account = getpwnam(name).map { ($0.pointee.pw_uid, $0.pointee.pw_gid) }
  }

  var check: Check {
    if geteuid() == account?.user { return .ok("user", "checked as \(name)") }
    if getuid() != 0 { return .ok("user", "checked as you; root checks as the user of the service") }
    return .warn(
      "user", "there is no user \(name), so all is checked as root",
      remedy: "run systemd/install, or name another with --user")
  }

  /// Runs `body` with the rights of the service's user where that is possible.
  func whileActing<Result>(_ body: () -> Result) -> Result {
    guard getuid() == 0, let account, initgroups(name, account.group) == 0, setegid(account.group) == 0 else {
      return body()
    }
    guard seteuid(account.user) == 0 else {
      setegid(0)
      return body()
    }
    defer {
      seteuid(0)
      setegid(0)
      setgroups(0, nil)
    }
    return body()
  }
}

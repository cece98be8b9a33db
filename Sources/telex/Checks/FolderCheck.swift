import Glibc
import TelexService
import TelexSpool

/// The drop folder: is it there, may the service work in it, and what does its file system offer?
struct FolderCheck {
  let folder: String
  let quietPeriod: String

  init(_ configuration: Configuration) {
    folder = configuration.folder
    quietPeriod = Period.text(configuration.quietPeriod)
  }

  var checks: [Check] {
    var info = stat()
    guard stat(folder, &info) == 0 else {
      let reason = String(cString: strerror(errno))
      return [
        .fail("folder", "\(folder): \(reason)", remedy: "make it: install -d -o telex -g telex -m 2770 \(folder)")
      ]
    }
    guard info.st_mode & S_IFMT == S_IFDIR else {
      return [.fail("folder", "\(folder) is no folder", remedy: "name another in the configuration")]
    }
    guard faccessat(AT_FDCWD, folder, R_OK | W_OK | X_OK, AT_EACCESS) == 0 else {
      let reason = String(cString: strerror(errno))
      return [
        .fail(
          "folder", "\(folder) can't be read and written: \(reason)",
          remedy: "chown or chmod it; under systemd the unit must allow it as well (ReadWritePaths=)")
      ]
    }
    return [.ok("folder", "\(folder) can be read and written"), fileSystem, writing, notifications, space]
  }

  private var fileSystem: Check {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, let magic = try? LinuxFileSystem().fileSystemType(of: descriptor) else {
      return .warn("file system", "its kind can't be found out", remedy: "see: stat -f \(folder)")
    }
    let type = FileSystemType(magic: magic)
    guard type.isShared else { return .ok("file system", type.name) }
    return .warn(
      "file system", "\(type.name): others' changes raise no notification, so the folder is polled",
      remedy: "nothing, or use a local folder for speed; see polling_period")
  }

  /// Creates a file, asks for a lease on it and removes it.
  private var writing: Check {
    let path = "\(folder)/.telex-check-\(getpid()).tmp"
    let created = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard created >= 0 else {
      let reason = String(cString: strerror(errno))
      return .fail(
        "writing", "no file can be made in \(folder): \(reason)", remedy: "see its permissions, quota and mount")
    }
    close(created)
    defer { unlink(path) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, (try? LinuxFileSystem().probeLease(on: descriptor)) != nil else {
      return .warn(
        "writing", "files can be made, but this file system gives no leases",
        remedy: "nothing: files are read after they lay still for \(quietPeriod) (quiet_period)")
    }
    return .ok("writing", "files can be made; leases tell whether one is still being written")
  }

  private var notifications: Check {
    let events = inotify_init1(Int32(IN_CLOEXEC))
    guard events >= 0 else {
      return .warn(
        "notifications", "none to be had: \(String(cString: strerror(errno)))",
        remedy: "raise fs.inotify.max_user_instances (sysctl); until then the folder is polled")
    }
    defer { close(events) }
    guard inotify_add_watch(events, folder, UInt32(IN_CLOSE_WRITE)) >= 0 else {
      return .warn(
        "notifications", "the folder can't be watched: \(String(cString: strerror(errno)))",
        remedy: "raise fs.inotify.max_user_watches (sysctl); until then the folder is polled")
    }
    let limit =
      (try? InputFile(descriptor: open("/proc/sys/fs/inotify/max_queued_events", O_RDONLY | O_CLOEXEC), limit: 64))
      .map { String(decoding: $0.bytes, as: UTF8.self).filter(\.isNumber) }
    return .ok("notifications", "the folder can be watched\(limit.map { ", up to \($0) at once" } ?? "")")
  }

  private var space: Check {
    var info = statvfs()
    guard statvfs(folder, &info) == 0 else {
      return .warn("space", String(cString: strerror(errno)), remedy: "see: df \(folder)")
    }
    let mebibytes = (Int(info.f_bavail) * Int(info.f_frsize)) >> 20
    let inodes = Int(info.f_favail)
    if mebibytes < 100 || (info.f_files > 0 && inodes < 10_000) {
      return .warn(
        "space", "\(mebibytes) MiB and \(inodes) files are left",
        remedy: "free some; the service pauses where it is full")
    }
    return .ok("space", "\(mebibytes) MiB free")
  }
}

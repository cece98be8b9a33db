import Glibc

/// An ext4 file system in an image of its own, whose power can be cut: what the image holds at that moment is what a
/// disk would hold, for nothing but what the kernel has written out is in it. Root only.
final class LoopDisk {
  let folder: TemporaryFolder
  private var image: String { folder.path + "/image" }
  /// Where it is mounted.
  var path: String { folder.path + "/disk" }

  init() throws {
    folder = try TemporaryFolder(in: access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
    for name in ["disk", "after"] { mkdir(folder.path + "/" + name, 0o755) }
    let descriptor = open(image, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0, ftruncate(descriptor, 16 << 20) == 0, close(descriptor) == 0 else {
      throw POSIXFailure(call: "make \(image)", code: errno)
    }
    // What nobody asks to be written stays in memory for a minute.
    guard command("mkfs.ext4", "-q", "-F", "-m", "0", image), command("mount", "-o", "loop,commit=60", image, path)
    else { throw POSIXFailure(call: "mount \(image)", code: ENOTSUP) }
  }

  private var cuts = 0

  deinit {
    command("umount", "-l", folder.path + "/after")
    command("umount", "-l", path)
  }

  /// What a machine would find after its power had been cut now, mounted while `body` looks at it. Whoever writes to the
  /// disk stands still meanwhile.
  func afterPowerCut(_ body: (String) -> Void) throws {
    // A file of its own each time: the kernel lets go of a loop device some time after its file system is unmounted, and
    // refuses another on the same file until then.
    cuts += 1
    let copy = folder.path + "/copy-\(cuts)"
    defer { unlink(copy) }
    guard let bytes = quietImage(), let stream = fopen(copy, "we") else {
      throw POSIXFailure(call: "copy \(image)", code: EBUSY)
    }
    let written = fwrite(bytes, 1, bytes.count, stream)
    guard fclose(stream) == 0, written == bytes.count, command("mount", "-o", "loop", copy, folder.path + "/after")
    else {
      throw POSIXFailure(call: "mount \(copy)", code: EIO)
    }
    body(folder.path + "/after")
    command("umount", folder.path + "/after")
  }

  /// The image at one moment: read until two readings agree, so that nothing was written in between.
  private func quietImage() -> [UInt8]? {
    var last: [UInt8] = []
    for _ in 0..<100 {
      guard let now = readFile(cPath(image)) else { return nil }
      if now.count == last.count, memcmp(now, last, now.count) == 0 { return now }
      last = now
    }
    return nil
  }

  /// Whether such a disk can be made here.
  static let isPossible = geteuid() == 0 && (try? LoopDisk()) != nil
}

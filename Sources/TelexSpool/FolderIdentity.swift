internal import Glibc

/// Which directory a path leads to: device, inode and mount.
///
/// A folder replaced, renamed or mounted over raises no event, and a watch stays with the directory it was set on. So
/// the spool compares, every five seconds, where the path leads with where it is watching.
struct FolderIdentity: Equatable {
  let device: UInt64
  let inode: UInt64
  let mount: UInt64

  init(of descriptor: Int32, _ fileSystem: any FileSystem) throws(Errno) {
    let status = try fileSystem.status(of: descriptor)
    device = status.device
    inode = status.inode
    // Old kernels know no mount ids: then device and inode must do.
    mount = (try? fileSystem.mountID(of: descriptor)) ?? 0
  }

  /// Of the directory `path` leads to now. The directory is opened for a moment only, without reading rights.
  init(ofPath path: [UInt8], _ fileSystem: any FileSystem) throws(Errno) {
    let descriptor = try fileSystem.open(path, at: AT_FDCWD, flags: O_RDONLY | O_DIRECTORY, mode: 0)
    defer { fileSystem.release(descriptor) }
    try self.init(of: descriptor, fileSystem)
  }
}

/// The kind of filesystem a folder is on, as far as it decides whether notifications can be trusted.
package struct FileSystemType: Equatable {
  /// As statfs(2) gives it.
  package let magic: UInt64

  package init(magic: UInt64) { self.magic = magic }

  /// As mount(8) calls it, or the magic number in hexadecimal.
  package var name: String { Self.known[magic]?.name ?? "0x" + String(magic, radix: 16) }

  /// Whether others can change files without the kernel here noticing.
  package var isShared: Bool { Self.known[magic]?.isShared ?? false }

  /// Magic numbers of statfs(2).
  private static let known: [UInt64: (name: String, isShared: Bool)] = [
    0xEF53: ("ext4", false), 0x0102_1994: ("tmpfs", false), 0x5846_5342: ("xfs", false),
    0x9123_683E: ("btrfs", false), 0x794C_7630: ("overlay", false), 0xF2F5_2010: ("f2fs", false),
    0x2FC1_2FC1: ("zfs", false), 0x4D44: ("vfat", false), 0x2011_BAB0: ("exfat", false),
    0x8584_58F6: ("ramfs", false), 0xCA45_1A4E: ("bcachefs", false),
    0x6969: ("nfs", true), 0xFF53_4D42: ("cifs", true), 0xFE53_4D42: ("smb2", true), 0x517B: ("smb", true),
    0x0102_1997: ("9p", true), 0x6573_5546: ("fuse", true), 0x00C3_6400: ("ceph", true),
    0x5346_414F: ("afs", true), 0x0BD0_0BD0: ("lustre", true), 0x0116_1970: ("gfs2", true),
    0x7461_636F: ("ocfs2", true), 0x786F_4256: ("vboxsf", true), 0xBACB_ACBC: ("vmhgfs", true),
  ]
}

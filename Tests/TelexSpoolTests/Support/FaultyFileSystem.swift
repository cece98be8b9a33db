import Glibc

@testable import TelexSpool

/// The real system calls, except those a test wants to fail; and an account of what is open.
final class FaultyFileSystem: FileSystem {
  enum Call: Hashable {
    case open, openBeneath, close, status, read, write, synchronize, rename, remove, entries, probeLease
    case makeWatchInstance, addWatch
  }

  /// Fails calls of one kind, on names that `matches` accepts, with an error: the first `skipping` pass, then `times`
  /// fail.
  struct Rule {
    let call: Call
    let error: Errno
    var skipping = 0
    var times = Int.max
    var matches: (String) -> Bool = { _ in true }
  }

  private let system = LinuxFileSystem()
  private var rules: [Rule] = []
  private var names: [Int32: String] = [:]
  private var watches: Set<Int32> = []
  /// Of calls that were made, failed ones included.
  private(set) var counts: [Call: Int] = [:]

  /// Open descriptors beyond which none is given out.
  var descriptorLimit = Int.max
  /// No read or write moves more bytes than this.
  var transferLimit = Int.max
  /// Notifications vanish.
  var swallowsEvents = false
  var fileSystemMagic: UInt64?
  /// No mount is in the table of mounts, as that of a chroot's root.
  var hidesMounts = false
  /// Called before each call, with its kind and name: for a racer.
  var before: ((Call, String) -> Void)?

  var openDescriptors: Int { names.count }
  var openNames: [String] { names.values.sorted() }

  func fail(
    _ call: Call, _ error: Int32, skipping: Int = 0, times: Int = .max,
    where matches: @escaping (String) -> Bool = { _ in true }
  ) {
    rules.append(Rule(call: call, error: Errno(error), skipping: skipping, times: times, matches: matches))
  }

  func heal() { rules = [] }

  private func pass(_ call: Call, _ name: String) throws(Errno) {
    counts[call, default: 0] += 1
    before?(call, name)
    for index in rules.indices where rules[index].call == call && rules[index].matches(name) {
      if rules[index].skipping > 0 {
        rules[index].skipping -= 1
      } else if rules[index].times > 0 {
        rules[index].times -= 1
        throw rules[index].error
      }
    }
  }

  private func name(_ descriptor: Int32) -> String { names[descriptor] ?? "" }

  private func opened(_ descriptor: Int32, _ name: [UInt8]) -> Int32 {
    names[descriptor] = String(decoding: name, as: UTF8.self)
    return descriptor
  }

  private func checkLimit() throws(Errno) { if names.count >= descriptorLimit { throw Errno(EMFILE) } }

  func open(_ path: [UInt8], at directory: Int32, flags: Int32, mode: UInt32) throws(Errno) -> Int32 {
    try checkLimit()
    // Reopened through /proc, a file keeps its name.
    var shown = path
    let prefix = "/proc/self/fd/"
    let text = String(decoding: path, as: UTF8.self)
    if text.hasPrefix(prefix), let descriptor = Int32(text.dropFirst(prefix.count)) {
      shown = Array(name(descriptor).utf8)
    }
    try pass(.open, String(decoding: shown, as: UTF8.self))
    return opened(try system.open(path, at: directory, flags: flags, mode: mode), shown)
  }

  func openBeneath(_ name: [UInt8], at directory: Int32, flags: Int32) throws(Errno) -> Int32 {
    try checkLimit()
    try pass(.openBeneath, String(decoding: name, as: UTF8.self))
    return opened(try system.openBeneath(name, at: directory, flags: flags), name)
  }

  func close(_ descriptor: Int32) throws(Errno) {
    let name = name(descriptor)
    names[descriptor] = nil
    watches.remove(descriptor)
    // As in the kernel, the descriptor is gone though closing fails.
    try system.close(descriptor)
    try pass(.close, name)
  }

  func status(of descriptor: Int32) throws(Errno) -> FileStatus { try system.status(of: descriptor) }

  func status(of name: [UInt8], at directory: Int32) throws(Errno) -> FileStatus {
    try pass(.status, String(decoding: name, as: UTF8.self))
    return try system.status(of: name, at: directory)
  }

  func mountID(of descriptor: Int32) throws(Errno) -> UInt64 {
    try system.mountID(of: descriptor) + (hidesMounts ? 1 << 40 : 0)
  }

  func fileSystemType(of descriptor: Int32) throws(Errno) -> UInt64 {
    if let fileSystemMagic { return fileSystemMagic }
    return try system.fileSystemType(of: descriptor)
  }

  func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try pass(.read, name(descriptor))
    guard !watches.contains(descriptor) else {
      let count = try system.read(descriptor, into: buffer)
      if swallowsEvents { throw Errno(EAGAIN) }
      return count
    }
    return try system.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(transferLimit)))
  }

  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) throws(Errno) -> Int {
    try pass(.write, name(descriptor))
    return try system.write(descriptor, UnsafeRawBufferPointer(rebasing: bytes.prefix(transferLimit)))
  }

  func synchronize(_ descriptor: Int32) throws(Errno) {
    try pass(.synchronize, name(descriptor))
    try system.synchronize(descriptor)
  }

  func setMode(of descriptor: Int32, _ mode: UInt32) throws(Errno) { try system.setMode(of: descriptor, mode) }
  func setGroup(of descriptor: Int32, _ group: UInt32) throws(Errno) { try system.setGroup(of: descriptor, group) }

  func rename(
    _ name: [UInt8], at directory: Int32, to newName: [UInt8], at newDirectory: Int32, replacing: Bool
  ) throws(Errno) {
    try pass(.rename, String(decoding: newName, as: UTF8.self))
    try system.rename(name, at: directory, to: newName, at: newDirectory, replacing: replacing)
  }

  func remove(_ name: [UInt8], at directory: Int32) throws(Errno) {
    try pass(.remove, String(decoding: name, as: UTF8.self))
    try system.remove(name, at: directory)
  }

  func makeDirectory(_ name: [UInt8], at directory: Int32, mode: UInt32) throws(Errno) {
    try system.makeDirectory(name, at: directory, mode: mode)
  }

  func entries(of directory: Int32, into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try pass(.entries, name(directory))
    return try system.entries(of: directory, into: buffer)
  }

  func probeLease(on descriptor: Int32) throws(Errno) {
    try pass(.probeLease, name(descriptor))
    try system.probeLease(on: descriptor)
  }

  func lock(_ descriptor: Int32) throws(Errno) { try system.lock(descriptor) }
  func unlock(_ descriptor: Int32) throws(Errno) { try system.unlock(descriptor) }

  func makeWatchInstance() throws(Errno) -> Int32 {
    try checkLimit()
    try pass(.makeWatchInstance, "inotify")
    let descriptor = opened(try system.makeWatchInstance(), Array("inotify".utf8))
    watches.insert(descriptor)
    return descriptor
  }

  func addWatch(_ instance: Int32, on path: [UInt8], mask: UInt32) throws(Errno) -> Int32 {
    try pass(.addWatch, String(decoding: path, as: UTF8.self))
    return try system.addWatch(instance, on: path, mask: mask)
  }
}

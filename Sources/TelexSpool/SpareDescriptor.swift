internal import Glibc

/// A descriptor kept for the moment when there are no others: given up, the work in hand can be finished.
final class SpareDescriptor {
  private var descriptor: Int32?
  private let fileSystem: any FileSystem

  init(_ fileSystem: any FileSystem) {
    self.fileSystem = fileSystem
    restore()
  }

  /// Runs `body`; where it fails for want of a descriptor, gives up the spare one and runs it once more.
  /// - Parameter onUse: told of the error that made the spare one necessary.
  func lend<Value>(
    _ body: () throws(Errno) -> Value, onUse: (Errno) -> Void
  ) throws(Errno) -> Value {
    do throws(Errno) {
      return try body()
    } catch {
      guard Fault(reading: error) == .descriptors, let descriptor else { throw error }
      fileSystem.release(descriptor)
      self.descriptor = nil
      onUse(error)
      defer { restore() }
      return try body()
    }
  }

  /// Takes a spare descriptor again. False where there still is none.
  @discardableResult
  func restore() -> Bool {
    if descriptor == nil {
      descriptor = try? fileSystem.open(Array("/dev/null".utf8), at: AT_FDCWD, flags: O_RDONLY, mode: 0)
    }
    return descriptor != nil
  }

  func close() {
    if let descriptor { fileSystem.release(descriptor) }
    descriptor = nil
  }
}

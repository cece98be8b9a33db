internal import Glibc

/// What becomes of inputs after their results, and of results after their inputs, where the administrator wants
/// something else than leaving both alone.
extension Session {
  func isDisposed(isRejected: Bool) -> Bool {
    isRejected ? configuration.onFailure != .keep : configuration.onSuccess != .keep
  }

  func dispose(_ name: [UInt8], _ analysed: FileStatus, sha256: String?, isRejected: Bool) {
    let disposal = Disposal(folder: folder, fileSystem: fileSystem)
    var action = "move"
    do throws(Disposal.Failure) {
      switch (isRejected, configuration.onSuccess, configuration.onFailure) {
      case (false, .keep, _), (true, _, .keep): return
      case (false, .move(let target), _), (true, _, .move(let target)):
        try disposal.move(name, analysed, to: target, sha256: sha256)
      case (false, .delete, _):
        action = "delete"
        try disposal.delete(name, analysed)
      }
      if let marker = configuration.marker { try? fileSystem.remove(name + marker, at: folder.descriptor) }
    } catch {
      switch error {
      // The event of the replacement brings the new content to its turn.
      case .replaced: break
      case .system(let cause):
        if cause.code != ENOENT || (try? fileSystem.status(of: name, at: folder.descriptor)) != nil {
          report(.policyFailed(name: name, action: action, errno: cause))
        }
      }
    }
  }

  private var removesResults: Bool {
    configuration.onDelete == .remove && configuration.onSuccess == .keep && configuration.onFailure == .keep
  }

  /// The input was deleted or renamed away before our eyes.
  func removeResults(ofDeleted name: [UInt8]) {
    guard removesResults, isGone(name), isFolderUnchanged else { return }
    removeIfOurs(ResultName.of(name))
    removeItems(of: name, from: 1)
  }

  /// Removes the results of items that the input no longer has.
  func removeItems(of name: [UInt8], from first: Int) {
    var number = first
    while removeIfOurs(ResultName.of(name, item: number), about: name) { number += 1 }
  }

  /// Results that a scan found without their input. More than a tenth of them at once looks like an accident.
  func removeOrphans(_ orphans: [[UInt8]], count: Int, ofResults results: Int) {
    guard removesResults, count > 0 else { return }
    guard count <= max(1, results / 10), isFolderUnchanged else {
      return report(.removalRefused(orphans: count, results: results))
    }
    for orphan in orphans { removeIfOurs(orphan) }
  }

  func isGone(_ name: [UInt8]) -> Bool {
    do throws(Errno) {
      _ = try fileSystem.status(of: name, at: folder.descriptor)
      return false
    } catch {
      return error.code == ENOENT
    }
  }

  private var isFolderUnchanged: Bool {
    (try? FolderIdentity(ofPath: configuration.folder, fileSystem)) == folder.identity
  }

  /// Whether there was such a result, of ours, whose input is not `about` or is gone.
  @discardableResult
  private func removeIfOurs(_ result: [UInt8], about name: [UInt8]? = nil) -> Bool {
    guard case .ours(let identity?, _)? = try? ledger.standing(of: result) else { return false }
    if let name {
      guard identity.name == name else { return false }
    } else if let input = identity.name, !isGone(input) {
      return false
    }
    return (try? fileSystem.remove(result, at: folder.descriptor)) != nil
  }
}

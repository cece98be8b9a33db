/// Everything about the folder that an administrator can choose. Paths and names are raw bytes.
package struct SpoolConfiguration: Sendable, Equatable {
  /// What becomes of an input after its result is published.
  package enum SuccessPolicy: Sendable, Equatable {
    case keep
    /// Into another folder of the same filesystem: an absolute path, or one relative to the drop folder.
    case move(to: [UInt8])
    case delete
  }

  /// What becomes of an input after its refusal is published. Never deleted.
  package enum FailurePolicy: Sendable, Equatable {
    case keep
    case move(to: [UInt8])
  }

  /// What becomes of a result when its input is deleted.
  package enum DeletionPolicy: Sendable, Equatable {
    case keep
    /// The result goes too. Has no effect where inputs are moved or deleted by us.
    case remove
  }

  /// Whose files are taken.
  package enum OwnerPolicy: Sendable, Equatable {
    /// Anyone's, except that a file with several hard links must be owned by us, the folder's owner or its group: the
    /// drop folder must not become a way to read what the sender could not.
    case checkLinks
    /// Every file must be owned by us, the folder's owner or its group.
    case checkAll
    case any
  }

  /// The drop folder.
  package var folder: [UInt8]
  /// Larger files are refused unread. Bytes.
  package var sizeLimit = 16 << 20
  /// How long a file must stand still where the kernel can't tell whether it is still open for writing.
  package var quietPeriod = Duration.milliseconds(500)
  /// How long after its last change a file that ends too early is waited for.
  package var grace = Duration.seconds(30)
  /// Between two rescans of a folder whose events arrive.
  package var rescanPeriod = Duration.seconds(300)
  /// Between two rescans of a folder whose events don't.
  package var pollingPeriod = Duration.seconds(10)
  /// Names held in memory at most; the folder itself keeps the rest.
  package var backlogLimit = 4096
  /// Names that are never inputs, beside the built-in ones. `*` stands for any bytes, `?` for one, `[…]` for a set.
  package var ignoredPatterns: [[UInt8]] = []
  /// Where set (`.done`), a file `N` is taken only once the file `N` + this suffix exists.
  package var marker: [UInt8]?
  package var onSuccess = SuccessPolicy.keep
  package var onFailure = FailurePolicy.keep
  package var onDelete = DeletionPolicy.keep
  /// Permission bits of results, whatever the umask. Their group is the folder's.
  package var resultMode: UInt32 = 0o640
  package var ownerPolicy = OwnerPolicy.checkLinks
  /// Whether results of another engine version or configuration are made anew, in the background.
  package var renewsOldResults = true
  /// For crash counters and the index; nothing is remembered between runs where nil.
  package var stateDirectory: [UInt8]?
  /// Whether `start()` throws where the folder is missing, rather than wait for it.
  package var requiresFolderAtStart = false

  package init(folder: [UInt8]) { self.folder = folder }
}

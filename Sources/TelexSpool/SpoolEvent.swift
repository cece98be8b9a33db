/// What the spool tells the outside: one case for each kind of journal entry. Names are raw bytes.
package enum SpoolEvent: Sendable, Equatable {
  /// The folder is open and watched. Sent at start and each time the folder comes back.
  case started(Started)
  /// The first listing has been read; `backlog` files wait.
  case ready(backlog: Int)
  /// A result is durable.
  case processed(Publication)
  /// A result that stood is marked as taken back by a kill notice.
  case withdrawn(result: [UInt8])
  /// A refusal is durable.
  case rejected(Publication, code: String, message: String)
  /// A dispatch that killed its workers was set aside.
  case quarantined(name: [UInt8], sha256: String, code: String, attempts: Int, directory: [UInt8])
  /// A worker died on a dispatch, which will be tried again.
  case workerFailed(name: [UInt8], sha256: String, failure: Outcome.Failure, attempt: Int)
  /// The daemon itself had died with this dispatch in hand; it will be tried alone.
  case suspect(name: [UInt8], attempt: Int)

  /// An episode of a passing fault begins; `name` is the first file concerned.
  case transientOpened(Transient)
  /// It is over.
  case transientClosed(Transient)

  /// The kernel dropped notifications; a scan follows.
  case overflow
  /// A scan ended.
  case rescanned(Rescan)
  /// Notifications don't arrive, or can't: the folder is polled.
  case polling(PollingReason)
  /// Notifications arrive again.
  case eventsBack
  /// A limit of inotify was hit; `sysctl` names it.
  case inotifyLimit(sysctl: String, errno: Errno)
  case folderLost(FolderLoss)
  case folderBack(suspended: Duration)

  /// A file that is no result of ours has the result's name; the input waits until it goes.
  case nameConflict(name: [UInt8], result: [UInt8])
  /// The input changed while it was analysed; the outcome was dropped.
  case superseded(name: [UInt8])
  /// The input went away before its result was published.
  case gone(name: [UInt8])
  /// A move or delete after publication failed; the result stands.
  case policyFailed(name: [UInt8], action: String, errno: Errno)
  /// So many results have lost their input at once that none was removed.
  case removalRefused(orphans: Int, results: Int)
  /// The state directory can't be written; work goes on without memory of crashes.
  case stateFailed(file: String, errno: Errno)
  /// All work in hand is done and the state saved.
  case drained

  package struct Started: Sendable, Equatable {
    package var folder: [UInt8]
    /// Name of the filesystem (`ext4`, `nfs`), or its magic number in hexadecimal.
    package var fileSystem: String
    package var mode: WatchMode
  }

  package struct Publication: Sendable, Equatable {
    package var name: [UInt8]
    /// Nil where the input was refused unread.
    package var sha256: String?
    /// Bytes of the input.
    package var size: Int
    package var result: [UInt8]
    /// From the moment the file was first seen to the durable result.
    package var latency: Duration
    package var attempt: Int
  }

  package struct Transient: Sendable, Equatable {
    package var errno: Errno
    /// First file concerned, where the fault is a file's.
    package var name: [UInt8]?
    /// Whether nothing is taken while it lasts.
    package var pauses: Bool
    /// Zero at opening.
    package var duration: Duration
    /// Failures counted so far.
    package var count: Int
  }

  package struct Rescan: Sendable, Equatable {
    package enum Cause: String, Sendable { case start, periodic, overflow, drained, requested, polling, folderBack }
    package var cause: Cause
    /// Entries read.
    package var listed: Int
    /// Files that wait for work after it.
    package var waiting: Int
    package var unaccounted: Int
    package var duration: Duration
  }
}

/// How the spool learns of new files.
package enum WatchMode: String, Sendable { case events, polling, suspended }

package enum PollingReason: Sendable, Equatable {
  /// The filesystem is shared or virtual, so others' changes raise no event here.
  case fileSystem(String)
  /// The cookie test failed.
  case blind
  case unavailable(Errno)
}

package enum FolderLoss: String, Sendable {
  case missing, replaced, unmounted, unreadable, locked, workspace

  /// For the operator, after "the folder can't be worked on: ".
  package var meaning: String {
    switch self {
    case .missing: "it is not there"
    case .replaced: "another folder has taken its place"
    case .unmounted: "its file system is not mounted"
    case .unreadable: "the service may not read it"
    case .locked: "another telexd serves it"
    case .workspace: "the service can't write in it (permissions, or ReadWritePaths= of its unit)"
    }
  }
}

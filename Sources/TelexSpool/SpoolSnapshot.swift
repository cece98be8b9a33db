/// Counters and gauges of the spool at one moment, for `status.json` and the metrics.
package struct SpoolSnapshot: Sendable, Equatable {
  package var mode = WatchMode.suspended
  /// Why the folder is polled; nil while events arrive.
  package var pollingReason: PollingReason?
  /// Why the folder can't be worked on; nil while it can.
  package var folderLoss: FolderLoss?
  package var fileSystem = ""

  /// Files that wait for work: held in memory, and counted in the folder beyond that.
  package var waiting = 0
  /// Files of `waiting` by why they do: `settling`, `ready`, `permission`, `incomplete`, `name-conflict`, ….
  package var waitingByReason: [String: Int] = [:]
  /// Time since the file that waits longest was first seen; nil while none waits.
  package var oldestWaiting: Duration?
  /// Dispatches in the handler's hands.
  package var inHand = 0

  package var arrivals = 0
  package var results = 0
  package var rejections: [String: Int] = [:]
  package var quarantined = 0
  package var superseded = 0
  /// Results that stood and were marked as taken back.
  package var withdrawn = 0
  /// Entries of the last scan that are no inputs: patterns, links, pipes, folders.
  package var ignored = 0
  /// Failures of system calls that were or will be tried again, by name of error.
  package var retries: [String: Int] = [:]

  package var inotifyEvents = 0
  package var overflows = 0
  package var rescans = 0
  /// Files no event had announced, in rescans where it should have. Zero on a sound system.
  package var foundOnlyByRescan = 0
  /// Time the last test notification took; nil before the first.
  package var cookieRoundTrip: Duration?
  package var folderChanges = 0
  /// Inputs at the end of the last rescan that are neither done, nor waiting, nor explained. Zero, or there is a bug.
  package var unaccounted = 0

  /// Error for which everything is paused; nil while nothing is.
  package var breaker: Errno?
  /// For how long it has been.
  package var breakerOpenFor: Duration?
  package var isDraining = false

  /// From first sight of a file to its durable result, over the whole run.
  package var latency = LatencyHistogram()

  package init() {}
}

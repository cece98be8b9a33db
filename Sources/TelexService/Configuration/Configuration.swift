/// What an administrator chose, checked and complete: one value for each row of `Setting.all`.
///
/// The values written here are the defaults. `ConfigurationLoader` makes a configuration from flags, environment and file.
package struct Configuration: Sendable, Equatable {
  // MARK: The folder
  package var folder = "/var/spool/telex"
  package var folderMissing = FolderMissing.wait
  package var ignore: [String] = []
  /// Suffix of the sender's marker file (`.done`); empty: no marker is waited for.
  package var marker = ""
  package var ownerPolicy = OwnerPolicy.checkLinks
  package var quietPeriod = Duration.milliseconds(500)
  package var grace = Duration.seconds(30)
  package var rescanPeriod = Duration.seconds(300)
  package var pollingPeriod = Duration.seconds(10)

  // MARK: Inputs and results
  package var onSuccess = SuccessAction.keep
  package var onFailure = FailureAction.keep
  package var onDelete = DeleteAction.keep
  /// Where `move` puts inputs that were analysed; empty while nothing is moved.
  package var successFolder = ""
  /// Where `move` puts inputs that were refused; empty while nothing is moved.
  package var failureFolder = ""
  /// Permission bits of a result file.
  package var resultMode = 0o640
  package var reanalyse = Reanalyse.background

  // MARK: Workers
  /// Number of worker processes; 0: one a core.
  package var workers = 0
  /// Address space a worker may use, in bytes.
  package var workerMemory = 1 << 30
  package var deadline = Duration.seconds(10)
  /// Largest input that is read, in bytes.
  package var sizeLimit = 16 << 20

  // MARK: The service
  /// Journal entries a second about single dispatches; the rest is counted and summed up.
  package var journalRate = 20
  package var runtimeDirectory = "/run/telex"
  package var stateDirectory = "/var/lib/telex"
  /// Empty: the data installed beside the program.
  package var resources = ""

  package init() {}

  package enum FolderMissing: String, Sendable, CaseIterable { case wait, fail }
  /// Whose files are read: with `checkLinks` anyone's, but those with several hard links only of trusted owners.
  package enum OwnerPolicy: String, Sendable, CaseIterable {
    case checkLinks = "check_links"
    case checkAll = "check_all"
    case any
  }
  package enum SuccessAction: String, Sendable, CaseIterable { case keep, move, delete }
  package enum FailureAction: String, Sendable, CaseIterable { case keep, move }
  /// What becomes of a result whose input was deleted.
  package enum DeleteAction: String, Sendable, CaseIterable { case keep, remove }
  /// What becomes of results made by another version of the engine or with other settings.
  package enum Reanalyse: String, Sendable, CaseIterable { case background, never }
}

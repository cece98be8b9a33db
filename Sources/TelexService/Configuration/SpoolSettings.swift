package import TelexSpool

extension Configuration {
  /// The part that concerns the folder, in the spool's own terms.
  package var spool: SpoolConfiguration {
    var spool = SpoolConfiguration(folder: Array(folder.utf8))
    spool.sizeLimit = sizeLimit
    spool.quietPeriod = quietPeriod
    spool.grace = grace
    spool.rescanPeriod = rescanPeriod
    spool.pollingPeriod = pollingPeriod
    spool.ignoredPatterns = ignore.map { Array($0.utf8) }
    spool.marker = marker.isEmpty ? nil : Array(marker.utf8)
    spool.onSuccess =
      switch onSuccess {
      case .keep: .keep
      case .move: .move(to: Array(successFolder.utf8))
      case .delete: .delete
      }
    spool.onFailure =
      switch onFailure {
      case .keep: .keep
      case .move: .move(to: Array(failureFolder.utf8))
      }
    spool.onDelete = onDelete == .remove ? .remove : .keep
    spool.resultMode = UInt32(resultMode)
    spool.ownerPolicy =
      switch ownerPolicy {
      case .checkLinks: .checkLinks
      case .checkAll: .checkAll
      case .any: .any
      }
    spool.renewsOldResults = reanalyse == .background
    spool.stateDirectory = Array(stateDirectory.utf8)
    spool.requiresFolderAtStart = folderMissing == .fail
    return spool
  }
}

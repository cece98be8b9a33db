import TelexSpool
import Testing

@testable import TelexService

@Suite struct SpoolSettingsTests {
  /// The two sets of defaults are one.
  @Test func defaultsAreTheSpoolsOwn() {
    var expected = SpoolConfiguration(folder: Array("/var/spool/telex".utf8))
    expected.stateDirectory = Array("/var/lib/telex".utf8)
    #expect(Configuration().spool == expected)
  }

  @Test func everyChoiceReachesTheSpool() throws {
    let spool = try ConfigurationLoader(flags: [
      "on_success": "move", "success_folder": "/done", "on_failure": "move", "failure_folder": "/bad",
      "owner_policy": "any", "reanalyse": "never", "folder_missing": "fail", "marker": ".ok", "result_mode": "600",
      "ignore": "*.a", "size_limit": "1 KiB", "quiet_period": "1 s", "grace": "2 s", "rescan_period": "3 s",
      "polling_period": "4 s",
    ]).load().spool
    #expect(spool.onSuccess == .move(to: Array("/done".utf8)))
    #expect(spool.onFailure == .move(to: Array("/bad".utf8)))
    #expect(spool.ownerPolicy == .any)
    #expect(!spool.renewsOldResults)
    #expect(spool.requiresFolderAtStart)
    #expect(spool.marker == Array(".ok".utf8))
    #expect(spool.resultMode == 0o600)
    #expect(spool.ignoredPatterns == [Array("*.a".utf8)])
    #expect(spool.sizeLimit == 1024)
    #expect(spool.quietPeriod == .seconds(1))
    #expect(spool.grace == .seconds(2))
    #expect(spool.rescanPeriod == .seconds(3))
    #expect(spool.pollingPeriod == .seconds(4))
    #expect(Configuration(onDeleteRemove: ()).spool.onDelete == .remove)
  }
}

extension Configuration {
  fileprivate init(onDeleteRemove: Void) {
    self.init()
    onDelete = .remove
  }
}

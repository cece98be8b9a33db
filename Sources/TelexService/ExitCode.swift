package import TelexSpool

/// How `telexd` and `telex` end, after sysexits(3); systemd reads them (`RestartPreventExitStatus=`). The numbers from 200
/// to 245 are the service manager's own.
package enum ExitCode: Int32, Sendable {
  case clean = 0
  case usage = 64
  case unavailable = 69
  case fault = 70
  case inputOutput = 74
  /// Another daemon serves the folder already: trying again later may help.
  case temporary = 75
  case permission = 77
  case configuration = 78

  /// What a spool that could not start means for the process.
  package init(_ error: SpoolError) {
    self =
      switch error.code {
      case .locked: .temporary
      case .folderMissing, .workspace, .unchangeable: .configuration
      case .permission: .permission
      case .state, .system: .inputOutput
      }
  }
}

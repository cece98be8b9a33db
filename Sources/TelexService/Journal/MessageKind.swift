/// Everything the service ever says to the journal: a closed list, each kind with an id that never changes.
///
/// The raw value is the `MESSAGE_ID`. The catalogues (`systemd/telex.catalog`, `systemd/telex.fr.catalog`) explain each
/// of them to the operator, and a test holds the three lists to each other.
package enum MessageKind: String, CaseIterable, Sendable {
  // The service's life.
  case started = "15a9f60b2a7e4d4fbe44dbacc3e61196"
  case ready = "82bb2963a75d41e0ad35255fc9ee8ceb"
  case reloaded = "c48e61c1c4c04618b596953fdce1e7dc"
  case reloadInvalid = "21e82405fe204c5bbb619240ac98b4d7"
  case stopping = "217bca680d10488a90a4861d1f132f95"
  case stopped = "bb6b02ab7e2b40f3bdb39d15202cd051"
  case fatal = "0f91f842d5ef415994ebd6ce633a87f2"
  // One dispatch.
  case processed = "5fbf8baeb7604d2da2ac46009856b58f"
  case processedMany = "23f43b133cd74d60b1d978045fac274a"
  case rejected = "67f35de14ec84345acaf1c66aa9901a1"
  case withdrawn = "e2b7c04d9f3a4c1f8a5d60b1f7c3d2a8"
  case quarantined = "2498ee98277f4c08ba363f9537781319"
  case waiting = "ea521e36be344d9ba2e75672147eede0"
  case nameConflict = "54c8bb2a8bf746a49eef8259b47dbd59"
  case cleanUpFailed = "724ea781ad1a4f27b494d6bdc73eca59"
  case removalRefused = "edacedfd2bc24b3493ae44329c0d3451"
  // The folder and what tells of it.
  case paused = "b9d34a09b7e344c9b366c92a79b7d708"
  case resumed = "fb6be806405b4da680bcd122fcec7a6d"
  case overflow = "05f7189f65bc4a5f97518e4fc088f552"
  case eventsBlind = "57c4e00f0ad247e9aa8b8f24df89758b"
  case eventsBack = "0f530b7f411346e5bb07b34c8a604d80"
  case watchLimit = "f84f9d4c47c94ff4b6b75e8d1eaaa744"
  case folderLost = "142f82a9f46d4dee97e13fe64cd015b2"
  case folderBack = "9a57ab403d63440a8bf4036459e1c591"
  // The workers, files of our own, and the journal itself.
  case workerDied = "b1120540545f42e0b5a04a585cfa020a"
  case workerStartFailed = "b7cb7d0dee934890929dfd4d5f85e2b6"
  case stateUnwritable = "556ae7a2d7a041908338fe36dde93eb8"
  case entriesLost = "0c74af94ce8a48119d665603ead8922b"

  /// The name in the code, in catalogues and in the plain lines of a terminal.
  package var name: String { String(describing: self) }

  /// Priority of syslog(3): 2 critical, 3 error, 4 warning, 5 notice, 6 information.
  package var priority: Int {
    switch self {
    case .fatal: 2
    case .reloadInvalid, .quarantined, .workerStartFailed: 3
    case .rejected, .waiting, .nameConflict, .cleanUpFailed, .removalRefused, .paused, .overflow, .eventsBlind,
      .watchLimit, .folderLost, .workerDied, .stateUnwritable, .entriesLost:
      4
    case .withdrawn, .started, .reloaded, .stopping, .stopped, .resumed, .eventsBack, .folderBack: 5
    case .ready, .processed, .processedMany: 6
    }
  }
}

/// One thing that `telex check` looked at.
struct Check: Equatable {
  enum State: String { case ok, warn, fail }

  let name: String
  let state: State
  let message: String
  /// What to do; empty where all is well.
  let remedy: String

  static func ok(_ name: String, _ message: String) -> Check {
    Check(name: name, state: .ok, message: message, remedy: "")
  }

  static func warn(_ name: String, _ message: String, remedy: String) -> Check {
    Check(name: name, state: .warn, message: message, remedy: remedy)
  }

  static func fail(_ name: String, _ message: String, remedy: String) -> Check {
    Check(name: name, state: .fail, message: message, remedy: remedy)
  }
}

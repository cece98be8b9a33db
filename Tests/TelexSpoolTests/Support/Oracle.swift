import Testing

@testable import TelexSpool

/// What must hold whenever a spool has come to rest, whatever was done to it before.
///
/// Every eligible input has exactly one valid result for its very content; nothing of ours lies among the user's files;
/// the inputs are what the sender wrote; reconciliation accounts for everything; no descriptor has leaked.
/// - Parameter inputs: what the sender wrote, by name; each must still be there, and its result must be about it.
/// - Parameter rejected: inputs whose result is a refusal, with its code.
func expectOracle(
  _ rig: SpoolRig, _ inputs: [String: String], rejected: [String: String] = [:],
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  for (name, content) in inputs.sorted(by: { $0.key < $1.key }) {
    #expect(rig.folder.text(name) == content, "the input \(name) was touched", sourceLocation: sourceLocation)
    #expect(rig.result(name) == content, "result of \(name)", sourceLocation: sourceLocation)
  }
  for (name, code) in rejected.sorted(by: { $0.key < $1.key }) {
    #expect(rig.status(name) == "rejected \(code)", "refusal of \(name)", sourceLocation: sourceLocation)
  }

  #expect(rig.folder.names(in: ".telex/tmp").isEmpty, "temporaries are left", sourceLocation: sourceLocation)
  #expect(rig.folder.names(in: ".telex/deleting").isEmpty, sourceLocation: sourceLocation)
  #expect(
    !rig.folder.names().contains(Heartbeat.cookieName), "the cookie is left", sourceLocation: sourceLocation)

  var unexplained: [String] = []
  _ = try Reconciliation(configuration: rig.configuration, reader: rig.handler).run { entry in
    switch entry.standing {
    case .done, .failed, .ignored: break
    case .stale, .pending, .orphan, .foreign, .unaccounted:
      unexplained.append("\(String(decoding: entry.name, as: UTF8.self)): \(entry.standing)")
    }
  }
  #expect(unexplained.isEmpty, "reconciliation", sourceLocation: sourceLocation)

  let snapshot = rig.spool.snapshot
  #expect(snapshot.unaccounted == 0, sourceLocation: sourceLocation)
  #expect(snapshot.waiting == 0, "\(snapshot.waitingByReason)", sourceLocation: sourceLocation)
  #expect(snapshot.inHand == 0, sourceLocation: sourceLocation)
  #expect(
    rig.system.openNames == rig.descriptorsAtStart, "descriptors have leaked", sourceLocation: sourceLocation)
}

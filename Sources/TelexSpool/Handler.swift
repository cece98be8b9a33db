/// A dispatch taken from the folder: bytes in memory, their digest, and the name they came under.
package struct Claim: Sendable {
  /// Unique while the daemon runs.
  package let id: UInt64
  /// The file's name, raw bytes.
  package let name: [UInt8]
  package let bytes: [UInt8]
  /// Hex digest of `bytes`.
  package let sha256: String
  /// 1 for the first try. From 2 on the dispatch is analysed alone, from 3 on with half the limits.
  package let attempt: Int

  package init(id: UInt64, name: [UInt8], bytes: [UInt8], sha256: String, attempt: Int) {
    self.id = id
    self.name = name
    self.bytes = bytes
    self.sha256 = sha256
    self.attempt = attempt
  }
}

/// A file refused without being analysed, for `Handler.refusal` to put into the words of a result.
package struct Refusal: Sendable, Equatable {
  package let name: [UInt8]
  package let size: Int
  /// Nil where the bytes were never read.
  package let sha256: String?
  /// Code of the closed list of refusals: `too-large`, `owner`, `crash`, `timeout`, `resource`, `truncated` ….
  package let code: String
  package let message: String

  package init(name: [UInt8], size: Int, sha256: String?, code: String, message: String) {
    self.name = name
    self.size = size
    self.sha256 = sha256
    self.code = code
    self.message = message
  }
}

/// What a result file answers for; compared with the input and the running engine to know whether work is done.
package struct ResultIdentity: Sendable, Equatable {
  /// The name of the file it is about (`source.file`, raw bytes); nil where it can't be told.
  package var name: [UInt8]?
  /// Hex digest of the input (`source.sha256`); nil where the input was refused without being read.
  package var sha256: String?
  /// Size of the input (`source.bytes`); tells whether a refusal of an unread file still holds.
  package var size: Int?
  package var version: String
  package var configuration: String
  /// Code of the refusal (`reason.code`); nil for an analysis.
  package var rejection: String?
  /// Seconds since 1970 when it has to be made anew, since an embargo ends; nil where it stands.
  package var until: Int64?

  package init(
    name: [UInt8]? = nil, sha256: String?, size: Int? = nil, version: String, configuration: String,
    rejection: String? = nil, until: Int64? = nil
  ) {
    self.until = until
    self.rejection = rejection
    self.name = name
    self.sha256 = sha256
    self.size = size
    self.version = version
    self.configuration = configuration
  }
}

/// How the analysis of a claim ended.
package enum Outcome: Sendable {
  /// A result ready to publish: bytes of `NAME.telex.json`; for a file with several items, the results of each
  /// (`NAME.1.telex.json` …), which are published before the main one. `rejection` names the code of a refusal.
  case result(main: [UInt8], items: [[UInt8]], rejection: String?)
  /// The same for a file that may not be published before an hour, in seconds since 1970: a notice that is published
  /// now. The file is taken again when the hour has come.
  case withheld(main: [UInt8], items: [[UInt8]], until: Int64)
  /// A structured format that ends too early: wait for its writer, refuse after the grace period.
  case incomplete(code: String, message: String)
  /// The worker died, ran over its deadline or out of memory.
  case failed(Failure)

  package enum Failure: String, Sendable { case crash, timeout, resource }
}

/// Who can read results: all that is needed to tell what is done.
package protocol ResultReader: AnyObject {
  /// What a result file answers for; nil where the bytes are no result of ours, or a damaged one.
  func identity(ofResult bytes: [UInt8]) -> ResultIdentity?
  /// Engine version and configuration fingerprint that new results carry.
  var current: (version: String, configuration: String) { get }
}

/// Who turns claims into results. Called on the spool's own loop; answers later through the `completion` it was given,
/// on the same loop, exactly once a claim.
package protocol Handler: ResultReader {
  /// How many more claims it takes now. The spool asks again after each completion; a handler whose capacity grows by
  /// itself (a worker came up) tells so with `Spool.handlerHasRoom()`.
  var capacity: Int { get }
  func begin(_ claim: Claim, completion: @escaping (Outcome) -> Void)
  /// The claim is of no interest any more (file gone or replaced): its outcome will be ignored.
  func cancel(_ claim: UInt64)
  /// The result file's bytes for a file refused without analysis.
  func refusal(_ refusal: Refusal) -> [UInt8]

  /// What a result says of others: that they are taken back. In words that `withdrawn` understands, nil for nearly all.
  func withdrawal(in result: [UInt8]) -> [UInt8]?
  /// The result marked as taken back, where one of the statements is about it; nil where none is, or it is marked.
  func withdrawn(_ result: [UInt8], by statements: [[UInt8]]) -> [UInt8]?
  /// The main result of a file with several, those of the given names marked; nil where nothing is to be changed.
  func list(_ main: [UInt8], withdrawing names: [[UInt8]]) -> [UInt8]?
}

/// A handler that knows no kill notices.
extension Handler {
  package func withdrawal(in result: [UInt8]) -> [UInt8]? { nil }
  package func withdrawn(_ result: [UInt8], by statements: [[UInt8]]) -> [UInt8]? { nil }
  package func list(_ main: [UInt8], withdrawing names: [[UInt8]]) -> [UInt8]? { nil }
}

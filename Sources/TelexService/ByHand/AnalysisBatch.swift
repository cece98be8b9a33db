import Glibc
import TelexModel
import TelexSpool
package import TelexText

/// Dispatches analysed by hand, without a service: files in, results beside them or in a folder.
///
/// The hostile bytes are read where the service reads them too, in workers: a dispatch that brings one down costs that
/// dispatch and nothing else.
package final class AnalysisBatch {
  /// How one dispatch ended.
  package enum Ending: Sendable, Equatable {
    case analysed
    /// There is a notice instead of a result until the hour of an embargo, in seconds since 1970.
    case withheld(until: Int64)
    /// There is a result, which says why nothing was read.
    case refused(code: String, message: String)
    case unreadable(String)
    case unwritten(String)
  }

  private let configuration: Configuration
  private let loop = EventLoop()
  private let pool: WorkerPool
  private let destination: Destination
  private var observer: (_ input: [UInt8], Ending) -> Void
  private var waiting: ArraySlice<Input>
  private var inHand = 0
  private var lastClaim: UInt64 = 0
  private var startFailures = 0
  private var failure: BatchError?

  /// Where results go.
  package enum Destination {
    case beside
    case folder([UInt8])
    /// To a function, instead of a file.
    case function((_ result: [UInt8]) -> Void)
  }

  /// What is analysed: a file, or an open descriptor under a name.
  package enum Input: Sendable, Equatable {
    case file([UInt8])
    case descriptor(Int32, name: [UInt8])
  }

  /// - Parameters:
  ///   - created: the dispatches' own date, as `CreationDate` reads it; empty: they say it themselves.
  ///   - observer: told the end of each input, in the order in which they end.
  package init(
    _ inputs: [Input], configuration: Configuration, resources: ResourceDirectory, created: String,
    destination: Destination,
    observer: @escaping (_ input: [UInt8], Ending) -> Void
  ) {
    waiting = inputs[...]
    self.configuration = configuration
    self.destination = destination
    self.observer = observer
    var report: (WorkerPool.Event) -> Void = { _ in }
    pool = WorkerPool(
      settings: WorkerPool.Settings(
        workers: min(
          inputs.count, configuration.workers > 0 ? configuration.workers : sysconf(Int32(_SC_NPROCESSORS_ONLN))),
        deadline: configuration.deadline,
        worker: WorkerSettings(
          resources: resources.root, fingerprint: configuration.fingerprint, memory: configuration.workerMemory,
          created: created)),
      loop: loop, executable: "/proc/self/exe", environment: ["SWIFT_BACKTRACE": "enable=no", "LC_ALL": "C.UTF-8"],
      observer: { report($0) })
    report = { [unowned self] in observe($0) }
  }

  /// Whether the file is a result, by its name.
  package static func isResult(path: [UInt8]) -> Bool { ResultName.isReserved(path) }

  /// Analyses all of them; returns when each has ended.
  /// - Throws: `BatchError` where no worker can be started.
  package func run() throws(BatchError) {
    pool.hasRoom = { [unowned self] in feed() }
    pool.start()
    loop.deferToEndOfTick { [unowned self] in feed() }
    loop.run()
    pool.stop()
    if let failure { throw failure }
  }

  private func feed() {
    while pool.capacity > 0, let input = waiting.popFirst() {
      let name = input.name
      do throws(InputFile.Failure) {
        begin(input, try input.read(limit: configuration.sizeLimit), attempt: 1)
      } catch {
        switch error {
        case .unreadable(let reason): observer(input.path, .unreadable(reason))
        case .tooLarge(let size):
          refuse(
            input,
            Refusal(
              name: name, size: size, sha256: nil, code: RejectionCode.tooLarge.rawValue,
              message: "larger than the limit of \(Size.text(configuration.sizeLimit))"))
        }
      }
    }
    if waiting.isEmpty, inHand == 0 { loop.stop() }
  }

  private func begin(_ input: Input, _ file: InputFile, attempt: Int) {
    lastClaim += 1
    inHand += 1
    let claim = Claim(id: lastClaim, name: input.name, bytes: file.bytes, sha256: file.sha256, attempt: attempt)
    pool.begin(claim) { [unowned self] outcome in
      inHand -= 1
      take(outcome, of: input, file, attempt: attempt)
      feed()
    }
  }

  private func take(_ outcome: Outcome, of input: Input, _ file: InputFile, attempt: Int) {
    func refusal(_ code: String, _ message: String) -> Refusal {
      Refusal(name: input.name, size: file.bytes.count, sha256: file.sha256, code: code, message: message)
    }
    switch outcome {
    case .result(let main, let items, nil): publish(input, main, items, .analysed)
    case .result(let main, let items, let code?):
      let message = (try? JSONReader.value(of: main))?["reason"]?["message"]?.string
      publish(input, main, items, .refused(code: code, message: message ?? ""))
    case .withheld(let main, let items, let until): publish(input, main, items, .withheld(until: until))
    case .incomplete(let code, let message): refuse(input, refusal(code, message))
    // As in the service: a second try alone, a third with half the limits.
    case .failed where attempt < 3: begin(input, file, attempt: attempt + 1)
    case .failed(let failure):
      let code: RejectionCode =
        switch failure {
        case .crash: .crash
        case .timeout: .timeout
        case .resource: .resource
        }
      refuse(input, refusal(code.rawValue, "the analysis failed \(attempt) times (\(failure.rawValue))"))
    }
  }

  private func refuse(_ input: Input, _ refusal: Refusal) {
    let result = Engine.refusal(refusal, configuration: configuration.fingerprint)
    publish(input, result, [], .refused(code: refusal.code, message: refusal.message))
  }

  private func publish(_ input: Input, _ main: [UInt8], _ items: [[UInt8]], _ ending: Ending) {
    let folder: [UInt8]
    switch destination {
    case .function(let body):
      body(main)
      return observer(input.path, ending)
    case .beside: folder = input.folder
    case .folder(let path): folder = path
    }
    do throws(ResultFile.Failure) {
      for (index, item) in items.enumerated() {
        try ResultFile(folder: folder, name: ResultName.of(input.name, item: index + 1)).write(item)
      }
      try ResultFile(folder: folder, name: ResultName.of(input.name)).write(main)
      observer(input.path, ending)
    } catch {
      switch error {
      case .foreign:
        observer(input.path, .unwritten("a file that is no result of Telex has its name; move it away"))
      case .system(let reason): observer(input.path, .unwritten(reason))
      }
    }
  }

  /// Workers that don't start are tried again by the pool; here somebody waits, and wants to know.
  private func observe(_ event: WorkerPool.Event) {
    guard case .startFailed(_, let status, let reason, _) = event else { return }
    startFailures += 1
    if status == ExitCode.configuration.rawValue || startFailures >= 5 {
      failure = BatchError(isConfiguration: status == ExitCode.configuration.rawValue, message: reason)
      loop.stop()
    }
  }
}

/// No worker can be started.
package struct BatchError: Error, Equatable {
  /// Whether data files are missing or damaged.
  package let isConfiguration: Bool
  package let message: String
}

extension AnalysisBatch.Input {
  /// The whole path, for messages.
  var path: [UInt8] {
    switch self {
    case .file(let path): path
    case .descriptor(_, let name): name
    }
  }

  /// The last part of the path: the name that the result carries.
  var name: [UInt8] { path.lastIndex(of: 0x2F).map { Array(path[($0 + 1)...]) } ?? path }

  var folder: [UInt8] { path.lastIndex(of: 0x2F).map { Array(path[..<Swift.max($0, 1)]) } ?? Array(".".utf8) }

  func read(limit: Int) throws(InputFile.Failure) -> InputFile {
    switch self {
    case .file(let path): try InputFile(path: path, limit: limit)
    case .descriptor(let number, _): try InputFile(descriptor: number, limit: limit)
    }
  }
}

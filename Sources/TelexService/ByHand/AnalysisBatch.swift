package import TelexModel
import TelexSpool
package import TelexText

/// Dispatches analysed by hand, without a service: files in, results beside them or in a folder.
package struct AnalysisBatch {
  /// How one dispatch ended.
  package enum Ending: Sendable, Equatable {
    case analysed
    /// There is a result, which says why nothing was read.
    case refused(code: String, message: String)
    case unreadable(String)
    case unwritten(String)
  }

  private let engine: Engine
  private let configuration: Configuration
  private let options: Engine.Options

  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(
    configuration: Configuration, resources: ResourceDirectory, created: DocumentTime?
  ) throws(ResourceError) {
    engine = try Engine(resources: resources, configuration: configuration.fingerprint)
    self.configuration = configuration
    options = Engine.Options(created: created)
  }

  /// Whether the file is a result, by its name.
  package static func isResult(path: [UInt8]) -> Bool { path.suffix(11).elementsEqual(".telex.json".utf8) }

  /// Analyses the file and writes its result, and those of its items, into `folder`.
  package func analyse(file path: [UInt8], into folder: [UInt8]?) -> Ending {
    let slash = path.lastIndex(of: 0x2F)
    let name = slash.map { Array(path[($0 + 1)...]) } ?? path
    let beside = slash.map { Array(path[..<max($0, 1)]) } ?? Array(".".utf8)
    let (outcome, ending) = result(name: name) { () throws(InputFile.Failure) in
      try InputFile(path: path, limit: configuration.sizeLimit)
    }
    guard let outcome else { return ending }
    do throws(ResultFile.Failure) {
      for (index, item) in outcome.items.enumerated() {
        try ResultFile(folder: folder ?? beside, name: BatchName.of(name, item: index + 1)).write(item)
      }
      try ResultFile(folder: folder ?? beside, name: BatchName.of(name)).write(outcome.main)
    } catch {
      switch error {
      case .foreign: return .unwritten("a file that is no result of Telex has its name; move it away")
      case .system(let reason): return .unwritten(reason)
      }
    }
    return ending
  }

  /// Analyses what an open descriptor gives, and returns its result instead of writing it.
  package func analyse(descriptor: Int32, name: [UInt8]) -> (result: [UInt8]?, Ending) {
    let (outcome, ending) = result(name: name) { () throws(InputFile.Failure) in
      try InputFile(descriptor: descriptor, limit: configuration.sizeLimit)
    }
    return (outcome?.main, ending)
  }

  private func result(
    name: [UInt8], reading: () throws(InputFile.Failure) -> InputFile
  ) -> ((main: [UInt8], items: [[UInt8]])?, Ending) {
    let file: InputFile
    do throws(InputFile.Failure) {
      file = try reading()
    } catch {
      switch error {
      case .unreadable(let reason): return (nil, .unreadable(reason))
      case .tooLarge(let size):
        return refusal(
          Refusal(
            name: name, size: size, sha256: nil, code: RejectionCode.tooLarge.rawValue,
            message: "larger than the limit of \(Size.text(configuration.sizeLimit))"))
      }
    }
    switch engine.analyse(file.bytes, name: name, sha256: file.sha256, options: options) {
    case .result(let main, let items, nil): return ((main, items), .analysed)
    case .result(let main, let items, let code?):
      return ((main, items), .refused(code: code, message: Self.message(in: main)))
    case .incomplete(let code, let message):
      return refusal(
        Refusal(name: name, size: file.bytes.count, sha256: file.sha256, code: code, message: message))
    case .failed(let failure): return (nil, .unreadable(failure.rawValue))
    }
  }

  private func refusal(_ refusal: Refusal) -> ((main: [UInt8], items: [[UInt8]])?, Ending) {
    let bytes = Engine.refusal(refusal, configuration: configuration.fingerprint)
    return ((bytes, []), .refused(code: refusal.code, message: refusal.message))
  }

  /// The words of a refusal, from its own result.
  private static func message(in result: [UInt8]) -> String {
    (try? JSONReader.value(of: result))?["reason"]?["message"]?.string ?? ""
  }
}

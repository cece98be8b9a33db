import Glibc
import TelexSpool
import TelexText
import Testing

@testable import TelexService

/// What must hold of a drop folder once it is quiet, whatever happened before: each input has exactly one result, whole
/// and right; nothing is left over; nobody touched the inputs.
struct Oracle {
  private let engine: Engine

  /// - Parameter configuration: that of the daemons; results carry its fingerprint.
  init(configuration: Configuration = Configuration()) throws {
    let sources = try packageFile("Sources")
    engine = try Engine(resources: ResourceDirectory(root: sources), configuration: configuration.fingerprint)
  }

  /// The result that an undisturbed run gives.
  func result(of bytes: [UInt8], name: [UInt8]) -> [UInt8] {
    guard case .result(let main, _, _) = engine.analyse(bytes, name: name, sha256: hexDigest(bytes)) else { return [] }
    return main
  }

  /// - Parameter refused: inputs for which a refusal is right, with its code.
  func check(
    _ place: ServicePlace, refused: [String: String] = [:], _ comment: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var expected: Set<[UInt8]> = [Array(".telex".utf8)]
    for (name, bytes) in place.dropped {
      let shown = PrintableText.name(name)
      expected.insert(name)
      expected.insert(name + Array(".telex.json".utf8))
      let isUntouched = readFile(cPath(place.inbox, name)) == bytes
      #expect(isUntouched, "\(shown): the input was touched \(comment)", sourceLocation: sourceLocation)
      guard let result = place.result(of: name) else {
        Issue.record("\(shown): no result \(comment)", sourceLocation: sourceLocation)
        continue
      }
      if let code = refused[String(decoding: name, as: UTF8.self)] {
        let text = String(decoding: result, as: UTF8.self)
        #expect(text.contains("\"code\": \"\(code)\""), "\(shown): \(text)", sourceLocation: sourceLocation)
      } else {
        let isRight = result == self.result(of: bytes, name: name)
        let text = String(decoding: result.prefix(600), as: UTF8.self)
        #expect(isRight, "\(shown): another result \(comment): \(text)", sourceLocation: sourceLocation)
      }
    }
    let others = names(in: place.inbox).filter { !expected.contains($0) }.map(PrintableText.name)
    #expect(others.isEmpty, "left over: \(others) \(comment)", sourceLocation: sourceLocation)
    let temporaries = names(in: place.inbox + "/.telex/tmp").map(PrintableText.name)
    #expect(temporaries.isEmpty, "left in tmp: \(temporaries) \(comment)", sourceLocation: sourceLocation)
  }

  /// While a daemon is dead or working: the results that are there are whole.
  func checkNothingPartial(_ place: ServicePlace, sourceLocation: SourceLocation = #_sourceLocation) {
    for (name, bytes) in place.dropped {
      guard let result = place.result(of: name) else { continue }
      let isWhole = result == self.result(of: bytes, name: name)
      #expect(isWhole, "\(PrintableText.name(name)): a partial result is visible", sourceLocation: sourceLocation)
    }
  }
}

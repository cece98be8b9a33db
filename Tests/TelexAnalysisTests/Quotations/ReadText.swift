import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

/// A text after the whole pipeline, and its quotations in words.
struct ReadText {
  /// Loaded once for all tests.
  private static let pipeline = Result { try Pipeline(resources: try #require(ResourceDirectory.located())) }

  let document: Document

  init(_ text: String) throws {
    let pipeline = try Self.pipeline.get()
    var document = Document(text: SourceText(text))
    pipeline.annotate(&document)
    self.document = document
  }

  /// "kind: words — speaker", in reading order.
  var quotations: [String] {
    document.quotations.map { "\($0.kind.rawValue): \(document.text.string($0.span)) — \(speaker($0) ?? "?")" }
  }

  /// The speaker's canonical name, else the words used for it.
  func speaker(_ quotation: Quotation) -> String? {
    guard let reference = quotation.speaker?.reference else { return nil }
    if case .entity(let id) = reference.resolution { return document.entities.first { $0.id == id }?.name }
    return document.text.string(reference.span)
  }
}

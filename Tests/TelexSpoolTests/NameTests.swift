import Testing

@testable import TelexSpool

@Suite("Names")
struct NameTests {
  private func verdict(_ name: String, patterns: [String] = [], marker: String? = nil) -> IgnoreRules.Verdict {
    IgnoreRules(patterns: patterns.map { Array($0.utf8) }, marker: marker.map { Array($0.utf8) })
      .verdict(on: Array(name.utf8))
  }

  @Test(
    "names of temporaries, locks, backups and our own are no inputs",
    arguments: [
      ".caché", "a.txt~", "#a.txt#", "a.tmp", "a.part", "a.partial", "a.filepart", "a.crdownload", "a.swp", "a.swx",
      "4913", ".goutputstream-X1", ".nfs0000001", ".~lock.a.odt#", ".a.txt.Xy12Zw", ".telex", ".telex.cookie",
    ])
  func ignored(name: String) { #expect(verdict(name) == .ignored) }

  @Test("everything else is", arguments: ["a.txt", "4914", "tmp", "a.part.xml", "#a", "dépêche", "-rf", " "])
  func inputs(name: String) { #expect(verdict(name) == .input) }

  @Test("results are results, whatever the patterns and the marker say")
  func results() {
    #expect(verdict("a.txt.telex.json") == .result)
    #expect(verdict(".telex.json") == .result)
    #expect(verdict("a.telex.json", marker: ".json") == .result)
    #expect(verdict("a.txt.done", marker: ".done") == .marker(of: Array("a.txt".utf8)))
    #expect(verdict("a.txt.done") == .input)
  }

  @Test(
    "patterns are the shell's, on bytes",
    arguments: [
      ("*.bak", "a.bak", true), ("*.bak", "a.bak2", false), ("?.txt", "a.txt", true), ("?.txt", "ab.txt", false),
      ("[a-c]*", "b1", true), ("[!a-c]*", "b1", false), ("[]x]", "]", true), ("\\*", "*", true), ("\\*", "a", false),
      ("a*b*c", "a--b--c", true), ("a*b*c", "a--c--b", false), ("*", "anything", true), ("[a", "[a", true),
      ("*a*a*a*a*a*b", String(repeating: "a", count: 200), false), ("", "", true), ("**", "", true),
    ])
  func patterns(pattern: String, name: String, matches: Bool) {
    #expect(IgnoreRules.Pattern(Array(pattern.utf8)).matches(Array(name.utf8)) == matches)
  }

  @Test("the suffix is appended to the whole name, and comes off again")
  func suffix() {
    let name = Array("a.txt".utf8)
    #expect(ResultName.of(name) == Array("a.txt.telex.json".utf8))
    #expect(ResultName.of(name, item: 12) == Array("a.txt.12.telex.json".utf8))
    #expect(ResultName.input(of: ResultName.of(name)) == name)
    #expect(ResultName.input(of: Array(".telex.json".utf8)) == nil)
    #expect(ResultName.input(of: name) == nil)
  }

  @Test("long names are cut between characters and told apart by their digest")
  func longNames() {
    let longest = [UInt8](repeating: UInt8(ascii: "n"), count: 244)
    #expect(ResultName.of(longest).count == 255)
    #expect(ResultName.input(of: ResultName.of(longest)) == longest)
    for length in 245...255 {
      let name = Array(String(repeating: "é", count: 127).utf8.prefix(length))
      let result = ResultName.of(name)
      #expect(result.count <= 255)
      #expect(ResultName.isReserved(result))
      let stem = result.dropLast(ResultName.suffix.count + 17)
      #expect(String(validating: stem, as: UTF8.self) != nil, "cut within a character")
      #expect(ResultName.input(of: result) == nil)
    }
    let twins = ["1", "2"].map { ResultName.of(longest + Array("xx\($0)".utf8)) }
    #expect(twins[0] != twins[1])
    #expect(ResultName.of(longest, item: 10_000).count <= 255)
  }
}

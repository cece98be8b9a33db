import FoundationEssentials
import Testing

@Suite struct HouseRulesTests {
  let tree = SourceTree()

  @Test func theRootHoldsOnlyWhatItsUserAskedFor() throws {
    let allowed: Set = ["Package.swift", "Sources", "Tests", "systemd", "config", "README.md", "LICENSE"]
    let others = try tree.rootEntries.filter { !allowed.contains($0) && !$0.hasPrefix(".") }
    #expect(others.isEmpty, "not for the root: \(others)")
  }

  @Test func noFileIsLongerThan500Lines() throws {
    for file in try tree.swiftFiles(under: "Sources", "Tests") {
      let lines = try tree.text(file).utf8.count { $0 == 0x0A }
      #expect(lines <= 500, "\(file) has \(lines) lines: split it by concept")
    }
  }

  @Test(arguments: ["try!", "as!", "fatalError(", "preconditionFailure(", "@unchecked Sendable"])
  func sourcesNeverTrapOnPurpose(words: String) throws {
    for file in try tree.swiftFiles(under: "Sources") {
      for (index, line) in try tree.text(file).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        #expect(!code(line).contains(words), "\(file):\(index + 1) holds \(words)")
      }
    }
  }

  /// Tests run beside each other, and a child that one starts would hold what another has open: a dispatch that somebody has
  /// open for writing is rightly waited for.
  @Test func noFileIsOpenedThatAChildInherits() throws {
    let forbidden = [#", "w")"#, #", "r")"#, #", "a")"#]
    for file in try tree.swiftFiles(under: "Sources", "Tests") {
      for (index, line) in try tree.text(file).split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where line.contains("fopen(") {
        for words in forbidden { #expect(!code(line).contains(words), "\(file):\(index + 1) holds \(words)") }
      }
    }
  }

  /// Nothing here points at one machine, and nothing is left for later.
  @Test func noMachinePathsAndNoUnfinishedBusiness() throws {
    let texts = [
      ".swift", ".h", ".c", ".md", ".yaml", ".json", ".service", ".conf", ".catalog", ".bash", "run", "install",
    ]
    // Put together here, so that this file does not find itself.
    let forbidden = ["/wo" + "rk/", "/ro" + "ot/", "TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    let files = try tree.files(under: "Sources", "Tests", "systemd", "config") { name in
      texts.contains { name.hasSuffix($0) }
    }
    for file in try files + (tree.rootEntries.filter { $0 == "Package.swift" || $0 == "README.md" }) {
      let text = try tree.text(file)
      for words in forbidden { #expect(!text.contains(words), "\(file) holds \(words)") }
    }
  }
}

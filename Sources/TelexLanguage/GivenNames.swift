package import TelexText

/// Given names and whether women or men bear them, from the register of births in France since 1900.
package struct GivenNames: Sendable {
  package enum Bearers: UInt8, Sendable { case men = 1, women = 2, both = 3 }

  private let names: WordAutomaton
  private let bearers: Column<UInt8>

  /// - Throws: `ResourceError` where `given-names.bin` is missing, damaged or of another version.
  package init(from directory: ResourceDirectory) throws(ResourceError) {
    let file = try ModelFile("given-names.bin", in: directory)
    names = try WordAutomaton(from: file)
    bearers = try file.section("bearers")
  }

  /// Who bears a name; nil where it isn't listed.
  ///
  /// - Parameter name: in small letters with its accents: "andréa" and "andrea" differ.
  package func bearers(of name: some Sequence<UInt8>) -> Bearers? {
    names.index(of: name).flatMap { Bearers(rawValue: bearers[$0]) }
  }
}

import Testing
import TelexText

@testable import TelexService

@Suite struct ResourceDigestsTests {
  /// Those of the models are taken from their manifest, and must be true all the same.
  @Test func digestsAreThoseOfTheFiles() throws {
    let sources = try packageFile("Sources")
    let digests = try ResourceDigests.of(ResourceDirectory(root: sources))
    #expect(digests.keys.contains("TelexLanguage/vocabulary.bin"))
    for (name, digest) in digests {
      let path = name.replacing("/", with: "/Resources/")
      let bytes = try #require(readFile(cPath(sources + "/" + path)), "\(name)")
      #expect(hexDigest(bytes) == digest, "\(name)")
    }
  }
}

import TelexLanguage
package import TelexModel
package import TelexText

/// The syntax of plain text, for people and for measuring.
package struct SyntaxReader: Sendable {
  private let language: Language
  private let compounds: Compounds
  private let decoder: TextDecoder

  /// - Throws: `ResourceError` where data is missing or damaged.
  package init(resources: ResourceDirectory) throws(ResourceError) {
    language = try Language.load(from: resources)
    compounds = try Compounds(from: resources)
    decoder = try TextDecoder(resources: resources)
  }

  /// The sentences of a text in CoNLL-U, with `TokenRange` in MISC, Unicode scalars of the decoded text, and with compounds.
  ///
  /// - Throws: `Reason` where the bytes are no text.
  package func conllu(_ bytes: [UInt8]) throws(Reason) -> [UInt8] {
    let text = try decoder.decode(bytes).text
    var writer = CoNLLUWriter(text)
    var result: [UInt8] = []
    for sentence in language.sentences(of: text, in: Span(0, text.utf8.count)) {
      result += Array(writer.lines(of: sentence, compounds: compounds.matches(in: sentence, of: text)).utf8)
    }
    return result
  }
}

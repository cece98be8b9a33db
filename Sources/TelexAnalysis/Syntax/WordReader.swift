package import TelexLanguage
package import TelexText

/// Fills `Document.words`: what the readers of names, quotations and pronouns ask about each token, once for all of them.
package struct WordReader: Annotator {
  private let classes: WordClasses
  private let lexicons: Pool<ReadingsReader>

  /// - Throws: `ResourceError` where `word-classes.tsv` can't be read or names an unknown class.
  package init(resources: ResourceDirectory, language: Language) throws(ResourceError) {
    classes = try WordClasses(resources: resources)
    let table = ReadingsTable(language.vocabulary)
    lexicons = Pool(most: 1) { ReadingsReader(table) }
  }

  package func annotate(_ document: inout Document) {
    document.words = lexicons.lend { Words(document, classes: classes, lexicon: $0) }
  }
}

import TelexLanguage
import TelexModel
import TelexText
import Testing

/// Lemmas and features of words that no lexicon has, of elided and of inverted ones.
@Suite struct MorphologyTests {
  let language: Language

  init() throws {
    language = try Language.load(from: try #require(ResourceDirectory.located()))
  }

  /// Lemma and features of a form that was given a part of speech.
  private func analysis(_ form: String, _ tag: PartOfSpeech) -> (lemma: String, features: String) {
    let featurizer = WordFeaturizer(language.vocabulary)
    return Array(form.utf8).withUnsafeBufferPointer { bytes in
      language.morphology.analysis(bytes, folded(Array(bytes), .lower), featurizer.features(bytes), tag)
    }
  }

  private func isListed(_ form: String) -> Bool { language.vocabulary.entry(of: Array(form.utf8)).set != 0 }

  /// Words made up here, as new verbs, nouns and adjectives are made up every day.
  @Test(
    arguments: [
      ("ubériserait", .verb, "ubériser"), ("zadifiaient", .verb, "zadifier"), ("trollaient", .verb, "troller"),
      ("brexitera", .verb, "brexiter"), ("instagrammèrent", .verb, "instagrammer"),
      ("blockchainiserons", .verb, "blockchainiser"), ("dégafamisée", .verb, "dégafamiser"),
      ("retweetant", .verb, "retweeter"), ("complosphères", .noun, "complosphère"),
      ("macroniens", .noun, "macronien"), ("zadifications", .noun, "zadification"),
      ("cryptomonnayeurs", .noun, "cryptomonnayeur"), ("poutinolâtres", .adjective, "poutinolâtre"),
      ("blockchainesques", .adjective, "blockchainesque"), ("vidéoverbalisables", .adjective, "vidéoverbalisable"),
      ("gafamiquement", .adverb, "gafamiquement"),
    ] as [(String, PartOfSpeech, String)])
  func wordsThatNobodyKnowsHaveALemma(form: String, tag: PartOfSpeech, lemma: String) {
    #expect(isListed(form) == false, "\(form) is in the lexicon: it shows nothing")
    #expect(analysis(form, tag).lemma == lemma)
  }

  @Test(
    arguments: [
      ("ubériserait", .verb, "Mood=Cnd|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin"),
      ("zadifiaient", .verb, "Mood=Ind|Number=Plur|Person=3|Tense=Imp|VerbForm=Fin"),
      ("brexitera", .verb, "Mood=Ind|Number=Sing|Person=3|Tense=Fut|VerbForm=Fin"),
      ("zadifications", .noun, "Gender=Fem|Number=Plur"),
      ("blockchainesques", .adjective, "Number=Plur"),
    ] as [(String, PartOfSpeech, String)])
  func andFeatures(form: String, tag: PartOfSpeech, features: String) {
    let found = Set(analysis(form, tag).features.split(separator: "|"))
    #expect(found.isSuperset(of: features.split(separator: "|")), "\(form): \(found.sorted())")
  }

  /// An inverted pronoun is the pronoun that it is elsewhere, whatever joins it to its verb.
  @Test(arguments: [
    ("-il", "il"), ("-t-il", "il"), ("-elle", "elle"), ("-t-on", "on"), ("-le", "le"), ("-les", "les"), ("-y", "y"),
    ("-en", "en"), ("-t'en", "en"), ("-moi", "moi"), ("-leur", "leur"),
  ])
  func invertedPronouns(joined: String, alone: String) {
    #expect(analysis(joined, .pronoun).lemma == analysis(alone, .pronoun).lemma)
  }

  /// Elided words are those that they stand for; of pronouns the treebanks give the stressed form.
  @Test(
    arguments: [
      ("l'", .determiner, "le"), ("L’", .determiner, "le"), ("d'", .adposition, "de"), ("qu'", .subordinator, "que"),
      ("lorsqu'", .subordinator, "lorsque"), ("n'", .adverb, "ne"), ("s'", .pronoun, "soi"), ("j'", .pronoun, "moi"),
      ("jusqu'", .adposition, "jusque"),
    ] as [(String, PartOfSpeech, String)])
  func elidedWords(form: String, tag: PartOfSpeech, lemma: String) {
    #expect(analysis(form, tag).lemma == lemma)
  }
}

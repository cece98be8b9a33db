import TelexText
import Testing

@testable import TelexAnalysis

@Suite struct CueLexiconTests {
  let lexicon: CueLexicon

  init() throws {
    lexicon = try CueLexicon(resources: try #require(ResourceDirectory.located()))
  }

  @Test func theExamplesOfTheTableHold() {
    let kinds: [String: Conjugation.Form] = [
      "finite": .finite, "past": .past, "gerund": .gerund, "infinitive": .infinitive,
    ]
    for row in lexicon.positive {
      guard row.fields.count == 3, let kind = kinds[row.fields[2]] else {
        Issue.record("line \(row.line): form, infinitive and kind are due")
        continue
      }
      let found = lexicon.entries(of: FoldedHash(row.fields[0]).value)
      let isThere = found.contains { lexicon.words[$0.word].lemma == row.fields[1] && $0.form.contains(kind) }
      #expect(isThere, "\(row.fields[0]) is no \(row.fields[2]) of \(row.fields[1])")
    }
    for row in lexicon.negative {
      #expect(lexicon.entries(of: FoldedHash(row.fields[0]).value).isEmpty, "\(row.fields[0]) is taken for a cue")
    }
  }

  @Test(arguments: [
    ("répéter", ["répète", "répètent", "répétait", "répétera", "répétant", "répété"]),
    ("appeler", ["appelle", "appellent", "appelait", "appellera", "appelé"]),
    ("annoncer", ["annonce", "annonçait", "annonça", "annoncera", "annonçant"]),
    ("exiger", ["exige", "exigeait", "exigea", "exigeant", "exigé"]),
    ("avertir", ["avertit", "avertissent", "avertissait", "avertira", "averti"]),
    ("promettre", ["promet", "promettent", "promettait", "promettra", "promirent", "promis"]),
    ("soutenir", ["soutient", "soutiennent", "soutenait", "soutiendra", "soutint", "soutenu"]),
    ("craindre", ["craint", "craignent", "craignait", "craindra", "craignit"]),
    ("prétendre", ["prétend", "prétendent", "prétendait", "prétendra", "prétendu"]),
    ("croire", ["croit", "croient", "croyait", "croira", "cru"]),
  ])
  func verbsAreConjugated(infinitive: String, forms: [String]) throws {
    let conjugation = try Conjugation(resources: try #require(ResourceDirectory.located()))
    let made = Set(conjugation.forms(of: infinitive).map(\.0))
    for form in forms { #expect(made.contains(form), "\(form) is missing among the forms of \(infinitive)") }
  }
}

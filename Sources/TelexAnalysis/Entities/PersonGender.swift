import TelexLanguage
import TelexModel
import TelexText

/// Whether a person is spoken of as a woman or a man: titles, given names, articles and endings of functions.
struct PersonGender {
  enum Gender: String, Sendable {
    case feminine = "f"
    case masculine = "m"
  }

  let words: Words
  let nouns: SpeakerNouns
  let names: GivenNames

  /// What a title says: "Mme", "M."; nil where a token is none or says nothing ("Me", "Dr").
  func title(at token: Int) -> Gender? {
    guard words.has(token, .title) else { return nil }
    let bytes = words.text[words.tokens[token].span]
    let feminine: [StaticString] = ["Mme", "Mmes", "Mlle", "Madame", "madame", "Mesdames", "Lady", "lady", "MME"]
    let masculine: [StaticString] = [
      "M.", "MM.", "Mr", "Monsieur", "monsieur", "Messieurs", "Mgr", "Sir", "sir", "Lord",
    ]
    func isOne(_ forms: [StaticString]) -> Bool {
      forms.contains { form in
        bytes.count == form.utf8CodeUnitCount && zip(bytes, 0...).allSatisfy { $0 == form.utf8Start[$1] }
      }
    }
    return isOne(feminine) ? .feminine : isOne(masculine) ? .masculine : nil
  }

  /// What the first given name of a full name says.
  func given(_ fullName: String) -> Gender? {
    guard let space = fullName.firstIndex(of: " ") else { return nil }
    let name = folded(Array(fullName[..<space].utf8), .lower)
    let parts = [name] + (name.split(separator: 0x2D).first.map { [Array($0)] } ?? [])
    for part in parts {
      switch names.bearers(of: part) {
      case .women: return .feminine
      case .men: return .masculine
      default: continue
      }
    }
    return nil
  }

  /// What a function says of its holder: its ending ("directrice"), and the article before it ("la ministre").
  ///
  /// - Parameter range: the tokens of the function, without article.
  func function(_ range: Range<Int>) -> Gender? {
    if range.contains(where: { nouns.isFeminine(words.hashes[$0]) && nouns.kind(words.hashes[$0]) == .function }) {
      return .feminine
    }
    for token in range.prefix(2) {
      if spelled(token, ["première", "ancienne", "nouvelle", "haute"]) { return .feminine }
      if spelled(token, ["ancien", "nouveau", "haut"]) { return .masculine }
    }
    var before = range.lowerBound - 1
    while spelled(before, ["nouvelle", "nouveau", "actuelle", "actuel", "future", "futur", "jeune"]) { before -= 1 }
    if spelled(before, ["la", "une", "cette", "La", "Une", "Cette"]) { return .feminine }
    if spelled(before, ["le", "un", "ce", "du", "au", "Le", "Un", "Ce"]) { return .masculine }
    return nil
  }

  private func spelled(_ token: Int, _ forms: [StaticString]) -> Bool {
    guard words.tokens.indices.contains(token) else { return false }
    let bytes = words.text[words.tokens[token].span]
    return forms.contains { form in
      bytes.count == form.utf8CodeUnitCount && zip(bytes, 0...).allSatisfy { $0 == form.utf8Start[$1] }
    }
  }

  /// Gives each person a gender where the evidence outweighs what speaks against it.
  ///
  /// - Parameter functions: by entity, the tokens of the functions that the text gives.
  func read(_ document: inout Document, functions: [String: [Range<Int>]]) {
    var votes: [String: Int] = [:]
    func add(_ id: String, _ gender: Gender?, _ weight: Int) {
      switch gender {
      case .feminine: votes[id, default: 0] += weight
      case .masculine: votes[id, default: 0] -= weight
      case nil: break
      }
    }
    for mention in document.mentions where mention.kind == .person && mention.form == .name {
      guard let id = mention.entity else { continue }
      add(id, title(at: words.tokens.firstIndex(notBefore: mention.span.start) - 1), 4)
    }
    for index in document.entities.indices where document.entities[index].kind == .person {
      let id = document.entities[index].id
      add(id, given(document.entities[index].name), 3)
      for range in functions[id] ?? [] {
        let said = function(range)
        // A masculine function is held by women as well ("le ministre").
        add(id, said, said == .feminine ? 3 : 2)
      }
      let sum = votes[id] ?? 0
      if abs(sum) >= 2 { document.entities[index].gender = (sum > 0 ? Gender.feminine : .masculine).rawValue }
    }
  }
}

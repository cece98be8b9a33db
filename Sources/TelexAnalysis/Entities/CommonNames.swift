import TelexLanguage
import TelexModel
import TelexText

/// Bodies that the press writes like common nouns ("les talibans"), and names whose own words say of what kind they are
/// ("la Bundeswehr" is no place, "l'aéroport de …" is one).
struct CommonNames {
  let words: Words
  let known: KnownNames
  let kinds: PlaceKinds

  func read(into document: inout Document) {
    dropStates(&document)
    correct(&document)
    let names = document.mentions.sorted { $0.span < $1.span }
    var next = 0
    var added: [Mention] = []
    var ids: [UInt64: String] = [:]
    for span in document.namingSpans {
      for token in words.tokens.indices(in: span) where words.tokens[token].kind == .word {
        guard let body = known.commonName(words.hashes[token]) else { continue }
        let span = words.tokens[token].span
        while next < names.count, names[next].span.end <= span.start { next += 1 }
        guard next == names.count || !names[next].span.overlaps(span) else { continue }
        let id = ids[words.hashes[token]] ?? "common\(ids.count)"
        if ids[words.hashes[token]] == nil {
          ids[words.hashes[token]] = id
          document.entities.append(Entity(id: id, kind: body.kind, name: body.name, confidence: 0.9))
        }
        added.append(
          Mention(span: span, kind: body.kind, form: .name, entity: id, confidence: 0.9, rule: "names/common"))
      }
    }
    guard !added.isEmpty else { return }
    document.mentions += added
    document.mentions.sort { $0.span < $1.span }
  }

  /// "secrétaire d'Etat américain", "le chef de l'Etat français": a noun with a demonym is no name.
  private func dropStates(_ document: inout Document) {
    document.mentions.removeAll { mention in
      let tokens = words.tokens.indices(in: mention.span)
      guard mention.kind != .person, tokens.count == 2, let noun = tokens.first,
        folded(words.text[words.tokens[noun].span], .bare).elementsEqual("etat".utf8)
      else { return false }
      return !words.isCapitalized(noun + 1) && !known.places(ofDemonym: words.hashes[noun + 1]).isEmpty
    }
  }

  /// A well-known body taken for a place, and a place whose first word says so taken for a body.
  private func correct(_ document: inout Document) {
    var corrected: [String: Entity.Kind] = [:]
    for index in document.entities.indices {
      let entity = document.entities[index]
      switch entity.kind {
      case .location, .person, .product:
        let key = KnownNames.key(entity.name.utf8)
        if key.count > 6, known.isBody(key) { corrected[entity.id] = .organization }
      case .organization where kinds.isSite(entity.name): corrected[entity.id] = .location
      default: break
      }
      if let kind = corrected[entity.id] { document.entities[index].kind = kind }
    }
    guard !corrected.isEmpty else { return }
    for index in document.mentions.indices {
      guard let id = document.mentions[index].entity, let kind = corrected[id] else { continue }
      document.mentions[index].kind = kind
      document.mentions[index].rule = "names/known"
    }
  }
}

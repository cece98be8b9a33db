import TelexModel
import TelexText

/// Who "je" and "nous" are inside spoken words: the speaker, or the group the speaker speaks for.
struct FirstPerson {
  let words: Words
  /// By entity: its kind, and the body of the function it holds.
  private let kinds: [String: Entity.Kind]
  private let bodies: [String: String]

  init(words: Words, entities: [Entity]) {
    self.words = words
    var kinds: [String: Entity.Kind] = [:]
    var bodies: [String: String] = [:]
    for entity in entities {
      kinds[entity.id] = entity.kind
      for role in entity.roles where role.status != .former && bodies[entity.id] == nil {
        if case .entity(let body) = role.of?.resolution { bodies[entity.id] = body }
      }
    }
    self.kinds = kinds
    self.bodies = bodies
  }

  /// - Parameter speaker: who speaks; without a speaker nothing is said of anybody.
  func words(in verbatim: [Span], speaker: Reference?) -> [Quotation.FirstPerson] {
    guard let speaker else { return [] }
    var found: [Quotation.FirstPerson] = []
    for span in verbatim {
      for token in words.tokens.indices(in: span) {
        if words.has(token, .firstSingular) {
          // A body says "nous"; "je" in its text is somebody else's.
          guard !isBody(speaker) else { continue }
          found.append(.init(Reference(speaker.resolution, span: words.tokens[token].span), .speaker))
        } else if words.has(token, .firstPlural) {
          let span = words.tokens[token].span
          found.append(
            isBody(speaker)
              ? .init(Reference(speaker.resolution, span: span), .speaker)
              : .init(Reference(group(of: speaker), span: span), .group))
        }
      }
    }
    return found
  }

  private func isBody(_ speaker: Reference) -> Bool {
    guard case .entity(let id) = speaker.resolution else { return false }
    return kinds[id] != .person
  }

  /// The body whose function the speaker holds, where the text names it.
  private func group(of speaker: Reference) -> Reference.Resolution {
    guard case .entity(let id) = speaker.resolution, let body = bodies[id] else { return .unnamed }
    return .entity(body)
  }
}

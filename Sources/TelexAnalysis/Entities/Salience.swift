import TelexModel

/// How much a dispatch is about somebody: how often it speaks of them against the one it speaks of most, and whether its
/// headline or first paragraph does. Demonyms and pronouns count less than names.
enum Salience {
  static func weigh(_ document: inout Document) {
    var counts: [String: Double] = [:]
    var leading: Set<String> = []
    let lead = document.blocks.first { $0.role == .lead || $0.role == .paragraph }?.span.end ?? 0
    for mention in document.mentions {
      guard let id = mention.entity else { continue }
      switch mention.form {
      case .name: counts[id, default: 0] += 1
      case .nominal: counts[id, default: 0] += 0.8
      case .pronoun: counts[id, default: 0] += 0.5
      case .demonym: counts[id, default: 0] += 0.3
      }
      if mention.span.end <= lead, mention.form != .demonym { leading.insert(id) }
    }
    let most = counts.values.max() ?? 1
    for index in document.entities.indices {
      let id = document.entities[index].id
      let share = (counts[id] ?? 0) / most
      document.entities[index].salience = share * 0.7 + (leading.contains(id) ? 0.3 : 0)
    }
  }
}

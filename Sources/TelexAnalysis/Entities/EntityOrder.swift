import TelexModel

/// Numbers the entities of a dispatch in reading order, and leaves out those that nothing speaks of.
enum EntityOrder {
  static func apply(to document: inout Document) {
    var firsts: [String: Span] = [:]
    for mention in document.mentions {
      guard let id = mention.entity else { continue }
      if let first = firsts[id], first < mention.span { continue }
      firsts[id] = mention.span
    }
    let entities = document.entities
    var kept: [(first: Span, place: Int)] = []
    for (place, entity) in entities.enumerated() {
      if let first = firsts[entity.id] { kept.append((first, place)) }
    }
    kept.sort { $0 < $1 }
    var numbers: [String: String] = [:]
    for (number, item) in kept.enumerated() { numbers[entities[item.place].id] = "e\(number + 1)" }
    document.entities = kept.map { item in
      var entity = entities[item.place]
      entity.id = numbers[entity.id] ?? entity.id
      entity.members = entity.members.compactMap { numbers[$0] }
      for index in entity.roles.indices {
        guard let of = entity.roles[index].of, case .entity(let id) = of.resolution else { continue }
        entity.roles[index].of = numbers[id].map { Reference(.entity($0), span: of.span) }
      }
      return entity
    }
    for index in document.mentions.indices {
      document.mentions[index].entity = document.mentions[index].entity.flatMap { numbers[$0] }
    }
  }
}

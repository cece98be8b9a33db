import TelexModel
import TelexText

@testable import TelexAnalysis

/// The entities of a text in words, for tests.
extension ReadText {
  func entity(_ name: String) -> Entity? { document.entities.first { $0.name == name } }

  func name(_ id: String?) -> String? { document.entities.first { $0.id == id }?.name }

  /// "words → entity" of the mentions of one form, in reading order.
  func mentions(_ form: Mention.Form) -> [String] {
    document.mentions.filter { $0.form == form }.map { mention in
      "\(document.text.string(mention.span)) → \(name(mention.entity) ?? "?")"
    }
  }

  /// "name: function (status) of body", in reading order.
  var roles: [String] {
    document.entities.flatMap { entity in
      entity.roles.map { role in
        var of = ""
        if case .entity(let id) = role.of?.resolution { of = " of \(name(id) ?? "?")" }
        return "\(entity.name): \(document.text.string(role.span)) (\(role.status.rawValue))\(of)"
      }
    }
  }
}

import Testing

@testable import TelexService

/// The ids of the code, and those that the two catalogues explain, are the same and stay the same.
@Suite struct MessageCatalogueTests {
  /// An entry of a catalogue: its id, the name in the comment before it, its subject and its body.
  private struct Entry {
    var id: String
    var name: String
    var subject = ""
    var body = ""
  }

  private func entries(of file: String) throws -> [Entry] {
    var entries: [Entry] = []
    var name = ""
    for line in try contents(of: packageFile("systemd/\(file)")).split(
      separator: "\n", omittingEmptySubsequences: false)
    {
      if line.hasPrefix("# ") {
        name = String(line.dropFirst(2))
      } else if line.hasPrefix("-- ") {
        entries.append(Entry(id: String(line.dropFirst(3)), name: name))
      } else if !entries.isEmpty {
        let last = entries.count - 1
        if line.hasPrefix("Subject: ") {
          entries[last].subject = String(line.dropFirst(9))
        } else if !line.hasPrefix("Defined-By: "), !line.hasPrefix("Documentation: ") {
          entries[last].body += line + "\n"
        }
      }
    }
    return entries
  }

  @Test(arguments: ["telex.catalog", "telex.fr.catalog"])
  func cataloguesExplainEveryKindOnce(file: String) throws {
    let entries = try entries(of: file)
    #expect(entries.map(\.id) == MessageKind.allCases.sorted(by: orderIn(entries)).map(\.rawValue))
    #expect(entries.count == MessageKind.allCases.count)
    for entry in entries {
      #expect(MessageKind(rawValue: entry.id)?.name == entry.name, "\(file): \(entry.id)")
      #expect(!entry.subject.isEmpty, "\(file): \(entry.name) has no subject")
      #expect(entry.body.split(whereSeparator: \.isWhitespace).count >= 8, "\(file): \(entry.name) explains nothing")
    }
  }

  @Test func bothLanguagesNameTheSameFields() throws {
    let french = Dictionary(uniqueKeysWithValues: try entries(of: "telex.fr.catalog").map { ($0.id, $0) })
    let known = Set(JournalEntry.Field.allCases.map { "TELEX_" + $0.rawValue } + ["ERRNO"])
    for entry in try entries(of: "telex.catalog") {
      let fields = fieldNames(in: entry.body)
      #expect(fields == fieldNames(in: french[entry.id]?.body ?? ""), "\(entry.name)")
      #expect(fields.isSubset(of: known), "\(entry.name) names unknown fields")
    }
  }

  /// Frozen: who changes one of these breaks the filters and alarms of others.
  @Test func idsNeverChange() {
    #expect(MessageKind.started.rawValue == "15a9f60b2a7e4d4fbe44dbacc3e61196")
    #expect(MessageKind.processed.rawValue == "5fbf8baeb7604d2da2ac46009856b58f")
    #expect(MessageKind.rejected.rawValue == "67f35de14ec84345acaf1c66aa9901a1")
    #expect(MessageKind.quarantined.rawValue == "2498ee98277f4c08ba363f9537781319")
    #expect(MessageKind.paused.rawValue == "b9d34a09b7e344c9b366c92a79b7d708")
    #expect(MessageKind.allCases.allSatisfy { $0.rawValue.count == 32 })
  }

  private func orderIn(_ entries: [Entry]) -> (MessageKind, MessageKind) -> Bool {
    let places = Dictionary(entries.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    return { places[$0.rawValue, default: .max] < places[$1.rawValue, default: .max] }
  }

  private func fieldNames(in body: String) -> Set<String> {
    let parts = body.split(separator: "@", omittingEmptySubsequences: false).enumerated()
    return Set(parts.filter { $0.offset % 2 == 1 }.map { String($0.element) })
  }
}

/// The main result of a file that holds several dispatches: `NAME.telex.json` says what the file is and where the result
/// of each dispatch stands, schema `telex.list/1` (`config/list.schema.json`).
package struct ResultList: Sendable {
  package static let schema = "telex.list/1"

  package struct Entry: Sendable {
    /// Name of the result's file, raw bytes.
    package var file: [UInt8]
    package var id: String
    package var status: Analysis.Status
    package var uri: String?
    package var headline: String?
    package var withheldUntil: String?

    package init(file: [UInt8], analysis: Analysis) {
      self.file = file
      id = analysis.id ?? ""
      status = analysis.status
      withheldUntil = analysis.withheldUntil
      uri = analysis.item.uri
      headline = analysis.item.headline
    }
  }

  package var id: String
  package var source: Source
  /// In file order.
  package var items: [Entry]
  package var provenance: Provenance

  package init(id: String, source: Source, items: [Entry], provenance: Provenance) {
    self.id = id
    self.source = source
    self.items = items
    self.provenance = provenance
  }

  package func encoded() -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("schema", Self.schema)
      json.member("id", id)
      json.key("source")
      json.source(source, TextSource([]))
      json.key("items")
      json.array(items) { json, entry in
        json.object { json in
          json.file(entry.file)
          json.member("id", entry.id)
          json.member("status", entry.status.rawValue)
          json.member("withheldUntil", entry.withheldUntil)
          json.member("uri", entry.uri)
          json.member("headline", entry.headline)
        }
      }
      json.key("provenance")
      json.provenance(provenance)
    }
    return json.finished()
  }
}

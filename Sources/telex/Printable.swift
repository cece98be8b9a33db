/// File names as a terminal may see them.
enum Printable {
  static func name(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map {
      $0.properties.generalCategory == .control ? "?" : String($0)
    }.joined()
  }
}

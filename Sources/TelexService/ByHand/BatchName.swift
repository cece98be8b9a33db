enum BatchName {
  static func of(_ name: [UInt8]) -> [UInt8] { name + Array(".telex.json".utf8) }
  static func of(_ name: [UInt8], item: Int) -> [UInt8] { name + Array(".\(item).telex.json".utf8) }
}

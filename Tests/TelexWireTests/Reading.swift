import TelexModel
import TelexText
import Testing

@testable import TelexWire

/// Readers with the package's own data, and short ways to what they return.
enum Reading {
  static func reader() throws -> DispatchReader { try DispatchReader(resources: try resources()) }

  static func resources() throws -> ResourceDirectory { try #require(ResourceDirectory.located()) }

  static func xml() throws -> XMLReader { XMLReader(characters: try NamedCharacters(resources: try resources())) }

  static func items(_ bytes: [UInt8], name: String = "a") throws -> [WireItem] {
    switch try reader().read(bytes, name: Array(name.utf8)) {
    case .items(let items): return items
    case .incomplete(let reason), .rejected(let reason):
      Issue.record("refused: \(reason.code.rawValue): \(reason.message)")
      return []
    }
  }

  static func items(_ text: String) throws -> [WireItem] { try items(Array(text.utf8)) }

  static func item(_ text: String) throws -> WireItem { try #require(try items(text).first) }

  /// The code with which a file is refused; "incomplete" where its end is awaited.
  static func refusal(_ bytes: [UInt8]) throws -> String? {
    switch try reader().read(bytes, name: []) {
    case .items: nil
    case .incomplete: "incomplete"
    case .rejected(let reason): reason.code.rawValue
    }
  }

  static func refusal(_ text: String) throws -> String? { try refusal(Array(text.utf8)) }
}

extension WireItem {
  var string: String { String(decoding: text.utf8, as: UTF8.self) }

  func text(of block: Block) -> String { text.string(block.span) }

  func texts(_ role: Block.Role) -> [String] { blocks.filter { $0.role == role }.map(text(of:)) }

  /// What a run of the map covers, in the text and in the file.
  func pairs(in bytes: [UInt8]) -> [(text: String, source: String)] {
    (map ?? []).map { run in
      (text.string(run.span), String(decoding: bytes[run.bytes.clamped(to: 0..<bytes.count)], as: UTF8.self))
    }
  }
}

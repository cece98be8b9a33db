package import Foundation

/// Word vectors as a spaCy model stores them: `vectors` (a NumPy array), `key2row` (a MessagePack map of hashes to rows)
/// and `strings.json`. Only these are read; they are CC0.
package struct WordVectors {
  package let count: Int
  package let dimensions: Int
  /// Row-major, each row of length one.
  package let values: [Float]
  /// Words in the order of the map, with their rows.
  package let words: [(form: [UInt8], row: Int)]

  /// - Parameter directory: the model's `vocab` folder.
  package init(_ directory: URL) throws {
    let array = [UInt8](try Data(contentsOf: directory.appendingPathComponent("vectors")))
    guard array.count > 10, array[0] == 0x93 else { throw TrainingError("vectors is no NumPy array") }
    let header = 10 + Int(array[8]) + Int(array[9]) << 8
    let text = String(decoding: array[10..<header], as: UTF8.self)
    let shape = text.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",")
      .compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    guard text.contains("<f4"), text.contains("False"), shape.count == 2,
      array.count == header + shape[0] * shape[1] * 4
    else { throw TrainingError("vectors is no matrix of 32-bit numbers: \(text)") }
    let (rows, columns) = (shape[0], shape[1])
    count = rows
    dimensions = columns
    var values = array.withUnsafeBytes { bytes in
      (0..<rows * columns).map { bytes.loadUnaligned(fromByteOffset: header + $0 * 4, as: Float.self) }
    }
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let length = values[range].reduce(0) { $0 + $1 * $1 }.squareRoot()
      if length > 0 { for index in range { values[index] /= length } }
    }
    self.values = values

    let strings = [UInt8](try Data(contentsOf: directory.appendingPathComponent("strings.json")))
    var forms: [UInt64: [UInt8]] = [:]
    for form in Self.strings(strings) { forms[murmurHash64A(form, seed: 1)] = form }
    var words: [(form: [UInt8], row: Int)] = []
    for (key, row) in try Self.map([UInt8](Data(contentsOf: directory.appendingPathComponent("key2row")))) {
      if let form = forms[key], row < rows { words.append((form, row)) }
    }
    self.words = words
  }

  /// The strings of a JSON array of strings. Foundation refuses the file for its lone surrogates, which are left out here.
  private static func strings(_ json: [UInt8]) -> [[UInt8]] {
    let escapes: [UInt8: UInt8] = [0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D, 0x62: 0x08, 0x66: 0x0C]
    var result: [[UInt8]] = []
    var string: [UInt8]?
    var offset = 0
    func unit(at place: Int) -> UInt32? {
      guard place + 6 <= json.count, json[place] == 0x5C, json[place + 1] == 0x75 else { return nil }
      return UInt32(String(decoding: json[place + 2..<place + 6], as: UTF8.self), radix: 16)
    }
    while offset < json.count {
      let byte = json[offset]
      if byte == 0x22 {
        if let finished = string { result.append(finished) }
        string = string == nil ? [] : nil
      } else if byte == 0x5C, let high = unit(at: offset) {
        offset += 5
        var value = high
        if high & 0xFC00 == 0xD800, let low = unit(at: offset + 1), low & 0xFC00 == 0xDC00 {
          value = 0x10000 + (high & 0x3FF) << 10 + (low & 0x3FF)
          offset += 6
        }
        if let scalar = Unicode.Scalar(value) { string?.append(contentsOf: Array(String(scalar).utf8)) }
      } else if byte == 0x5C, offset + 1 < json.count {
        offset += 1
        string?.append(escapes[json[offset]] ?? json[offset])
      } else {
        string?.append(byte)
      }
      offset += 1
    }
    return result
  }

  /// A MessagePack map of unsigned integers, in file order (https://github.com/msgpack/msgpack/blob/master/spec.md).
  private static func map(_ bytes: [UInt8]) throws -> [(UInt64, Int)] {
    var offset = 0
    func integer(_ width: Int) throws -> UInt64 {
      guard offset + width <= bytes.count else { throw TrainingError("key2row ends early") }
      defer { offset += width }
      return bytes[offset..<offset + width].reduce(0) { $0 << 8 | UInt64($1) }
    }
    func value() throws -> UInt64 {
      let type = try integer(1)
      switch type {
      case 0..<0x80: return type
      case 0xCC: return try integer(1)
      case 0xCD: return try integer(2)
      case 0xCE: return try integer(4)
      case 0xCF: return try integer(8)
      default: throw TrainingError("key2row holds something that is no unsigned integer")
      }
    }
    let type = try integer(1)
    let count: UInt64
    switch type {
    case 0x80..<0x90: count = type & 0x0F
    case 0xDE: count = try integer(2)
    case 0xDF: count = try integer(4)
    default: throw TrainingError("key2row is no map")
    }
    return try (0..<count).map { _ in (try value(), Int(try value())) }
  }
}

/// What is wrong with the material, in words.
package struct TrainingError: Error, CustomStringConvertible {
  package let description: String
  package init(_ description: String) { self.description = description }
}

/// Appleby's MurmurHash64A, the key of spaCy's string table.
func murmurHash64A(_ bytes: [UInt8], seed: UInt64) -> UInt64 {
  let factor: UInt64 = 0xC6A4_A793_5BD1_E995
  var hash = seed ^ (UInt64(bytes.count) &* factor)
  var offset = 0
  while offset + 8 <= bytes.count {
    var block = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) } &* factor
    block = (block ^ block >> 47) &* factor
    hash = (hash ^ block) &* factor
    offset += 8
  }
  if offset < bytes.count {
    for (place, byte) in bytes[offset...].enumerated() { hash ^= UInt64(byte) << UInt64(8 * place) }
    hash = hash &* factor
  }
  hash = (hash ^ hash >> 47) &* factor
  return hash ^ hash >> 47
}

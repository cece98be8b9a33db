import Glibc

@testable import TelexSpool

/// A handler that does what a test tells it to. Its results are one line of plain fields, enough to be compared.
final class ScriptedHandler: Handler {
  /// What becomes of a claim; nil keeps it in hand until `finish` is called.
  var script: (Claim) -> Outcome?
  var workers = 2
  /// A body "kill X" takes back the result whose body is "X".
  var knowsKills = false
  var current: (version: String, configuration: String) = ("1", "c")

  private(set) var begun: [Claim] = []
  private(set) var cancelled: [UInt64] = []
  private var completions: [UInt64: (Outcome) -> Void] = [:]
  /// Where outcomes are delivered from; a real handler answers later as well.
  var loop: EventLoop?

  init() { script = { _ in nil } }

  var capacity: Int { workers - completions.count }
  var inHand: [Claim] { begun.filter { completions[$0.id] != nil } }

  func begin(_ claim: Claim, completion: @escaping (Outcome) -> Void) {
    begun.append(claim)
    completions[claim.id] = completion
    if let outcome = script(claim) {
      if let loop {
        loop.deferToEndOfTick { [weak self] in self?.finish(claim.id, outcome) }
      } else {
        finish(claim.id, outcome)
      }
    }
  }

  func cancel(_ claim: UInt64) {
    cancelled.append(claim)
    completions[claim] = nil
  }

  func finish(_ claim: UInt64, _ outcome: Outcome) { completions.removeValue(forKey: claim)?(outcome) }

  func refusal(_ refusal: Refusal) -> [UInt8] {
    result(
      status: "rejected \(refusal.code)", name: refusal.name, sha256: refusal.sha256, size: refusal.size, body: [])
  }

  func identity(ofResult bytes: [UInt8]) -> ResultIdentity? {
    guard bytes.last == UInt8(ascii: "\n") else { return nil }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard lines.count >= 7, lines[0].elementsEqual(Self.magic) else { return nil }
    let fields = lines[1...6].map { String(decoding: $0, as: UTF8.self) }
    let until = fields[5].hasPrefix("withheld ") ? Int64(fields[5].dropFirst(9)) : nil
    return ResultIdentity(
      name: Self.bytes(ofHex: fields[0]), sha256: fields[1].isEmpty ? nil : fields[1], size: Int(fields[2]),
      version: fields[3], configuration: fields[4], until: until)
  }

  private func body(_ result: [UInt8]) -> String? {
    guard knowsKills, identity(ofResult: result) != nil else { return nil }
    let lines = result.split(separator: UInt8(ascii: "\n"), maxSplits: 7, omittingEmptySubsequences: false)
    return lines.last.map { String(decoding: $0.dropLast(), as: UTF8.self) }
  }

  func withdrawal(in result: [UInt8]) -> [UInt8]? {
    body(result).flatMap { $0.hasPrefix("kill ") ? Array($0.dropFirst(5).utf8) : nil }
  }

  func withdrawn(_ bytes: [UInt8], by statements: [[UInt8]]) -> [UInt8]? {
    guard let body = body(bytes), statements.contains(Array(body.utf8)), let identity = identity(ofResult: bytes),
      !String(decoding: bytes, as: UTF8.self).contains("\nwithdrawn\n")
    else { return nil }
    return result(
      status: "withdrawn", name: identity.name ?? [], sha256: identity.sha256, size: identity.size ?? 0,
      body: Array(body.utf8))
  }

  /// A complete result for the claim, its body being the claim's own bytes.
  func analysed(_ claim: Claim) -> Outcome { .result(main: bytes(for: claim), items: [], rejection: nil) }

  /// A notice that the claim's result may be published at an hour, in seconds since 1970.
  func withheld(_ claim: Claim, until: Int64) -> Outcome {
    let notice = result(
      status: "withheld \(until)", name: claim.name, sha256: claim.sha256, size: claim.bytes.count, body: [])
    return .withheld(main: notice, items: [], until: until)
  }

  func bytes(for claim: Claim) -> [UInt8] {
    result(status: "analysed", name: claim.name, sha256: claim.sha256, size: claim.bytes.count, body: claim.bytes)
  }

  private static let magic = Array("scripted result".utf8)

  private func result(status: String, name: [UInt8], sha256: String?, size: Int, body: [UInt8]) -> [UInt8] {
    let fields = [Self.hex(name), sha256 ?? "", "\(size)", current.version, current.configuration, status]
    return Self.magic + Array(("\n" + fields.joined(separator: "\n") + "\n").utf8) + body + [UInt8(ascii: "\n")]
  }

  static func hex(_ bytes: [UInt8]) -> String { Digest.hex(bytes) }

  static func bytes(ofHex text: String) -> [UInt8] {
    let digits = Array(text.utf8).map { UInt8(String(UnicodeScalar($0)), radix: 16) ?? 0 }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }
}

import TelexModel
import TelexWire

/// What a kill notice takes back, and the mark on the results of that.
///
/// A notice concerns dispatches of its own provider only, and among them: those whose identifier its text names; those
/// with its own identifier (guid, uri, public identifier without revision) in the same version or an earlier one; in
/// NITF those with its story key and an earlier version, of the same day; and, where no identifier says otherwise, those
/// whose headline it repeats, of the same week.
struct Withdrawal {
  /// Between notice and dispatch where only the headline tells, in seconds; and where only the key does.
  private static let (week, day): (Int64, Int64) = (8 * 86_400, 86_400)

  private let file: [UInt8]
  private let uri: String?
  private let format: String?
  private let version: Int?
  private let named: String?
  private let headline: String?
  private let slugline: String?
  private let providers: Set<String>
  private let time: String?

  /// Nil for a result that takes nothing back.
  init?(result: [UInt8]) {
    guard let head = ResultHead(of: result), head.item["pubStatus"]?.string == "canceled" else { return nil }
    self.init(head)
  }

  private init(_ head: ResultHead) {
    file = head.file
    uri = head.item["uri"]?.string
    format = head.format
    version = Self.version(head.item)
    named = head.item["withdraws"]?["uri"]?.string
    headline = head.item["withdraws"]?["headline"]?.string
    slugline = head.item["slugline"]?.string
    providers = Self.providers(head.item)
    time = head.documentTime
  }

  // MARK: Statements, as the folder keeps them

  init?(statement: [UInt8]) {
    guard let value = try? JSONReader.value(of: statement), let name = value["file"]?.string else { return nil }
    file = value["fileBytes"]?.string.flatMap(Base64.decode) ?? Array(name.utf8)
    uri = value["uri"]?.string
    format = value["format"]?.string
    version = value["version"]?.int
    named = value["named"]?.string
    headline = value["headline"]?.string
    slugline = value["slugline"]?.string
    providers = Set(value["providers"]?.array?.compactMap(\.string) ?? [])
    time = value["time"]?.string
  }

  func encoded() -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      func member(_ name: StaticString, _ value: String?) {
        guard let value else { return }
        json.key(name)
        json.string(value)
      }
      member("file", String(decoding: file, as: UTF8.self))
      member("fileBytes", Base64.encode(file))
      member("uri", uri)
      member("format", format)
      if let version {
        json.key("version")
        json.number(version)
      }
      member("named", named)
      member("headline", headline)
      member("slugline", slugline)
      json.key("providers")
      json.array(providers.sorted()) { $0.string($1) }
      member("time", time)
    }
    return json.finished()
  }

  // MARK: What it concerns

  func concerns(_ head: ResultHead) -> Bool {
    guard head.status == "analysed" || head.status == "withheld", head.item["pubStatus"]?.string != "canceled",
      !providers.isDisjoint(with: Self.providers(head.item))
    else { return false }
    let target = head.item["uri"]?.string.map(Self.identifier)
    if let named, let target, Self.identifier(named) == target { return true }
    let isLater = version.flatMap { version in Self.version(head.item).map { $0 > version } } ?? false
    if let uri, let target, Self.identifier(uri) == target { return !isLater }
    if format == "nitf", head.format == "nitf", let slugline, slugline == head.item["slugline"]?.string,
      let version, let other = Self.version(head.item), other < version, isWithin(Self.day, of: head)
    {
      return true
    }
    guard let headline, let other = head.item["headline"]?.string, Self.folded(headline) == Self.folded(other),
      isWithin(Self.week, of: head)
    else { return false }
    // Two identifiers that tell different dispatches go before their headlines.
    guard let named, let target else { return true }
    return Self.digits(named) == Self.digits(target)
  }

  private func isWithin(_ seconds: Int64, of head: ResultHead) -> Bool {
    func end(_ value: String?) -> Int64? { value.flatMap { WireDate(iso: $0) }?.secondsAtEnd(defaultZone: 0) }
    guard let mine = end(time), let other = end(head.documentTime) else { return false }
    return abs(mine - other) <= seconds
  }

  /// Small letters; without the revision that NewsML 1.2 puts behind and the part of a file with several.
  private static func identifier(_ uri: String) -> String {
    var id = uri.lowercased()
    if let mark = id.firstIndex(of: "#") { id = String(id[..<mark]) }
    if id.hasPrefix("urn:newsml:"), let colon = id.lastIndex(of: ":") {
      let revision = id[id.index(after: colon)...]
      if revision.count <= 6, revision.last == "u" || revision.last == "n" || revision.last == "a",
        revision.dropLast().allSatisfy(\.isNumber), revision.count > 1
      {
        id = String(id[..<colon])
      }
    }
    return id
  }

  /// The last number in an identifier: `0412` of `EXA-20210323-0412`.
  private static func digits(_ id: String) -> String {
    String(id.reversed().drop { !$0.isNumber }.prefix { $0.isNumber }.reversed())
  }

  private static func version(_ item: JSONValue) -> Int? {
    item["version"]?.string.flatMap { Int($0.prefix { $0.isNumber }) }
  }

  /// Names of who sends it: the sources that are stated, the agency of the dateline, the authority in the identifier.
  private static func providers(_ item: JSONValue) -> Set<String> {
    var names = item["infoSources"]?.array?.compactMap(\.string) ?? []
    if let agency = item["dateline"]?["agency"]?.string { names.append(agency) }
    var providers = Set(names.flatMap { [$0] + $0.split { $0 == "/" || $0 == "," }.map(String.init) }.map(folded))
    if let authority = item["uri"]?.string.flatMap(authority) { providers.insert(authority) }
    providers.remove("")
    return providers
  }

  /// Who gave an identifier, where it says so: `urn:newsml:exa.be:…`, `tag:exa.be,2021:…`, `https://exa.be/…`.
  private static func authority(_ uri: String) -> String? {
    let uri = uri.lowercased()
    let rest: Substring
    if uri.hasPrefix("urn:newsml:") {
      rest = uri.dropFirst(11)
    } else if uri.hasPrefix("tag:") {
      rest = uri.dropFirst(4)
    } else if uri.hasPrefix("http://") || uri.hasPrefix("https://") {
      rest = uri.drop { $0 != "/" }.drop { $0 == "/" }
    } else {
      return nil
    }
    let name = rest.prefix { $0 != ":" && $0 != "," && $0 != "/" }
    return name.isEmpty ? nil : String(name)
  }

  /// Small letters, one space between words, one kind of apostrophe and quotation mark.
  private static func folded(_ words: String) -> String {
    let plain = words.lowercased().map { character in
      switch character {
      case "’", "‘": "'" as Character
      case "«", "»", "“", "”": "\"" as Character
      case "\u{A0}", "\u{202F}", "\t": " " as Character
      default: character
      }
    }
    return String(plain).split(separator: " ").joined(separator: " ")
      .replacing("\" ", with: "\"").replacing(" \"", with: "\"")
  }

  // MARK: The mark

  /// The result with its mark; nil where it can't be read.
  func marked(_ result: [UInt8]) -> [UInt8]? {
    guard var analysis = try? ResultDecoder().decode(result) else { return nil }
    analysis.status = .withdrawn
    analysis.withheldUntil = nil
    analysis.withdrawnBy = Withdrawer(file: file, uri: uri)
    return ResultEncoder(analysis).encoded()
  }

  /// The list of a file with several dispatches, with the entries of the given results marked.
  static func marked(list: [UInt8], names: [[UInt8]]) -> [UInt8]? {
    var lines = list.split(separator: 0x0A, omittingEmptySubsequences: false)
    var isNamed = false
    var isChanged = false
    let opening = Array("      \"file\": ".utf8)
    let status = Array("      \"status\": ".utf8)
    for index in lines.indices {
      if lines[index].starts(with: opening) {
        let value = lines[index].dropFirst(opening.count).dropLast()
        let name = (try? JSONReader.value(of: Array(value)))?.string
        isNamed = names.contains { String(decoding: $0, as: UTF8.self) == name }
      } else if isNamed, lines[index].starts(with: status), !lines[index].elementsEqual(status + Self.withdrawnLine) {
        lines[index] = (status + Self.withdrawnLine)[...]
        isChanged = true
      }
    }
    guard isChanged else { return nil }
    return Array(lines.joined(separator: [0x0A]))
  }

  private static let withdrawnLine = Array("\"withdrawn\",".utf8)
}

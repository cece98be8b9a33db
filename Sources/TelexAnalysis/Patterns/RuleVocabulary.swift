import TelexText

/// The words that a set of rules speaks of: each with the classes it belongs to, and its value in each.
///
/// Words are looked up by folded hash, so case and typography don't count; accents don't either, except where that would
/// make another word of it (`strict` in the data).
struct RuleVocabulary: Sendable {
  /// Classes that come from the shape of a number instead of a list. Their numbers are bits of `Element.classes`.
  enum Shape: Int, CaseIterable {
    /// A number of any kind, in figures or words; `integer`: in figures and words without decimals.
    case n, integer
    /// 1 to 31; 1000 to 2999 in four plain figures; two plain figures; 0 to 24; 00 to 59.
    case day, year, yy, hour, minute
    /// 1 to 12 in figures, as in `23/03`.
    case monthNumber
    /// `35e`, `1er` in figures.
    case ordinalFigure
    /// A word with a capital that is in no list.
    case name
    /// `un`, `une`.
    case one
    /// Any word, number or elision.
    case word

    /// The bits of all of them.
    static let mask = allCases.reduce(UInt64(0)) { $0 | 1 << UInt64($1.rawValue) }
  }

  /// What a word stands for in a class, as text and as the number that the text spells.
  struct Value: Sendable {
    let text: String
    /// Not a number where the text is none.
    let number: Double
    let integer: Int?

    init(_ text: String) {
      self.text = text
      number = Double(text) ?? .nan
      integer = Int(text)
    }
  }

  struct Entry: Sendable {
    var classes: UInt64 = 0
    fileprivate(set) var values: [(category: Int, value: Value)] = []

    func value(in category: Int) -> Value? {
      for row in values where row.category == category { return row.value }
      return nil
    }
  }

  private(set) var classes: [String: Int] = [:]
  private(set) var entries: [Entry] = []
  private var table = WordTable()
  private var strict: Set<UInt64> = []
  /// Words that are no entries, by the name behind "aside:".
  private(set) var asides: [String: Set<UInt64>] = [:]
  private static let aside = "aside:"

  init() {
    for shape in Shape.allCases { classes["\(shape)"] = shape.rawValue }
  }

  /// Adds the words of a table: class, value, words.
  mutating func add(_ table: ResourceTable) throws(ResourceError) {
    for row in table.rows where row.fields[0] == "strict" {
      for word in row.fields.last?.split(separator: " ") ?? [] { strict.insert(FoldedHash(String(word)).value) }
    }
    for row in table.rows where row.fields[0].hasPrefix(Self.aside) {
      let words = row.fields.last?.split(separator: " ").map { FoldedHash(String($0)).value } ?? []
      asides[String(row.fields[0].dropFirst(Self.aside.utf8.count)), default: []].formUnion(words)
    }
    for row in table.rows where row.fields[0] != "strict" && !row.fields[0].hasPrefix(Self.aside) {
      guard row.fields.count == 3 else { throw table.error(row, "three fields are due: class, value, words") }
      let bit = classes[row.fields[0]] ?? classes.count
      guard bit < 64 else { throw table.error(row, "more than 64 classes") }
      classes[row.fields[0]] = bit
      for word in row.fields[2].split(separator: " ") { add(String(word), bit, row.fields[1]) }
    }
  }

  /// The entry of a word that a pattern names; made where it isn't there.
  mutating func literal(_ word: String) -> Int32 {
    let index = index(of: word)
    registerWithoutAccents(word, index)
    return index
  }

  private mutating func add(_ word: String, _ bit: Int, _ value: String) {
    let index = index(of: word)
    entries[Int(index)].classes |= 1 << UInt64(bit)
    entries[Int(index)].values.removeAll { $0.category == bit }
    entries[Int(index)].values.append((bit, Value(value)))
    registerWithoutAccents(word, index)
  }

  private mutating func registerWithoutAccents(_ word: String, _ index: Int32) {
    let plain = Accents.removed(from: word)
    guard plain != word, !strict.contains(FoldedHash(word).value) else { return }
    let hash = FoldedHash(plain).value
    if find(hash) < 0 { table.set(hash, index) }
  }

  private mutating func index(of word: String) -> Int32 {
    let hash = FoldedHash(word).value
    let found = find(hash)
    if found >= 0 { return found }
    let index = Int32(entries.count)
    entries.append(Entry())
    table.set(hash, index)
    return index
  }

  /// Number of the entry with a folded hash, or -1.
  @inline(__always)
  func find(_ hash: UInt64) -> Int32 { table.find(hash) }
}

/// French letters without their accents.
enum Accents {
  static func removed(from word: String) -> String {
    var plain = ""
    for scalar in word.unicodeScalars {
      switch scalar {
      case "à", "â", "ä": plain += "a"
      case "é", "è", "ê", "ë": plain += "e"
      case "î", "ï": plain += "i"
      case "ô", "ö": plain += "o"
      case "ù", "û", "ü": plain += "u"
      case "ç": plain += "c"
      default: plain.unicodeScalars.append(scalar)
      }
    }
    return plain
  }
}

import TelexText

/// Makes elements of tokens: looks words up, and joins the parts of numbers. Linear in the text.
///
/// All readers know the same words of numbers, so what one has joined stands for the others as well: they only look the
/// words up in their own vocabulary.
struct ElementReader: Sendable {
  let vocabulary: RuleVocabulary
  let numbers: NumberWords

  /// The elements of a document, seen with this reader's vocabulary; keeps them for the next reader.
  func elements(of document: inout Document) -> [Element] {
    if document.elements.isEmpty {
      document.elements = joined(document)
    } else {
      look(at: &document.elements, document.hashes)
    }
    return document.elements
  }

  /// Looks the words of another reader's elements up.
  private func look(at elements: inout [Element], _ hashes: [UInt64]) {
    let shapes = RuleVocabulary.Shape.mask
    let capitalized: Element.Flags = [.isPlainWord, .isCapitalized]
    let name = UInt64(1) << UInt64(RuleVocabulary.Shape.name.rawValue)
    for index in elements.indices where !elements[index].flags.contains(.isFigure) {
      let entry = vocabulary.find(hashes[Int(elements[index].firstToken)])
      elements[index].entry = entry
      elements[index].classes &= shapes & ~name
      if entry >= 0 {
        elements[index].classes |= vocabulary.entries[Int(entry)].classes
      } else if elements[index].flags.intersection([.isPlainWord, .isCapitalized, .isSpelled]) == capitalized {
        elements[index].classes |= name
      }
    }
  }

  private func joined(_ document: Document) -> [Element] {
    document.text.utf8.withUnsafeBufferPointer { utf8 in
      document.tokens.withUnsafeBufferPointer { tokens in
        document.hashes.withUnsafeBufferPointer { hashes in
          var pass = Pass(reader: self, utf8: utf8, tokens: tokens, hashes: hashes)
          pass.run()
          return pass.elements
        }
      }
    }
  }

  /// One pass over the tokens. Lives no longer than the arrays it looks at.
  private struct Pass {
    let reader: ElementReader
    let utf8: UnsafeBufferPointer<UInt8>
    let tokens: UnsafeBufferPointer<Token>
    let hashes: UnsafeBufferPointer<UInt64>
    var elements: [Element] = []

    init(
      reader: ElementReader, utf8: UnsafeBufferPointer<UInt8>, tokens: UnsafeBufferPointer<Token>,
      hashes: UnsafeBufferPointer<UInt64>
    ) {
      self.reader = reader
      self.utf8 = utf8
      self.tokens = tokens
      self.hashes = hashes
      elements.reserveCapacity(tokens.count)
    }

    mutating func run() {
      var index = 0
      while index < tokens.count {
        let token = tokens[index]
        if token.kind == .number {
          index = figure(at: index)
          continue
        }
        let entry = reader.vocabulary.find(hashes[index])
        var element = plain(token, index, entry)
        if entry >= 0 {
          element.classes |= reader.vocabulary.entries[Int(entry)].classes
          if element.classes & reader.numbers.bit != 0, let end = spelled(at: index, element) {
            index = end
            continue
          }
        } else if token.kind == .word {
          if let end = hyphenated(at: index, element) {
            index = end
            continue
          }
          if token.isCapitalized { element.classes |= 1 << UInt64(RuleVocabulary.Shape.name.rawValue) }
        }
        if token.kind == .ordinal { ordinal(token, &element) }
        elements.append(element)
        index += 1
      }
    }

    private func bytes(_ token: Token) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(rebasing: utf8[token.range])
    }

    private func plain(_ token: Token, _ index: Int, _ entry: Int32) -> Element {
      var flags: Element.Flags = []
      if token.beginsLine, beginsParagraph(token) { flags.insert(.beginsParagraph) }
      if token.isCapitalized { flags.insert(.isCapitalized) }
      if token.isSpaced { flags.insert(.isSpaced) }
      var classes: UInt64 = 0
      if token.kind == .word { flags.insert(.isPlainWord) }
      switch token.kind {
      case .word, .elision, .clitic, .abbreviation, .acronym:
        flags.insert(.isWord)
        classes = 1 << UInt64(RuleVocabulary.Shape.word.rawValue)
      case .terminator: flags.insert(.endsSentence)
      default: break
      }
      return Element(
        start: token.start, end: token.end, firstToken: UInt32(index), endToken: UInt32(index + 1), entry: entry,
        flags: flags, classes: classes, number: .nan)
    }

    /// Two ends of line stand before the token.
    private func beginsParagraph(_ token: Token) -> Bool {
      var index = Int(token.start) - 1
      var lines = 0
      while index >= 0, utf8[index] <= 0x20 {
        if utf8[index] == 0x0A { lines += 1 }
        index -= 1
      }
      return lines > 1 || index < 0
    }

    private func ordinal(_ token: Token, _ element: inout Element) {
      var value = 0.0
      for byte in bytes(token) {
        guard byte >= 0x30, byte <= 0x39 else { break }
        value = value * 10 + Double(byte - 0x30)
      }
      element.number = value
      element.classes |= 1 << UInt64(RuleVocabulary.Shape.ordinalFigure.rawValue)
      if value == 1 { element.classes |= 1 << UInt64(RuleVocabulary.Shape.day.rawValue) }
    }

    // MARK: Numbers

    /// A number that begins with figures, with the words of scale behind it; the index behind.
    private mutating func figure(at start: Int) -> Int {
      var element = plain(tokens[start], start, -1)
      guard let (value, isPlain, isWhole) = Figures.read(bytes(tokens[start])) else {
        elements.append(element)
        return start + 1
      }
      var sum = NumberWords.Sum()
      _ = sum.take(figure: value, isWhole: isWhole)
      var end = start + 1
      // "3  000": a group that wider space cut off.
      if isPlain, value < 1000, end < tokens.count, tokens[end].kind == .number, tokens[end].range.count == 3,
        utf8[tokens[end].range.lowerBound] == 0x30, !tokens[end].beginsLine,
        let rest = Figures.read(bytes(tokens[end]))
      {
        sum = NumberWords.Sum()
        _ = sum.take(figure: value * 1000 + rest.value, isWhole: true)
        end += 1
      }
      let words = end
      end = join(&sum, from: end, isFigure: true)
      element.number = sum.value
      element.endToken = UInt32(end)
      element.end = tokens[end - 1].end
      element.flags.insert(.isFigure)
      element.classes = shapes(
        sum.value, digits: end == start + 1 && isPlain ? tokens[start].range.count : 0,
        isInteger: end > words || isWhole)
      elements.append(element)
      return end
    }

    /// A number in words; nil where the words make none.
    private mutating func spelled(at start: Int, _ first: Element) -> Int? {
      var sum = NumberWords.Sum()
      let end = join(&sum, from: start)
      guard end > start else { return nil }
      var element = first
      if end == start + 1, sum.value == 1 {
        // "un" is an article before it is a number.
        element.number = 1
        element.classes |= 1 << UInt64(RuleVocabulary.Shape.one.rawValue)
        elements.append(element)
        return end
      }
      append(&element, sum, end)
      return end
    }

    /// "vingt-quatre": a word whose parts are all parts of a number.
    private mutating func hyphenated(at start: Int, _ first: Element) -> Int? {
      var sum = NumberWords.Sum()
      guard take(parts: tokens[start], &sum) else { return nil }
      let end = join(&sum, from: start + 1)
      var element = first
      append(&element, sum, end)
      return end
    }

    private mutating func append(_ element: inout Element, _ sum: NumberWords.Sum, _ end: Int) {
      element.number = sum.value
      element.endToken = UInt32(end)
      element.end = tokens[end - 1].end
      element.flags.insert(.isSpelled)
      element.classes |= shapes(sum.value, digits: 0, isInteger: true)
      if sum.value < 60 { element.classes |= 1 << UInt64(RuleVocabulary.Shape.minute.rawValue) }
      if sum.value <= 24 { element.classes |= 1 << UInt64(RuleVocabulary.Shape.hour.rawValue) }
      if sum.value >= 1, sum.value <= 31 { element.classes |= 1 << UInt64(RuleVocabulary.Shape.day.rawValue) }
      elements.append(element)
    }

    /// Takes number words as long as they fit; the index behind the last.
    /// - Parameter isFigure: behind figures only words of scale: "164,5 millions un an plus tôt".
    private func join(_ sum: inout NumberWords.Sum, from start: Int, isFigure: Bool = false) -> Int {
      var end = start
      while end < tokens.count, !(tokens[end].beginsLine && end > start && beginsParagraph(tokens[end])) {
        let token = tokens[end]
        if token.kind == .number {
          guard end > start, let figure = Figures.read(bytes(token)), sum.value >= 1000,
            sum.take(figure: figure.value, isWhole: figure.isWhole)
          else { return end }
          end += 1
          continue
        }
        guard token.kind == .word else { return end }
        let entry = reader.vocabulary.find(hashes[end])
        if entry == reader.numbers.and, sum.takesAnd, end + 1 < tokens.count, tokens[end + 1].kind == .word {
          let next = reader.vocabulary.find(hashes[end + 1])
          guard let value = reader.numbers.value(of: next), value == 1 || value == 11, sum.take(word: value) else {
            return end
          }
          end += 2
        } else if let value = reader.numbers.value(of: entry) {
          guard !isFigure || value >= 1000, sum.take(word: value) else { return end }
          end += 1
        } else if entry < 0, !isFigure, end > start || !sum.isEmpty {
          var more = sum
          guard take(parts: token, &more) else { return end }
          sum = more
          end += 1
        } else {
          return end
        }
      }
      return end
    }

    private func take(parts token: Token, _ sum: inout NumberWords.Sum) -> Bool {
      let word = bytes(token)
      guard word.count > 5, word.count < 80, word.contains(byteOf("-")) else { return false }
      for part in word.split(separator: byteOf("-"), omittingEmptySubsequences: false) {
        let entry = reader.vocabulary.find(FoldedHash(UnsafeBufferPointer(rebasing: part)).value)
        if entry == reader.numbers.and, sum.takesAnd { continue }
        guard let value = reader.numbers.value(of: entry), sum.take(word: value) else { return false }
      }
      return !sum.isEmpty
    }

    /// - Parameter digits: how many plain figures it is written with; 0 where it isn't.
    private func shapes(_ value: Double, digits: Int, isInteger: Bool) -> UInt64 {
      var shapes: UInt64 = 0
      func add(_ shape: RuleVocabulary.Shape) { shapes |= 1 << UInt64(shape.rawValue) }
      add(.n)
      if isInteger { add(.integer) }
      switch digits {
      case 1, 2:
        if value >= 1, value <= 31 { add(.day) }
        if value <= 24 { add(.hour) }
        if value >= 1, value <= 12 { add(.monthNumber) }
        if digits == 2 {
          add(.yy)
          if value < 60 { add(.minute) }
        }
      case 4: if value >= 1000, value < 3000 { add(.year) }
      default: break
      }
      return shapes
    }
  }
}

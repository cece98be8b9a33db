/// What a document may ask of a reader before it is refused.
package enum MarkupLimits {
  /// Elements inside each other.
  package static let depth = 256
  /// Attributes of one element.
  package static let attributes = 512
  /// Bytes of one name.
  package static let nameBytes = 1024
  /// Elements, stretches of text and attributes in all.
  package static let tokens = 200_000
  /// Different names.
  package static let names = 10_000
  /// Namespaces in scope.
  package static let prefixes = 128
  /// Bytes of text and attribute values, expansions included.
  package static let textBytes = 16 << 20
  /// Entities that a document declares for itself.
  package static let entities = 256
}

/// Builds a `MarkupTree` from the events of a parser, and says which limit a document breaks.
struct MarkupTreeBuilder {
  private var nodes: [MarkupTree.Node] = []
  private var names: [String] = []
  private var nameIndex: [String: Int32] = [:]
  private var attributes: [MarkupTree.Attribute] = []
  private var transcript = Transcript()
  private var open: [Open] = []
  private var valueBytes = 0
  /// Prefixes in scope, innermost last; "" is the default namespace.
  private var prefixes: [(prefix: String, uri: Int32)] = []

  private struct Open {
    var node: Int
    var prefixes: Int
    /// Children by name: how many so far, and the first one's node.
    var twins: [Int32: (count: Int32, first: Int)] = [:]
  }

  var depth: Int { open.count }
  var isEmpty: Bool { nodes.isEmpty }

  /// Name of an open element, 0 the innermost.
  func openName(_ distance: Int) -> String? {
    guard distance < open.count else { return nil }
    return names[Int(nodes[open[open.count - 1 - distance].node].name)]
  }

  /// - Returns: the limit that is broken, in words; nil where all is well.
  mutating func start(_ name: String, _ list: [(name: String, value: String)], at source: Int) -> String? {
    guard depth < MarkupLimits.depth else { return "elements more than \(MarkupLimits.depth) deep" }
    guard list.count <= MarkupLimits.attributes else {
      return "an element with more than \(MarkupLimits.attributes) attributes"
    }
    guard nodes.count + attributes.count + list.count < MarkupLimits.tokens else { return Self.tokens }
    guard name.utf8.count <= MarkupLimits.nameBytes, list.allSatisfy({ $0.name.utf8.count <= MarkupLimits.nameBytes })
    else { return "a name longer than \(MarkupLimits.nameBytes) bytes" }
    let scope = prefixes.count
    let firstAttribute = Int32(attributes.count)
    for attribute in list {
      valueBytes += attribute.value.utf8.count
      if attribute.name == "xmlns" || attribute.name.hasPrefix("xmlns:") {
        guard let uri = intern(attribute.value) else { return Self.vocabulary }
        guard prefixes.count < MarkupLimits.prefixes else {
          return "more than \(MarkupLimits.prefixes) namespaces at a time"
        }
        prefixes.append((attribute.name == "xmlns" ? "" : String(attribute.name.dropFirst(6)), uri))
      } else {
        guard let id = intern(Self.local(attribute.name)) else { return Self.vocabulary }
        attributes.append(MarkupTree.Attribute(name: id, value: attribute.value))
      }
    }
    guard transcript.count + valueBytes <= MarkupLimits.textBytes else { return Self.amount }
    guard let id = intern(Self.local(name)) else { return Self.vocabulary }
    let prefix = name.firstIndex(of: ":").map { String(name[..<$0]) } ?? ""
    let uri = prefixes.last { $0.prefix == prefix }?.uri ?? (prefix.isEmpty ? -1 : intern(prefix) ?? -1)
    let twin = twin(of: id)
    nodes.append(
      MarkupTree.Node(
        name: id, namespace: uri, parent: Int32(open.last?.node ?? -1), ordinal: twin, hasTwin: twin > 1, end: 0,
        attributes: firstAttribute..<Int32(attributes.count), text: transcript.count..<transcript.count, source: source)
    )
    open.append(Open(node: nodes.count - 1, prefixes: scope))
    return nil
  }

  mutating func end() {
    guard let element = open.popLast() else { return }
    nodes[element.node].end = Int32(nodes.count)
    nodes[element.node].text = nodes[element.node].text.lowerBound..<transcript.count
    prefixes.removeSubrange(element.prefixes...)
  }

  /// Text inside the innermost element.
  /// - Returns: the limit that is broken, in words.
  mutating func text(_ bytes: some Collection<UInt8>, for source: Range<Int>, isCopy: Bool) -> String? {
    guard !open.isEmpty, !bytes.isEmpty else { return nil }
    guard transcript.count + valueBytes + bytes.count <= MarkupLimits.textBytes else { return Self.amount }
    let start = transcript.count
    if isCopy { transcript.append(copy: bytes, from: source.lowerBound) } else { transcript.append(bytes, for: source) }
    return extend(start)
  }

  /// Text that is itself decoded from the source.
  mutating func text(_ other: Transcript, _ range: Range<Int>) -> String? {
    guard !open.isEmpty, !range.isEmpty else { return nil }
    guard transcript.count + valueBytes + range.count <= MarkupLimits.textBytes else { return Self.amount }
    let start = transcript.count
    transcript.append(other, range)
    return extend(start)
  }

  private mutating func extend(_ start: Int) -> String? {
    if let last = nodes.last, last.name < 0, last.text.upperBound == start, Int(last.parent) == open.last?.node {
      nodes[nodes.count - 1].text = last.text.lowerBound..<transcript.count
      return nil
    }
    guard nodes.count + attributes.count < MarkupLimits.tokens else { return Self.tokens }
    nodes.append(
      MarkupTree.Node(
        name: -1, namespace: -1, parent: Int32(open.last?.node ?? -1), ordinal: 0, hasTwin: false,
        end: Int32(nodes.count + 1), attributes: 0..<0, text: start..<transcript.count, source: start))
    return nil
  }

  mutating func finish() -> MarkupTree {
    while !open.isEmpty { end() }
    return MarkupTree(nodes: nodes, names: names, ids: nameIndex, attributes: attributes, transcript: transcript)
  }

  private static let tokens = "more than \(MarkupLimits.tokens) elements, texts and attributes"
  private static let vocabulary = "more than \(MarkupLimits.names) different names"
  private static let amount = "more than \(MarkupLimits.textBytes >> 20) MB of text"

  private static func local(_ name: String) -> String {
    guard let colon = name.firstIndex(of: ":") else { return name }
    return String(name[name.index(after: colon)...])
  }

  private mutating func intern(_ name: String) -> Int32? {
    if let id = nameIndex[name] { return id }
    guard names.count < MarkupLimits.names else { return nil }
    let id = Int32(names.count)
    names.append(name)
    nameIndex[name] = id
    return id
  }

  private mutating func twin(of name: Int32) -> Int32 {
    guard !open.isEmpty else { return 1 }
    let last = open.count - 1
    guard let twins = open[last].twins[name] else {
      open[last].twins[name] = (1, nodes.count)
      return 1
    }
    nodes[twins.first].hasTwin = true
    open[last].twins[name] = (twins.count + 1, twins.first)
    return twins.count + 1
  }
}

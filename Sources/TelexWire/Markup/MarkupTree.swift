/// The elements of an XML or HTML document, bounded in every dimension, and its text with origins.
package final class MarkupTree: Sendable {
  struct Node: Sendable {
    /// Index into `names`; -1 for text.
    var name: Int32
    /// Index into `names`: the namespace's URI, the prefix itself where none is declared, or -1.
    var namespace: Int32
    var parent: Int32
    /// From 1, among the siblings of the same name.
    var ordinal: Int32
    /// Whether siblings of the same name follow or go before.
    var hasTwin: Bool
    /// Index behind the last node inside.
    var end: Int32
    var attributes: Range<Int32>
    /// Range of the transcript: of a text, or of all text inside an element.
    var text: Range<Int>
    /// Offset of the source where it begins.
    var source: Int
  }

  struct Attribute: Sendable {
    var name: Int32
    var value: String
  }

  let nodes: [Node]
  let names: [String]
  private let ids: [String: Int32]
  let attributes: [Attribute]
  package let transcript: Transcript

  init(nodes: [Node], names: [String], ids: [String: Int32], attributes: [Attribute], transcript: Transcript) {
    self.nodes = nodes
    self.names = names
    self.ids = ids
    self.attributes = attributes
    self.transcript = transcript
  }

  func id(of name: String) -> Int32? { ids[name] }

  /// The outermost element; nil where there is none.
  package var root: Element? { nodes.first.map { _ in Element(tree: self, index: 0) } }
}

/// One element of a `MarkupTree`. Names are local names, without prefix.
package struct Element: Sendable {
  let tree: MarkupTree
  let index: Int

  /// What stands in an element, in order.
  enum Content {
    case element(Element)
    /// Range of the tree's transcript.
    case text(Range<Int>)
  }

  private var node: MarkupTree.Node { tree.nodes[index] }

  package var name: String { tree.names[Int(node.name)] }
  package var namespace: String? { node.namespace < 0 ? nil : tree.names[Int(node.namespace)] }
  var textRange: Range<Int> { node.text }
  /// Offset of the source where its start tag stands.
  package var source: Int { node.source }

  var contents: [Content] {
    var contents: [Content] = []
    var next = index + 1
    while next < Int(node.end) {
      let child = tree.nodes[next]
      contents.append(child.name < 0 ? .text(child.text) : .element(Element(tree: tree, index: next)))
      next = max(Int(child.end), next + 1)
    }
    return contents
  }

  package var children: [Element] {
    contents.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  package func children(_ name: String) -> [Element] { children.filter { $0.name == name } }

  /// The first child of that name, or along that path: `head/docdata/urgency`.
  package func first(_ path: String) -> Element? {
    var element = self
    for name in path.split(separator: "/") {
      guard let child = element.children.first(where: { $0.name == name }) else { return nil }
      element = child
    }
    return element
  }

  /// Every element inside with that name, in reading order.
  package func descendants(_ name: String) -> [Element] {
    guard let id = tree.id(of: name) else { return [] }
    return (index + 1..<max(Int(node.end), index + 1)).compactMap {
      tree.nodes[$0].name == id ? Element(tree: tree, index: $0) : nil
    }
  }

  /// Every element inside, in reading order.
  var all: [Element] {
    (index + 1..<max(Int(node.end), index + 1)).compactMap {
      tree.nodes[$0].name < 0 ? nil : Element(tree: tree, index: $0)
    }
  }

  /// Value of an attribute, by local name.
  package subscript(_ name: String) -> String? {
    for attribute in tree.attributes[Int(node.attributes.lowerBound)..<Int(node.attributes.upperBound)]
    where tree.names[Int(attribute.name)] == name {
      return attribute.value
    }
    return nil
  }

  /// Text inside, white space as running text has it; empty where there is none.
  package var text: String {
    var assembly = TextAssembly()
    assembly.append(tree.transcript, node.text, path: "")
    return String(decoding: assembly.utf8, as: UTF8.self)
  }

  /// `text`, or nil where it is empty.
  package var words: String? {
    let text = text
    return text.isEmpty ? nil : text
  }

  /// `/nitf/body/body.content/p[2]`; of an element deeper than any document needs the last steps, behind `/`.
  package var path: String {
    var steps: [String] = []
    var next = index
    while next >= 0 {
      if steps.count == Self.longestPath {
        steps.append("")
        break
      }
      let node = tree.nodes[next]
      let name = tree.names[Int(node.name)]
      steps.append(node.hasTwin ? "\(name)[\(node.ordinal)]" : name)
      next = Int(node.parent)
    }
    return "/" + steps.reversed().joined(separator: "/")
  }

  private static let longestPath = 32

  package var parent: Element? { node.parent < 0 ? nil : Element(tree: tree, index: Int(node.parent)) }
}

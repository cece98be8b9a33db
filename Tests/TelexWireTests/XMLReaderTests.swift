import TelexModel
import Testing

@testable import TelexWire

@Suite struct XMLReaderTests {
  func failure(_ text: String) throws -> ReadingFailure? {
    let reader = try Reading.xml()
    do throws(ReadingFailure) {
      _ = try reader.tree(of: Array(text.utf8))
      return nil
    } catch {
      return error
    }
  }

  func code(_ text: String) throws -> RejectionCode? {
    switch try failure(text) {
    case .rejected(let reason): reason.code
    case .incomplete(let reason): reason.code
    case nil: nil
    }
  }

  @Test func elementsKeepNamesNamespacesAttributesAndPaths() throws {
    let (tree, _) = try Reading.xml().tree(
      of: Array("<a xmlns:d='urn:d' x='1'><d:b/>un<b d:y='2'>deux</b><u:c/></a>".utf8))
    let root = try #require(tree.root)
    #expect(root["x"] == "1")
    #expect(root.children.map(\.name) == ["b", "b", "c"])
    #expect(root.children.map(\.namespace) == ["urn:d", nil, "u"])
    #expect(root.children.map(\.path) == ["/a/b[1]", "/a/b[2]", "/a/c"])
    #expect(root.children[1]["y"] == "2")
    #expect(root.text == "undeux")
  }

  @Test func ownEntitiesAreReadAndUnknownOnesAreTold() throws {
    let (tree, diagnostics) = try Reading.xml().tree(
      of: Array("<!DOCTYPE a [<!ENTITY ag \"l'agence\">]><a>&ag; &inconnue;</a>".utf8))
    #expect(tree.root?.text == "l'agence &inconnue;")
    #expect(diagnostics.map(\.code) == ["undefined-entity"])
  }

  @Test func externalEntitiesAreLeftOutAndTold() throws {
    let (tree, diagnostics) = try Reading.xml().tree(
      of: Array("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>un &x;deux</a>".utf8))
    #expect(tree.root?.text == "un deux")
    #expect(diagnostics.map(\.code) == ["external-entity"])
  }

  @Test(arguments: ["<a><b>", "<a>texte", "<a", "<?xml version='1.0'?>", "<a><![CDATA[x", "<a><!-- x"])
  func whatEndsTooEarlyIsAwaited(text: String) throws {
    guard case .incomplete? = try failure(text) else {
      Issue.record("\(text): \(String(describing: try failure(text)))")
      return
    }
  }

  @Test(arguments: ["<a></b>", "<a/><b/>", "<a b='1' b='2'/>", "<a>\u{1}</a>", "<a>&#0;</a>", "<a b=c/>", "<a>& b</a>"])
  func whatBreaksTheRulesIsMalformed(text: String) throws { #expect(try code(text) == .malformed) }

  @Test func limitsHold() throws {
    let deep = String(repeating: "<a>", count: 200_000)
    #expect(try code(deep) == .limit)
    let attributes = (0..<100_000).map { "a\($0)='1'" }.joined(separator: " ")
    #expect(try code("<a \(attributes)/>") == .limit)
    let namespaces = (0..<100_000).map { "xmlns:a\($0)='urn:\($0)'" }.joined(separator: " ")
    #expect(try code("<a \(namespaces)/>") == .limit)
    #expect(try code("<\(String(repeating: "n", count: 5000))/>") == .limit)
    #expect(try code("<a>\(String(repeating: "<b/>", count: 300_000))</a>") == .limit)
    #expect(try code("<a>\((0..<20_000).map { "<b\($0)/>" }.joined())</a>") == .limit)
  }

  @Test func entityBombsAreRefused() throws {
    var bomb = "<!DOCTYPE a [<!ENTITY e0 \"mille milliards\">"
    for level in 1...30 { bomb += "<!ENTITY e\(level) \"\(String(repeating: "&e\(level - 1);", count: 10))\">" }
    #expect(try code(bomb + "]><a>&e30;</a>") == .limit)
    let long = String(repeating: "x", count: 100_000)
    let quadratic = "<!DOCTYPE a [<!ENTITY e \"\(long)\">]><a>\(String(repeating: "&e;", count: 100_000))</a>"
    #expect(try code(quadratic) == .limit)
    let inAttributes =
      "<!DOCTYPE a [<!ENTITY e \"\(long)\">]><a>\(String(repeating: "<b c=\"&e;\"/>", count: 5000))</a>"
    #expect(try code(inAttributes) == .limit)
    let parameter = "<!DOCTYPE a [<!ENTITY % p \"<!ENTITY q 'x'>\"> %p;]><a>&q;</a>"
    #expect(try code(parameter) == .limit)
    let many = (0..<1000).map { "<!ENTITY n\($0) \"x\">" }.joined()
    #expect(try code("<!DOCTYPE a [\(many)]><a/>") == .limit)
    #expect(try code("<!DOCTYPE a [<!ENTITY e \"&e;\">]><a>&e;</a>") == .malformed)
  }

  @Test func longTextsAndTokensAreBounded() throws {
    let megabyte = String(repeating: "abcdefg ", count: 1 << 17)
    #expect(try code("<a>\(String(repeating: megabyte, count: 8))</a>") == nil)
    #expect(try code("<a>\(String(repeating: megabyte, count: 20))</a>") == .limit)
    #expect(try code("<a b=\"\(String(repeating: megabyte, count: 20))\"/>") == .limit)
  }
}

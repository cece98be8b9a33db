import TelexModel
import TelexText

/// A page of the web: the article without what stands around it, and what the page says of it in JSON-LD and `meta`.
struct HTMLReader {
  let html: HTMLParser
  let parts: PageParts

  func read(_ input: WireInput) throws(ReadingFailure) -> [WireItem] {
    let tree = try html.tree(of: Transcript(copyOf: input.decoded.text.utf8))
    guard let root = tree.root else { throw .rejected(Reason(.empty, "The page holds no element.")) }
    let data = LinkedData(root)
    let article = ArticleFinder.article(in: root)
    var text = MarkupText()
    text.skipped.formUnion(ArticleFinder.boilerplate)
    let size = article.textRange.count
    text.isSkipped = { ArticleFinder.isBoilerplate($0) || parts.isOutside($0, article: size) }
    let heading = article.descendants("h1").first
    if heading == nil, let title = root.descendants("h1").first ?? root.descendants("title").first {
      text.assembly.begin(.headline)
      text.append(title)
      text.assembly.setRoles(from: 0, .headline)
    }
    text.append(article)
    text.assembly.end()
    text.assembly.markLead()
    var dispatch = input.dispatch(text.assembly)
    describe(root, data, &dispatch)
    if dispatch.item.byline == nil { dispatch.item.byline = parts.byline(in: article) }
    dispatch.item.headline =
      data.headline ?? heading?.words ?? Self.meta(root, "og:title") ?? root.descendants("title").first?.words
    return [dispatch]
  }

  private func describe(_ root: Element, _ data: LinkedData, _ dispatch: inout WireItem) {
    dispatch.item.uri =
      data.identifier ?? root.descendants("link").first { $0["rel"] == "canonical" }?["href"]
      ?? Self.meta(root, "og:url")
    dispatch.item.byline = data.author ?? Self.meta(root, "author") ?? Self.meta(root, "article:author")
    dispatch.item.located = data.dateline
    dispatch.item.keywords = data.keywords
    dispatch.setLanguage(data.language ?? root["lang"])
    if dispatch.item.languageVariant == nil {
      let language = dispatch.item.language
      dispatch.setLanguage(root["lang"])
      if language != nil, dispatch.item.language != language { dispatch.item.languageVariant = nil }
      dispatch.item.language = language ?? dispatch.item.language
    }
    if let publisher = data.publisher ?? Self.meta(root, "og:site_name") { dispatch.item.infoSources = [publisher] }
    let published = (data.published ?? Self.meta(root, "article:published_time")).flatMap { WireDate(iso: $0) }
    let modified = (data.modified ?? Self.meta(root, "article:modified_time")).flatMap { WireDate(iso: $0) }
    let stated = root.descendants("time").lazy.compactMap { $0["datetime"].flatMap { WireDate(iso: $0) } }.first
    dispatch.item.firstCreated = published?.iso
    dispatch.item.versionCreated = (modified ?? published ?? stated)?.iso
    dispatch.setTime(published, modified, stated)
  }

  /// Content of `<meta property=…>` or `<meta name=…>`.
  private static func meta(_ root: Element, _ name: String) -> String? {
    root.descendants("meta").first { $0["property"] == name || $0["name"] == name }?["content"].flatMap {
      $0.isEmpty ? nil : $0
    }
  }
}

/// Which part of a page is the article.
enum ArticleFinder {
  /// Elements that are never part of an article's text.
  static let boilerplate: Set<String> = [
    "nav", "aside", "footer", "form", "figure", "figcaption", "button", "dialog", "menu", "noscript", "label",
  ]
  private static let boilerplateRoles: Set<String> = [
    "navigation", "complementary", "contentinfo", "banner", "search", "dialog", "menu", "toolbar", "alert",
  ]
  /// Of a block whose text stands in links more than this share is a list of links.
  private static let linkShare = 0.6

  static func article(in root: Element) -> Element {
    if let body = longest(root.all.filter { $0["itemprop"] == "articleBody" }) { return body }
    if let article = longest(root.descendants("article")) { return article }
    if let main = longest(root.descendants("main") + root.all.filter { $0["role"] == "main" }) { return main }
    let parents = root.descendants("p").compactMap(\.parent)
    var best: (element: Element, count: Int)?
    var seen: Set<Int> = []
    for parent in parents where seen.insert(parent.index).inserted {
      let count = parent.children("p").reduce(0) { $0 + textOutsideLinks($1) }
      if count > best?.count ?? 0 { best = (parent, count) }
    }
    return best?.element ?? root.descendants("body").first ?? root
  }

  private static func longest(_ elements: [Element]) -> Element? {
    elements.map { ($0, $0.textRange.count) }.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
  }

  private static func textOutsideLinks(_ element: Element) -> Int {
    element.textRange.count - element.descendants("a").reduce(0) { $0 + $1.textRange.count }
  }

  static func isBoilerplate(_ element: Element) -> Bool {
    if element["hidden"] != nil || element["aria-hidden"] == "true" { return true }
    if let role = element["role"], boilerplateRoles.contains(role) { return true }
    guard ["ul", "ol", "div", "section", "p", "table", "tr", "td"].contains(element.name), element.textRange.count > 0
    else { return false }
    let links = element.descendants("a").reduce(0) { $0 + $1.textRange.count }
    return Double(links) > linkShare * Double(element.textRange.count)
  }
}

/// What a page says of its article in JSON-LD, by the names of schema.org.
struct LinkedData {
  private static let maximumBytes = 256 << 10

  private(set) var headline: String?
  private(set) var published: String?
  private(set) var modified: String?
  private(set) var author: String?
  private(set) var dateline: String?
  private(set) var language: String?
  private(set) var identifier: String?
  private(set) var publisher: String?
  private(set) var keywords: [String] = []

  init(_ root: Element) {
    for script in root.descendants("script") where script["type"]?.lowercased().hasPrefix("application/ld+json") == true
    {
      let range = script.textRange
      guard range.count <= Self.maximumBytes,
        let value = try? JSONReader.value(of: Array(script.tree.transcript.bytes[range])),
        let article = Self.article(value)
      else { continue }
      take(article)
      return
    }
  }

  private static func article(_ value: JSONValue, depth: Int = 0) -> JSONValue? {
    guard depth < 4 else { return nil }
    let types = value["@type"]?.array?.compactMap(\.string) ?? [value["@type"]?.string].compactMap { $0 }
    if types.contains(where: { $0.hasSuffix("Article") || $0.hasSuffix("Posting") || $0 == "Report" }) { return value }
    for inner in value.array ?? value["@graph"]?.array ?? [value["mainEntity"]].compactMap({ $0 }) {
      if let article = article(inner, depth: depth + 1) { return article }
    }
    return nil
  }

  private mutating func take(_ article: JSONValue) {
    headline = article["headline"]?.string ?? article["name"]?.string
    published = article["datePublished"]?.string
    modified = article["dateModified"]?.string
    author = Self.name(article["author"])
    dateline = article["dateline"]?.string
    language = Self.name(article["inLanguage"])
    identifier = article["identifier"]?.string ?? article["@id"]?.string ?? article["url"]?.string
    publisher = Self.name(article["publisher"])
    keywords =
      article["keywords"]?.array?.compactMap(\.string)
      ?? article["keywords"]?.string?.split(separator: ",").map { String($0.drop { $0 == " " }) } ?? []
  }

  /// A name that stands by itself, in an object, or first in a list of them.
  private static func name(_ value: JSONValue?) -> String? {
    value?.string ?? value?["name"]?.string ?? value?.array?.lazy.compactMap { $0.string ?? $0["name"]?.string }.first
  }
}

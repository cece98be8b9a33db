import TelexModel
import Testing

@testable import TelexWire

/// Inputs made to exhaust a reader: each is refused with a code, or read within bounds.
@Suite struct HostileInputTests {
  static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  // MARK: HTML soup

  static let soups: [(name: String, text: String)] = [
    ("deep", "<!doctype html><body>" + repeated("<div>", 100_000) + "texte"),
    ("deep inline", "<!doctype html><p>" + repeated("<b>", 100_000) + "texte"),
    (
      "unclosed formatting", "<!doctype html>" + (0..<3000).map { "<b id=\($0)>" }.joined() + repeated("<p>texte", 3000)
    ),
    ("end tags of nothing", "<!doctype html><p>texte" + repeated("</b></i></p>", 100_000)),
    ("crossed tags", "<!doctype html>" + repeated("<b><i></b></i>texte", 20_000)),
    ("open comments", "<!doctype html><p>texte</p>" + repeated("<!--", 200_000)),
    ("open tags", "<!doctype html><p>texte</p>" + repeated("<a href=\"", 100_000)),
    ("open angle brackets", "<!doctype html><p>texte " + repeated("<", 500_000)),
    ("ampersands", "<!doctype html><p>texte " + repeated("&", 500_000)),
    ("references", "<!doctype html><p>texte " + repeated("&eacute;", 100_000)),
    ("attributes", "<!doctype html><p " + (0..<50_000).map { "a\($0)=1 " }.joined() + ">texte"),
    ("nested tables", "<!doctype html>" + repeated("<table><tr><td>", 20_000) + "texte"),
    ("lists", "<!doctype html><ul>" + repeated("<li>texte", 50_000)),
    ("scripts", "<!doctype html><p>texte" + repeated("<script>", 100_000)),
    ("one line", "<!doctype html><p>" + repeated("mot ", 500_000)),
  ]

  @Test(arguments: soups.indices) func soupIsReadOrRefused(index: Int) throws {
    let (name, text) = Self.soups[index]
    switch try Reading.reader().read(Array(text.utf8), name: []) {
    case .items(let items): #expect(items.first?.string.contains("texte") == true || name == "one line", "\(name)")
    case .rejected(let reason): #expect(reason.code == .limit, "\(name): \(reason)")
    case .incomplete(let reason): Issue.record("\(name): \(reason)")
    }
  }

  @Test func moreElementsThanAnyDispatchHasAreRefused() throws {
    #expect(try Reading.refusal("<!doctype html>" + Self.repeated("<p>x", 150_000)) == "limit")
  }

  // MARK: JSON

  @Test func jsonIsBounded() throws {
    let head = "{\"uri\": \"x\", \"body_text\": \"y\", \"z\": "
    #expect(try Reading.refusal(head + Self.repeated("[", 100_000)) == "limit")
    #expect(try Reading.refusal(head + Self.repeated("{\"a\":", 100_000)) == "limit")
    #expect(try Reading.refusal(head + "[" + Self.repeated("0,", 300_000) + "0]}") == "limit")
    #expect(try Reading.refusal(head + Self.repeated("9", 100_000) + "}") == nil)
    #expect(try Reading.refusal(head + "1e999999999}") == nil)
    #expect(try Reading.refusal(head + "\"" + Self.repeated("\\u00e9", 100_000) + "\"}") == nil)
    #expect(try Reading.refusal(head + "01}") == "malformed")
    #expect(try Reading.refusal(head + "\"\\ud800\"}") == "malformed")
    #expect(try Reading.refusal(head + "1} {}") == "malformed")
    #expect(try Reading.refusal(head) == "incomplete")
    #expect(try Reading.refusal("{\"uri\": \"x\", \"body_text\": \"y") == "incomplete")
  }

  // MARK: Mail

  private func mail(_ body: String) -> String { "From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\n" + body }

  @Test func mimeNestsAreRefused() throws {
    var nest = ""
    for level in 0..<1000 { nest += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
    #expect(try Reading.refusal(mail(nest)) == "limit")
    let messages = Self.repeated("Content-Type: message/rfc822\n\n", 1000)
    #expect(try Reading.refusal(mail(messages)) == "limit")
    let parts = "Content-Type: multipart/mixed; boundary=b\n\n" + Self.repeated("--b\n\nx\n", 10_000)
    #expect(try Reading.refusal(mail(parts)) == "limit")
    #expect(try Reading.refusal(mail(Self.repeated("X-A: b\n", 50_000))) == "limit")
  }

  @Test func strangeMailIsReadAsFarAsItGoes() throws {
    let folded = try Reading.item(mail("X-A: b\n" + Self.repeated(" c\n", 2000) + "\nTexte.\n"))
    #expect(folded.string == "x\n\nTexte.")
    let unclosed = try Reading.item(mail("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nTexte.\n"))
    #expect(unclosed.string == "x\n\nTexte.")
    let broken = try Reading.item(mail("Content-Transfer-Encoding: base64\n\nVGV4dGU!!u\n===="))
    #expect(broken.string.hasPrefix("x\n\nTexte"))
    let escapes = try Reading.item(mail("Content-Transfer-Encoding: quoted-printable\n\nTexte=ZZ=4=\n=\n!"))
    #expect(escapes.string == "x\n\nTexte=ZZ=4!")
    let words = try Reading.item("From: a\nTo: b\nSubject: " + Self.repeated("=?utf-8?Q?", 1000) + "\n\nTexte.\n")
    #expect(words.string.hasSuffix("Texte."))
  }

  // MARK: The old wires

  @Test func oldWiresAreBounded() throws {
    let message =
      "\u{1}a 4 b\r\n\u{2}Le pont de Namur a rouvert mardi matin =\r\n   Le pont a rouvert mardi à Namur, a dit la Ville.\r\n\u{3}051015 mar 24\r\n\u{4}"
    #expect(try Reading.items(Self.repeated(message, 10)).count == 10)
    #expect(try Reading.refusal(Self.repeated(message, 2000)) == "limit")
    #expect(try Reading.refusal("\u{1}a 4 b\r\n") == "incomplete")
    #expect(try Reading.refusal("\u{1}a 4 b\r\n\u{2}Texte") == "incomplete")
    #expect(try Reading.refusal("\u{16}\u{16}\u{1}a0412\u{1F}x\r\nu i\r\n\u{2}Texte") == "incomplete")
    #expect(try Reading.refusal("\u{1}a 4 b\r\n\u{2}\u{3}") == "empty")
  }

  // MARK: Other formats

  @Test func whatHoldsNoDispatchIsRefused() throws {
    #expect(try Reading.refusal("<?xml version='1.0'?><catalogue><livre/></catalogue>") == "unsupported")
    #expect(try Reading.refusal("{\"a\": 1}") == "unsupported")
    #expect(try Reading.refusal("<nitf><body/></nitf>") == "empty")
    #expect(try Reading.refusal("<rss version='2.0'><channel/></rss>") == "empty")
    #expect(try Reading.refusal("<nitf><body></nitf>") == "malformed")
    #expect(try Reading.refusal("<nitf><body><p>Texte") == "incomplete")
  }
}

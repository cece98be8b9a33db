import TelexModel
import TelexText

/// E-mail (RFC 5322, MIME): the subject is the headline, the best part the text.
///
/// Own code: GMime brings GLib and its memory into every worker, mimetic is C++ and rests since 2014, and neither gives
/// the place of a decoded character in the file.
struct MailReader {
  let decoder: TextDecoder
  let html: HTMLParser

  /// Of a mail's renditions the plain one is read, unless it holds less than this share of the other.
  private static let leastShare = 0.2

  func read(_ bytes: [UInt8]) throws(ReadingFailure) -> [WireItem] {
    var budget = MIMEPart.maximumParts
    var start = 0
    // An mbox puts a line of its own before the message.
    if bytes.starts(with: Array("From ".utf8)) {
      var lines = LineCursor(bytes, 0..<bytes.count)
      _ = lines.next()
      start = lines.index
    }
    let mail = try MIMEPart(bytes, start..<bytes.count, path: "", depth: 0, budget: &budget)
    var text = MarkupText()
    let subject = mail.field("subject")
    let headline = MailSubject.headline(subject.map { CharacterSet(decoder: decoder).words(of: $0.value) } ?? "")
    if let subject, !headline.isEmpty {
      text.assembly.begin(.headline)
      text.assembly.append(headline, source: subject.place, path: "/Subject")
      text.assembly.begin(.paragraph)
    }
    let chosen = body(of: mail, bytes)
    if let chosen {
      let (content, path) = (chosen.text, chosen.part.path)
      if chosen.isHTML {
        try MarkupFragment(html: html).append(content, path: path, isHTML: true, to: &text)
      } else {
        let body = MailBody(content.bytes, 0..<content.count)
        PlainBlocks.append(content, body.preamble, path: path, role: .header, to: &text.assembly)
        PlainBlocks.append(content, body.text, path: path, to: &text.assembly)
        PlainBlocks.append(content, body.tail, path: path, role: .note, to: &text.assembly)
      }
    }
    text.assembly.end()
    text.assembly.markLead()
    var dispatch = WireItem(
      text: SourceText(validUTF8: text.assembly.utf8), format: WireFormat.mail.rawValue,
      mediaType: WireFormat.mail.mediaType,
      encoding: chosen?.decoded.encoding ?? Source.Encoding(name: "us-ascii", evidence: "validity"),
      newline: chosen?.decoded.newline ?? "none")
    dispatch.blocks = text.assembly.blocks
    dispatch.map = text.assembly.runs
    dispatch.diagnostics = (chosen?.decoded.diagnostics ?? []).map { diagnostic in
      Diagnostic(diagnostic.code, diagnostic.severity, diagnostic.message)
    }
    let attachments = Self.leaves(mail).filter(\.isAttachment).count
    if attachments > 0 {
      dispatch.diagnostics.append(
        Diagnostic("attachments", .info, "The mail has \(attachments) attachments, which were not read."))
    }
    describe(mail, headline, &dispatch)
    return [dispatch]
  }

  // MARK: Body

  private struct Candidate {
    let part: MIMEPart
    let text: Transcript
    let decoded: DecodedText
    let isHTML: Bool
  }

  private func body(of mail: MIMEPart, _ bytes: [UInt8]) -> Candidate? {
    var candidates: [Candidate] = []
    for part in Self.leaves(mail) where !part.isAttachment {
      let isHTML = part.contentType.value == "text/html" || part.contentType.value == "application/xhtml+xml"
      guard isHTML || part.contentType.value == "text/plain" || part.contentType.value.isEmpty else { continue }
      let raw = TransferEncoding.decoded(bytes, part.body, part.transferEncoding)
      guard
        let (text, decoded) = CharacterSet(decoder: decoder).text(
          of: raw, declared: part.contentType.parameters["charset"])
      else { continue }
      candidates.append(Candidate(part: part, text: text, decoded: decoded, isHTML: isHTML))
      if candidates.contains(where: \.isHTML), candidates.contains(where: { !$0.isHTML }) { break }
    }
    guard let page = candidates.first(where: \.isHTML) else { return candidates.first }
    guard let plain = candidates.first(where: { !$0.isHTML }) else { return page }
    var text = MarkupText()
    if let root = try? html.tree(of: page.text).root { text.append(root) }
    return Double(plain.text.count) < Self.leastShare * Double(text.assembly.utf8.count) ? page : plain
  }

  /// Parts without parts, in order.
  private static func leaves(_ part: MIMEPart) -> [MIMEPart] {
    part.parts.isEmpty ? [part] : part.parts.flatMap(leaves)
  }

  // MARK: Header

  private func describe(_ mail: MIMEPart, _ headline: String, _ dispatch: inout WireItem) {
    func words(_ name: String) -> String? {
      let words = mail.field(name).map { CharacterSet(decoder: decoder).words(of: $0.value) } ?? ""
      return words.isEmpty ? nil : words
    }
    dispatch.item.headline = headline.isEmpty ? nil : headline
    dispatch.item.uri = words("message-id").map { String($0.filter { $0 != "<" && $0 != ">" }) }
    dispatch.item.keywords = words("keywords")?.split(separator: ",").map { String($0.drop { $0 == " " }) } ?? []
    dispatch.setLanguage(words("content-language")?.split(separator: ",").first.map(String.init))
    // The name before the address, where there is one.
    if let from = words("from"), let bracket = from.firstIndex(of: "<") {
      let name = from[..<bracket].filter { $0 != "\"" }.split(separator: " ").joined(separator: " ")
      if !name.isEmpty { dispatch.item.infoSources = [name] }
    }
    let date = words("date").flatMap { WireDate(mail: $0) }
    dispatch.item.versionCreated = date?.iso
    dispatch.setTime(date)
  }
}

/// The members of a result that hold what was read: from `item` to `diagnostics`, one function a layer.
extension JSONWriter {
  /// To the mentions.
  mutating func names(of analysis: Analysis, _ source: TextSource) {
    key("item")
    item(analysis.item, source)
    key("documentTime")
    documentTime(analysis.documentTime, source)
    key("text")
    string(utf8: source.utf8[...])
    key("blocks")
    array(analysis.blocks) { $0.block($1, source) }
    key("sentences")
    array(analysis.sentences) { $0.sentence($1, source) }
    key("entities")
    array(analysis.entities) { $0.entity($1, source) }
    key("mentions")
    array(analysis.mentions) { $0.mention($1, source) }
  }

  /// From the quotations on.
  mutating func statements(of analysis: Analysis, _ source: TextSource) {
    key("quotations")
    array(analysis.quotations) { $0.quotation($1, source) }
    key("times")
    array(analysis.times) { $0.time($1, source) }
    key("quantities")
    array(analysis.quantities) { $0.quantity($1, source) }
    key("events")
    array(analysis.events) { $0.event($1, source) }
    key("pledges")
    array(analysis.pledges) { $0.pledge($1, source) }
    key("topics")
    array(analysis.topics) { $0.topic($1) }
    key("keyphrases")
    array(analysis.keyphrases) { $0.keyphrase($1, source) }
    key("summary")
    array(analysis.summary) { $0.number($1) }
    // What depends on other dispatches; empty without an archive.
    key("thread")
    object { _ in }
    key("diagnostics")
    array(analysis.diagnostics) { $0.diagnostic($1, source) }
  }

  private mutating func item(_ item: Item, _ source: TextSource) {
    object { json in
      json.member("uri", item.uri)
      json.member("headline", item.headline)
      json.member("byline", item.byline)
      json.member("located", item.located)
      json.member("language", item.language)
      json.member("languageVariant", item.languageVariant)
      if !item.languageEvidence.isEmpty { json.passages("languageEvidence", item.languageEvidence, source) }
      json.member("urgency", item.urgency)
      json.member("slugline", item.slugline)
      json.member("version", item.version)
      json.member("pubStatus", item.pubStatus)
      json.member("edNote", item.edNote)
      json.member("firstCreated", item.firstCreated)
      json.member("versionCreated", item.versionCreated)
      json.member("embargoedUntil", item.embargoedUntil)
      json.optional("infoSources", item.infoSources)
      json.optional("keywords", item.keywords)
      json.member("level", item.level)
      json.member("leadNumber", item.leadNumber)
      if let take = item.take {
        json.key("take")
        json.object { json in
          json.member("number", take.number)
          json.member("of", take.of)
        }
      }
      json.member("signoff", item.signoff)
      if let dateline = item.dateline {
        json.key("dateline")
        json.object { json in
          json.words(dateline.span, source)
          json.offsets(dateline.span, source)
          json.member("place", dateline.place)
          json.member("date", dateline.date)
          json.member("agency", dateline.agency)
        }
      }
      if !item.corrections.isEmpty {
        json.key("corrections")
        json.array(item.corrections) { json, correction in
          json.object { json in
            json.words(correction.span, source)
            json.offsets(correction.span, source)
            json.member("right", correction.right)
            json.member("wrong", correction.wrong)
          }
        }
      }
      if let withdrawal = item.withdraws {
        json.key("withdraws")
        json.object { json in
          json.words(withdrawal.span, source)
          json.offsets(withdrawal.span, source)
          json.member("uri", withdrawal.uri)
          json.member("headline", withdrawal.headline)
        }
      }
    }
  }

  private mutating func documentTime(_ time: DocumentTime, _ source: TextSource) {
    object { json in
      json.member("value", time.value)
      json.member("granularity", time.granularity.rawValue)
      json.member("basis", time.basis.rawValue)
      if let span = time.span { json.offsets(span, source) }
    }
  }

  private mutating func block(_ block: Block, _ source: TextSource) {
    object { json in
      json.member("id", block.id)
      json.member("role", block.role.rawValue)
      json.offsets(block.span, source)
      json.member("language", block.language)
    }
  }

  private mutating func sentence(_ sentence: Sentence, _ source: TextSource) {
    object { json in
      json.offsets(sentence.span, source)
      json.member("block", sentence.block)
    }
  }

  private mutating func topic(_ topic: Topic) {
    object { json in
      json.member("code", topic.code)
      json.member("name", topic.name)
      json.fraction("confidence", topic.confidence)
      json.list("evidence", topic.evidence)
    }
  }

  private mutating func keyphrase(_ phrase: Keyphrase, _ source: TextSource) {
    object { json in
      json.words(phrase.span, source)
      json.offsets(phrase.span, source)
      json.fraction("score", phrase.score)
    }
  }

  private mutating func diagnostic(_ diagnostic: Diagnostic, _ source: TextSource) {
    object { json in
      json.member("code", diagnostic.code)
      json.member("severity", diagnostic.severity.rawValue)
      json.member("message", diagnostic.message)
      if let span = diagnostic.span { json.offsets(span, source) }
    }
  }
}

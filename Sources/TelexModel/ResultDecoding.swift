/// The values of a result from their objects, one function a value.
extension ResultObject {
  /// A file's name, raw bytes.
  func file() throws(ResultError) -> [UInt8] {
    let name = try string("file")
    return optionalString("fileBytes").flatMap(Base64.decode) ?? Array(name.utf8)
  }

  func source() throws(ResultError) -> Source {
    var source = Source(fileName: try file(), bytes: try int("bytes"), sha256: optionalString("sha256"))
    source.format = optionalString("format")
    source.mediaType = optionalString("mediaType")
    source.newline = optionalString("newline")
    if let encoding = try optionalObject("encoding") {
      source.encoding = Source.Encoding(
        name: try encoding.string("name"), declared: encoding.optionalString("declared"),
        evidence: try encoding.string("evidence"), replaced: try encoding.int("replaced"))
    }
    if value["map"] != nil {
      source.map = try list("map") { run throws(ResultError) in
        let first = try run.int("firstByte")
        return Source.Run(
          span: try run.span(), bytes: first..<max(first, try run.int("endByte")), path: try run.string("path"))
      }
    }
    return source
  }

  func provenance() throws(ResultError) -> Provenance {
    var provenance = Provenance(
      version: try string("version"), resources: dictionary("resources"), configuration: try string("configuration"))
    provenance.engine = try string("engine")
    return provenance
  }

  func item() throws(ResultError) -> Item {
    var item = Item()
    item.uri = optionalString("uri")
    item.headline = optionalString("headline")
    item.byline = optionalString("byline")
    item.located = optionalString("located")
    item.language = optionalString("language")
    item.languageVariant = optionalString("languageVariant")
    item.languageEvidence = try spans("languageEvidence")
    item.urgency = value["urgency"]?.int
    item.slugline = optionalString("slugline")
    item.version = optionalString("version")
    item.pubStatus = optionalString("pubStatus")
    item.edNote = optionalString("edNote")
    item.firstCreated = optionalString("firstCreated")
    item.versionCreated = optionalString("versionCreated")
    item.embargoedUntil = optionalString("embargoedUntil")
    item.infoSources = strings("infoSources")
    item.keywords = strings("keywords")
    item.level = optionalString("level")
    item.leadNumber = value["leadNumber"]?.int
    item.signoff = optionalString("signoff")
    if let take = try optionalObject("take") {
      item.take = Item.Take(number: try take.int("number"), of: take.value["of"]?.int)
    }
    if let dateline = try optionalObject("dateline") {
      item.dateline = Item.Dateline(
        span: try dateline.span(), place: dateline.optionalString("place"), date: dateline.optionalString("date"),
        agency: dateline.optionalString("agency"))
    }
    item.corrections = try list("corrections") { correction throws(ResultError) in
      Item.Correction(
        span: try correction.span(), right: correction.optionalString("right"),
        wrong: correction.optionalString("wrong"))
    }
    if let withdrawal = try optionalObject("withdraws") {
      item.withdraws = Item.Withdrawal(
        span: try withdrawal.span(), uri: withdrawal.optionalString("uri"),
        headline: withdrawal.optionalString("headline"))
    }
    return item
  }

  func documentTime() throws(ResultError) -> DocumentTime {
    DocumentTime(
      value: optionalString("value"), granularity: try choice("granularity"), basis: try choice("basis"),
      span: try optionalSpan())
  }

  func entity() throws(ResultError) -> Entity {
    var entity = Entity(
      id: try string("id"), kind: try choice("type"), name: try string("name"), confidence: try double("confidence"))
    entity.subtype = optionalString("subtype")
    entity.country = optionalString("country")
    entity.identifiers = dictionary("identifiers")
    entity.candidates = strings("candidates")
    entity.members = strings("members")
    if let geo = try optionalObject("geo") { entity.geo = (try geo.double("lat"), try geo.double("lon")) }
    entity.acronym = optionalString("acronym")
    entity.gender = optionalString("gender")
    entity.roles = try list("roles") { role throws(ResultError) in
      Entity.Role(span: try role.span(), of: try role.reference("of"), status: try role.choice("status"))
    }
    entity.salience = try double("salience")
    return entity
  }

  func mention() throws(ResultError) -> Mention {
    var mention = Mention(
      span: try span(), kind: try choice("type"), form: try choice("kind"), entity: optionalString("entity"),
      confidence: try double("confidence"), rule: try string("rule"))
    mention.standsFor = optionalString("standsFor")
    return mention
  }

  func quotation() throws(ResultError) -> Quotation {
    var quotation = Quotation(
      id: try string("id"), span: try span(), kind: try choice("kind"), confidence: try double("confidence"),
      rule: try string("rule"))
    quotation.verbatim = try spans("verbatim")
    quotation.insertions = try spans("insertions")
    if let speaker = try optionalObject("speaker") {
      quotation.speaker = Quotation.Speaker(
        try speaker.reference(), via: try speaker.string("via"), confidence: try speaker.double("confidence"))
    }
    if let cue = try optionalObject("cue") {
      quotation.cue = Quotation.Cue(
        span: try cue.span(), lemma: try cue.string("lemma"), act: try cue.string("act"),
        affirmed: cue.value["affirmed"]?.bool ?? true)
    }
    quotation.addressee = try reference("addressee")
    quotation.venue = try reference("venue")
    quotation.medium = try reference("medium")
    quotation.time = optionalString("time")
    quotation.principal = try reference("principal")
    if value["firstPerson"] != nil {
      quotation.firstPerson = try list("firstPerson") { one throws(ResultError) in
        Quotation.FirstPerson(try one.reference(), try one.choice("scope"))
      }
    }
    return quotation
  }

  func time() throws(ResultError) -> TimeExpression {
    var time = TimeExpression(
      id: try string("id"), span: try span(), kind: try choice("type"), value: try string("value"),
      granularity: try string("granularity"), rule: try string("rule"))
    time.modifier = try optionalChoice("mod")
    time.earliest = optionalString("earliest")
    time.latest = optionalString("latest")
    time.candidates = strings("candidates")
    time.anchor = optionalString("anchor")
    time.signal = optionalString("signal")
    return time
  }

  func quantity() throws(ResultError) -> Quantity {
    var quantity = Quantity(
      id: try string("id"), span: try span(), value: optionalDouble("value"), comparator: try choice("comparator"),
      rule: try string("rule"))
    quantity.low = optionalDouble("low")
    quantity.high = optionalDouble("high")
    quantity.unit = optionalString("unit")
    quantity.object = optionalString("object")
    quantity.holder = try reference("holder")
    quantity.place = try reference("place")
    quantity.partOf = optionalString("partOf")
    quantity.kind = optionalString("kind")
    return quantity
  }

  func event() throws(ResultError) -> Event {
    var event = Event(
      id: try string("id"), span: try span(), type: try string("type"), status: try choice("status"),
      rule: try string("rule"))
    event.mode = optionalString("mode")
    event.contexts = strings("contexts")
    if let cameo = try optionalObject("cameo") {
      event.cameo = (try cameo.string("code"), try cameo.double("goldstein"))
    }
    event.source = try references("source")
    event.target = try references("target")
    event.place = try reference("place")
    event.time = optionalString("time")
    if case .object = value["attribution"] { event.attribution = try reference("attribution") }
    return event
  }

  func pledge() throws(ResultError) -> Pledge {
    var pledge = Pledge(
      id: try string("id"), span: try span(), kind: try choice("kind"), status: try string("status"),
      rule: try string("rule"))
    pledge.actor = try reference("actor")
    pledge.beneficiary = try reference("beneficiary")
    pledge.due = optionalString("due")
    pledge.time = optionalString("time")
    pledge.condition = try optionalObject("condition")?.span()
    pledge.quotation = optionalString("quotation")
    return pledge
  }
}

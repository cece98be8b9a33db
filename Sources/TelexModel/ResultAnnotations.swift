/// The JSON of the annotations: who, where, when, how much, who said what.
extension JSONWriter {
  /// An id of our own, the span and its words: how every annotation begins.
  private mutating func annotation(_ span: Span, _ source: TextSource, id: String? = nil) {
    member("id", id)
    offsets(span, source)
    words(span, source)
  }

  /// `entity` is null where somebody is named and it isn't known who, absent where nobody is named.
  private mutating func referenceMembers(_ reference: Reference, _ source: TextSource) {
    switch reference.resolution {
    case .entity(let id): member("entity", id)
    case .unresolved:
      key("entity")
      null()
    case .unnamed: break
    }
    words(reference.span, source)
    offsets(reference.span, source)
  }

  private mutating func reference(_ reference: Reference, _ source: TextSource) {
    object { $0.referenceMembers(reference, source) }
  }

  private mutating func reference(_ name: StaticString, _ reference: Reference?, _ source: TextSource) {
    guard let reference else { return }
    key(name)
    self.reference(reference, source)
  }

  mutating func entity(_ entity: Entity, _ source: TextSource) {
    object { json in
      json.member("id", entity.id)
      json.member("type", entity.kind.rawValue)
      json.member("subtype", entity.subtype)
      json.member("name", entity.name)
      json.member("country", entity.country)
      json.dictionary("identifiers", entity.identifiers)
      json.optional("candidates", entity.candidates)
      json.optional("members", entity.members)
      if let geo = entity.geo {
        json.key("geo")
        json.object { json in
          json.member("lat", geo.latitude)
          json.member("lon", geo.longitude)
        }
      }
      json.member("acronym", entity.acronym)
      json.member("gender", entity.gender)
      json.key("roles")
      json.array(entity.roles) { json, role in
        json.object { json in
          json.words(role.span, source)
          json.offsets(role.span, source)
          json.reference("of", role.of, source)
          json.member("status", role.status.rawValue)
        }
      }
      json.fraction("salience", entity.salience)
      json.fraction("confidence", entity.confidence)
    }
  }

  mutating func mention(_ mention: Mention, _ source: TextSource) {
    object { json in
      json.annotation(mention.span, source)
      json.member("type", mention.kind.rawValue)
      json.member("kind", mention.form.rawValue)
      json.key("entity")
      if let entity = mention.entity { json.string(entity) } else { json.null() }
      json.member("standsFor", mention.standsFor)
      json.fraction("confidence", mention.confidence)
      json.member("rule", mention.rule)
    }
  }

  mutating func quotation(_ quotation: Quotation, _ source: TextSource) {
    object { json in
      json.annotation(quotation.span, source, id: quotation.id)
      json.member("kind", quotation.kind.rawValue)
      json.passages("verbatim", quotation.verbatim, source)
      json.passages("insertions", quotation.insertions, source)
      if let speaker = quotation.speaker {
        json.key("speaker")
        json.object { json in
          json.referenceMembers(speaker.reference, source)
          json.member("via", speaker.via)
          json.fraction("confidence", speaker.confidence)
        }
      }
      if let cue = quotation.cue {
        json.key("cue")
        json.object { json in
          json.annotation(cue.span, source)
          json.member("lemma", cue.lemma)
          json.member("act", cue.act)
          json.key("affirmed")
          json.bool(cue.affirmed)
        }
      }
      json.reference("addressee", quotation.addressee, source)
      json.reference("venue", quotation.venue, source)
      json.reference("medium", quotation.medium, source)
      json.member("time", quotation.time)
      json.reference("principal", quotation.principal, source)
      if !quotation.firstPerson.isEmpty {
        json.key("firstPerson")
        json.array(quotation.firstPerson) { json, one in
          json.object { json in
            json.referenceMembers(one.reference, source)
            json.member("scope", one.scope.rawValue)
          }
        }
      }
      json.fraction("confidence", quotation.confidence)
      json.member("rule", quotation.rule)
    }
  }

  mutating func time(_ time: TimeExpression, _ source: TextSource) {
    object { json in
      json.annotation(time.span, source, id: time.id)
      json.member("type", time.kind.rawValue)
      json.member("value", time.value)
      json.member("mod", time.modifier?.rawValue)
      json.member("granularity", time.granularity)
      json.member("earliest", time.earliest)
      json.member("latest", time.latest)
      json.optional("candidates", time.candidates)
      json.member("anchor", time.anchor)
      json.member("signal", time.signal)
      json.member("rule", time.rule)
    }
  }

  mutating func quantity(_ quantity: Quantity, _ source: TextSource) {
    object { json in
      json.annotation(quantity.span, source, id: quantity.id)
      json.member("value", quantity.value)
      json.member("low", quantity.low)
      json.member("high", quantity.high)
      json.member("comparator", quantity.comparator.rawValue)
      json.member("unit", quantity.unit)
      json.member("object", quantity.object)
      json.reference("holder", quantity.holder, source)
      json.reference("place", quantity.place, source)
      json.member("partOf", quantity.partOf)
      json.member("kind", quantity.kind)
      json.member("rule", quantity.rule)
    }
  }

  mutating func event(_ event: Event, _ source: TextSource) {
    object { json in
      json.annotation(event.span, source, id: event.id)
      json.member("type", event.type)
      json.member("mode", event.mode)
      json.optional("contexts", event.contexts)
      if let cameo = event.cameo {
        json.key("cameo")
        json.object { json in
          json.member("code", cameo.code)
          json.member("goldstein", cameo.goldstein)
        }
      }
      json.key("source")
      json.array(event.source) { $0.reference($1, source) }
      json.key("target")
      json.array(event.target) { $0.reference($1, source) }
      json.reference("place", event.place, source)
      json.member("time", event.time)
      json.member("status", event.status.rawValue)
      json.key("attribution")
      if let attribution = event.attribution { json.reference(attribution, source) } else { json.string("agency") }
      json.member("rule", event.rule)
    }
  }

  mutating func pledge(_ pledge: Pledge, _ source: TextSource) {
    object { json in
      json.annotation(pledge.span, source, id: pledge.id)
      json.member("kind", pledge.kind.rawValue)
      json.reference("actor", pledge.actor, source)
      json.reference("beneficiary", pledge.beneficiary, source)
      json.member("due", pledge.due)
      json.member("time", pledge.time)
      if let condition = pledge.condition {
        json.key("condition")
        json.passage(condition, source)
      }
      json.member("status", pledge.status)
      json.member("quotation", pledge.quotation)
      json.member("rule", pledge.rule)
    }
  }
}

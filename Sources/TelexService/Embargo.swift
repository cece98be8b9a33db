import TelexModel
import TelexWire

/// Embargoes: what may not be published before its hour, and what stands in the place of its result until then.
enum Embargo {
  /// Seconds since 1970 when the embargo on a dispatch is over; nil where there is none. A time without zone is in the
  /// zone of the dispatch's own time, or else in the westernmost there is: late rather than early.
  static func end(_ analysis: Analysis) -> Int64? {
    guard let date = analysis.item.embargoedUntil.flatMap({ WireDate(iso: $0) }) else { return nil }
    let zone = analysis.documentTime.value.flatMap { WireDate(iso: $0) }?.zone
    return date.secondsAtEnd(defaultZone: zone)
  }

  /// The result until then: where the dispatch comes from and when it may be read, and nothing of what it says.
  static func withheld(_ analysis: Analysis, until end: Int64) -> Analysis {
    var notice = Analysis(id: analysis.id, status: .withheld, source: analysis.source, provenance: analysis.provenance)
    notice.source.map = nil
    notice.withheldUntil = WireDate.instant(end)
    notice.documentTime = analysis.documentTime
    notice.documentTime.span = nil
    notice.item.uri = analysis.item.uri
    notice.item.version = analysis.item.version
    notice.item.language = analysis.item.language
    notice.item.infoSources = analysis.item.infoSources
    notice.item.pubStatus = "withheld"
    notice.item.embargoedUntil = analysis.item.embargoedUntil
    return notice
  }

  /// When a result or list that was read has to be made anew: at the end of its first embargo.
  static func end(ofResult result: JSONValue) -> Int64? {
    let ends = [result["withheldUntil"]] + (result["items"]?.array ?? []).map { $0["withheldUntil"] }
    return ends.compactMap { $0?.string.flatMap { WireDate(iso: $0) }?.secondsAtEnd(defaultZone: 0) }.min()
  }
}

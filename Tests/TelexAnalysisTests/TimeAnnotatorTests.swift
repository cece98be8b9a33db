import TelexModel
import TelexText
import Testing

@testable import TelexAnalysis

struct TimeAnnotatorTests {
  private let tokenizer: Tokenizer
  private let annotator: TimeAnnotator

  init() throws {
    let resources = try #require(ResourceDirectory.located())
    tokenizer = try Tokenizer(resources: resources)
    annotator = try TimeAnnotator(resources: resources)
  }

  private func document(_ text: String, _ created: String) -> Document {
    let granularity: DocumentTime.Granularity =
      created.isEmpty ? .none : created.utf8.count == 10 ? .day : created.utf8.count == 7 ? .month : .year
    let time = DocumentTime(value: created.isEmpty ? nil : created, granularity: granularity)
    var document = Document(text: SourceText(text), documentTime: time)
    document.tokens = tokenizer.tokens(of: document.text)
    annotator.annotate(&document)
    return document
  }

  private func read(_ text: String, _ created: String) -> String {
    let document = document(text, created)
    return document.times.map { "\(document.text.string($0.span))=\($0.value)" }.joined(separator: " ; ")
  }

  @Test func theExamplesOfTheRulesHold() {
    #expect(annotator.rules.positive.count > 30)
    for example in annotator.rules.positive where example.fields.count == 3 {
      #expect(read(example.fields[0], example.fields[1]) == example.fields[2], "time-rules.txt:\(example.line)")
    }
    for example in annotator.rules.negative {
      let created = example.fields.count > 1 ? example.fields[1] : "2021-03-23"
      #expect(read(example.fields[0], created) == "", "time-rules.txt:\(example.line)")
    }
  }

  @Test func aMonthLeavesCandidates() throws {
    let time = try #require(document("Il s'est engagé mardi.", "2021-03").times.first)
    #expect(time.value == "XXXX-WXX-2")
    #expect(time.candidates == ["2021-02-23", "2021-03-02", "2021-03-09", "2021-03-16", "2021-03-23", "2021-03-30"])
    #expect(time.earliest == "2021-02-23")
    #expect(time.latest == "2021-03-30")
    #expect(time.anchor == "document")
  }

  @Test func aFinerClueNarrowsEverything() throws {
    let times = document("Il a parlé ce mardi 16 mars à la presse, après un entretien diffusé hier.", "2021-03").times
    #expect(times.map(\.value) == ["2021-03-16", "2021-03-15"])
    #expect(times.last?.anchor == "t1")
  }

  @Test func yesterdaysWeekdayNarrowsAMonth() {
    let times = document("Il a parlé hier, lundi. Elle répondra jeudi.", "2021-03").times
    #expect(times.count == 3)
    #expect(times[1].candidates == ["2021-03-01", "2021-03-08", "2021-03-15", "2021-03-22", "2021-03-29"])
    #expect(times[0].candidates == times[1].candidates && times[0].anchor == "t2")
    #expect(times[2].candidates == ["2021-03-04", "2021-03-11", "2021-03-18", "2021-03-25", "2021-04-01"])
  }

  @Test func withoutADateNothingIsInvented() {
    #expect(read("mardi soir, le 3 mai, hier", "") == "mardi soir=XXXX-WXX-2TEV ; 3 mai=XXXX-05-03 ; hier=XXXX-XX-XX")
  }

  @Test func aDayWithoutItsYearTellsTheDaysAround() {
    #expect(
      read("hier, demain matin, le 15 juillet et dimanche", "XXXX-07-15")
        == "hier=XXXX-07-14 ; demain matin=XXXX-07-16TMO ; 15 juillet=XXXX-07-15 ; dimanche=XXXX-WXX-7")
    let time = document("Il a parlé hier.", "XXXX-03-01").times.first
    #expect(time?.value == "XXXX-02-XX" && time?.earliest == nil && time?.candidates.isEmpty == true)
  }

  @Test func anHourOfThePastIsNotOnADayToCome() {
    #expect(
      read("Le port a fermé mardi. Il rouvrira jeudi. Personne n'est venu avant midi.", "2026-11-04")
        == "mardi=2026-11-03 ; jeudi=2026-11-05 ; midi=2026-11-03T12:00")
  }

  @Test func signalsAreNamed() {
    let times = document(
      "d'ici au 1er mai, depuis 2019, jusqu'au 3 juin, avant vendredi, dans les 48 heures", "2021-03-23"
    )
    .times
    #expect(times.map(\.signal) == ["by", "since", "until", "before", "within"])
    #expect(times.first?.modifier == .before)
  }

  @Test func anyTextIsReadInOrderAndInBounds() {
    for text in [
      "", "le", "du 3 au", "2021-03-", "plus de plus de plus de", "le 31 février 9999", "il y a 99999999999 ans",
    ] {
      let document = document(text, "2021-03-23")
      var end = 0
      for time in document.times {
        #expect(time.span.start >= end && time.span.end <= document.text.utf8.count, "\(text)")
        end = time.span.end
      }
    }
  }
}

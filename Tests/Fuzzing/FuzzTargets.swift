// Coverage-guided fuzzing of the wire readers. Built and run by `Tests/Fuzzing/run`, not by the package.

import Glibc
import TelexModel
import TelexText
import TelexWire

/// The readers, made once from the package's data.
struct FuzzTargets {
  let dispatch: DispatchReader
  let xml: XMLReader
  let html: HTMLParser

  init(resources: ResourceDirectory) throws(ResourceError) {
    dispatch = try DispatchReader(resources: resources)
    let characters = try NamedCharacters(resources: resources)
    xml = XMLReader(characters: characters)
    html = HTMLParser(characters: characters)
  }

  func run(_ target: String, _ bytes: [UInt8]) {
    switch target {
    case "xml": if let read = try? xml.tree(of: bytes) { visit(read.tree.root) }
    case "html": if let tree = try? html.tree(of: Transcript(copyOf: bytes)) { visit(tree.root) }
    case "json": _ = try? JSONReader.value(of: bytes)
    case "nitf", "newsml12", "newsml-g2", "rss2", "atom", "mail", "iptc7901", "anpa1312", "ninjs", "page", "plain",
      "any":
      check(dispatch.read(bytes, name: []), of: bytes)
    default:
      print("no such target: \(target)")
      exit(64)
    }
  }

  private func visit(_ element: Element?) {
    guard let element else { return }
    precondition(!element.path.isEmpty)
    _ = element.words
  }

  /// What holds for every reading: valid text, blocks in order and within it, runs within the file.
  private func check(_ reading: WireReading, of bytes: [UInt8]) {
    guard case .items(let items) = reading else { return }
    for item in items {
      let count = item.text.utf8.count
      precondition(String(validating: item.text.utf8, as: UTF8.self) != nil, "text is no UTF-8")
      var last = 0
      for block in item.blocks {
        precondition(block.span.start >= last && block.span.end <= count && !block.span.isEmpty, "block \(block)")
        last = block.span.end
      }
      for run in item.map ?? [] {
        precondition(run.span.start >= 0 && run.span.end <= count && !run.span.isEmpty, "span \(run)")
        precondition(run.bytes.lowerBound >= 0 && run.bytes.upperBound <= bytes.count, "bytes \(run)")
      }
    }
  }
}

private let targets: FuzzTargets = {
  guard let resources = ResourceDirectory.located(), let targets = try? FuzzTargets(resources: resources) else {
    print("TELEX_RESOURCES must name the Sources folder")
    exit(78)
  }
  return targets
}()

private let target = getenv("TELEX_FUZZ_TARGET").map { String(cString: $0) } ?? "any"

/// Seconds of processor time this process may take before it ends by itself; without end where not given.
private let budget = getenv("TELEX_FUZZ_CPU_SECONDS").flatMap { Double(String(cString: $0)) } ?? .infinity

/// Seconds of processor time that one input may take. A clock on the wall would accuse inputs for the load of the machine.
private let limitOfInput = getenv("TELEX_FUZZ_INPUT_SECONDS").flatMap { Double(String(cString: $0)) } ?? 2

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
  let start = processorTime()
  targets.run(target, Array(UnsafeBufferPointer(start: data, count: size)))
  let end = processorTime()
  if end - start > limitOfInput {
    print("the input took \(end - start) s of processor time")
    fflush(nil)
    abort()
  }
  // libFuzzer's own signal for an orderly end, with its statistics.
  if end > budget { raise(SIGUSR1) }
  return 0
}

/// Seconds of processor time that this process has taken.
private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

import Glibc

/// From exec to READY=1, empty folder.
func measureStart(_ options: Options) throws -> [Row] {
  let count = options.isQuick ? 3 : 20
  let times = try (0..<count).map { _ in try Service(options).startTime }
  return [
    Row(
      name: "start to READY (\(count) starts)",
      value: "median \(milliseconds(percentile(0.5, of: times))), slowest \(milliseconds(percentile(1, of: times)))")
  ]
}

/// One dispatch at a time into an idle service.
func measureLatencies(_ options: Options) throws -> [Row] {
  var rows = try measureLatency(options, [options.dispatch], "dispatches of \(options.dispatch.count) bytes")
  if !options.first.isEmpty {
    rows += try measureLatency(options, [options.first], "the first dispatch, \(options.first.count) bytes")
  }
  // A worker remembers words: what comes again and again is easier for it.
  let texts = options.texts
  if !texts.isEmpty {
    let size = texts.reduce(0) { $0 + $1.count } / texts.count
    rows += try measureLatency(options, texts, "\(texts.count) different dispatches in turn, \(size) bytes on average")
  }
  return rows
}

/// From a dispatch's rename into the folder to its result's, and to the entry in the journal that says that the result
/// is durable. The next comes when that entry has come, for then the service is idle.
private func measureLatency(_ options: Options, _ dispatches: [[UInt8]], _ what: String) throws -> [Row] {
  let count = options.isQuick ? 50 : 2000
  let service = try Service(options)
  let watch = try ResultWatch(service.folder)
  var visible: [Double] = []
  var durable: [Double] = []
  for index in 0..<count {
    let name = "latency-\(index).txt"
    let dispatch = Options.numbered(dispatches[index % dispatches.count], index)
    try writeFile(dispatch, "\(service.staging)/\(name)")
    let begin = try service.drop(name)
    // The input's own rename is seen first.
    while watch.wait(seconds: 10) != name + ".telex.json" {
      if now() - begin > 10 { throw Failure("no result for \(name) within 10 s") }
    }
    visible.append(now() - begin)
    try service.awaitAnnouncement(of: name)
    durable.append(now() - begin)
  }
  return [("drop to result", visible), ("drop to durable", durable)].map { name, times in
    Row(
      name: "\(name), idle (\(count) times, \(what))",
      value: "p50 \(milliseconds(percentile(0.5, of: times))), p99 \(milliseconds(percentile(0.99, of: times))), "
        + "slowest \(milliseconds(percentile(1, of: times)))")
  }
}

/// A folder full of dispatches: how many a second come out, each result and its folder made durable.
func measureThroughput(_ options: Options) throws -> [Row] {
  let count = options.isQuick ? 200 : 10_000
  let service = try Service(options, files: count)
  let watch = try ResultWatch(service.folder)
  let before = try results(in: service)
  let begin = now()
  try watch.wait(for: count - before, atMost: 600)
  let rate = Double(count - before) / (now() - begin)
  return [Row(name: "dispatches a second (\(count) waiting, two workers)", value: "\(Int(rate))")]
}

/// Proportional memory of the daemon and two workers together. One service at a time: two would share their models, and
/// each would seem to need half of them.
func measureMemory(_ options: Options) throws -> [Row] {
  [
    Row(name: "memory idle, daemon and two workers (PSS)", value: mebibytes(try idleMemory(options))),
    Row(name: "memory under load, the same (largest PSS)", value: mebibytes(try busyMemory(options))),
  ] + (options.texts.isEmpty ? [] : [try memoryOfMany(options)])
}

/// Different dispatches bring other parts of the models to use.
private func memoryOfMany(_ options: Options) throws -> Row {
  let service = try Service(options)
  let watch = try ResultWatch(service.folder)
  let count = options.isQuick ? 50 : 1000
  var most = 0
  for index in 0..<count {
    let text = Options.numbered(options.texts[index % options.texts.count], index)
    try writeFile(text, "\(service.staging)/\(index).txt")
    _ = try service.drop("\(index).txt")
    // Two in hand, at most.
    if index % 2 == 1 { try watch.wait(for: index + 1, atMost: 60) }
    if index % 10 == 9 { most = max(most, service.proportionalMemory) }
  }
  return Row(
    name: "memory with \(options.texts.count) different dispatches (largest PSS)", value: mebibytes(most))
}

/// After each worker has had some dispatches.
private func idleMemory(_ options: Options) throws -> Int {
  let service = try Service(options)
  let watch = try ResultWatch(service.folder)
  for index in 0..<20 {
    try writeFile(options.dispatch(number: index), "\(service.staging)/\(index).txt")
    _ = try service.drop("\(index).txt")
  }
  try watch.wait(for: 20, atMost: 60)
  return service.proportionalMemory
}

private func busyMemory(_ options: Options) throws -> Int {
  let count = options.isQuick ? 200 : 10_000
  let service = try Service(options, files: count)
  let watch = try ResultWatch(service.folder)
  let rest = count - (try results(in: service))
  var most = 0
  var sampled = 0.0
  while watch.count < rest - 10 {
    guard watch.wait(seconds: 10) != nil || watch.count > 0 else { throw Failure("no results under load") }
    // Reading the sizes costs the processes time: not more often than twenty times a second.
    if now() - sampled > 0.05 {
      most = max(most, service.proportionalMemory)
      sampled = now()
    }
  }
  return most
}

/// Many files at once into a running service: nothing is lost, memory stays, the status lives.
func measureBurst(_ options: Options) throws -> [Row] {
  let count = options.isQuick ? 2000 : 100_000
  let service = try Service(options)
  let names = (0..<count).map { "burst-\($0).txt" }
  for (index, name) in names.enumerated() {
    try writeFile(options.dispatch(number: index), "\(service.staging)/\(name)")
  }
  let watch = try ResultWatch(service.folder)
  let begin = now()
  for name in names { _ = try service.drop(name) }
  let dropped = now() - begin
  var (most, oldestStatus, half) = (0, 0.0, 0.0)
  var sampled = 0.0
  // So many renames overflow the kernel's queue. The folder is listed then, but seldom: that costs what is measured.
  var (listed, found) = (0.0, 0)
  while found < count {
    watch.wait(seconds: 1)
    if !watch.hasOverflowed {
      found = watch.count
    } else if now() - listed > 5 {
      found = try results(in: service)
      listed = now()
    }
    if half == 0, found >= count / 2 { half = now() - begin }
    if now() - sampled > 0.25 {
      most = max(most, service.proportionalMemory)
      oldestStatus = max(oldestStatus, service.statusAge ?? .infinity)
      sampled = now()
    }
    if now() - begin > 3600 { throw Failure("not done after an hour") }
  }
  let total = now() - begin
  let present = Set(try listing(of: service.folder))
  let lost = names.count { !present.contains($0 + ".telex.json") || !present.contains($0) }
  let rate =
    half > 0 ? "\(Int(Double(count / 2) / half)) a second, then \(Int(Double(count - count / 2) / (total - half)))" : ""
  return [
    Row(
      name: "burst of \(count) files (dropped in \(Int(dropped.rounded())) s)",
      value: "\(lost) lost, done in \(Int(total.rounded())) s"),
    Row(name: "burst: rate of the first half, of the second", value: rate),
    Row(
      name: "burst: largest memory (PSS), oldest status.json",
      value: "\(mebibytes(most)), \((oldestStatus * 10).rounded() / 10) s"),
  ]
}

private func results(in service: Service) throws -> Int {
  try names(in: service.folder).count { $0.hasSuffix(".telex.json") }
}

/// The same as `names(in:)`, where a local variable has that name.
private func listing(of folder: String) throws -> [String] { try names(in: folder) }

extension ResultWatch {
  /// Waits until so many results have been seen.
  func wait(for wanted: Int, atMost seconds: Double) throws {
    let begin = now()
    while count < wanted {
      wait(seconds: 1)
      guard !hasOverflowed else { throw Failure("the kernel dropped notifications: fs.inotify.max_queued_events") }
      guard now() - begin < seconds else { throw Failure("\(count) of \(wanted) results after \(seconds) s") }
    }
  }
}

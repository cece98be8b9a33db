internal import Glibc

/// Results that a kill notice takes back: marked where they stand, in slices of the loop, and before they are published
/// where they come after it. Nothing is deleted, and a notice is never forgotten.
extension Session {
  /// One pass over the results of the folder.
  struct Sweep {
    var listing: Listing
    let directory: Int32
    var names: [[UInt8]] = []
    /// First the statements are gathered from the results, where none were kept; a second pass marks.
    let isGathering: Bool
    /// Statements came meanwhile, or a result could not be marked: once more.
    var again = false
  }

  private static let resultsPerSlice = 16
  private static let retryDelay = Duration.seconds(30)

  /// Enters what a job's results say of others, and marks those that are taken back.
  func withdraw(_ job: inout Job) throws(Errno) {
    for result in job.items + [job.main] {
      guard let statement = handler.withdrawal(in: result), try withdrawals.enter(statement) else { continue }
      startSweep()
    }
    guard !withdrawals.statements.isEmpty else { return }
    var names: [[UInt8]] = []
    for index in job.items.indices {
      guard let marked = handler.withdrawn(job.items[index], by: withdrawals.statements) else { continue }
      job.items[index] = marked
      names.append(ResultName.of(job.name, item: index + 1))
    }
    if let marked = handler.withdrawn(job.main, by: withdrawals.statements) { job.main = marked }
    if let list = handler.list(job.main, withdrawing: names) { job.main = list }
  }

  /// After the first scan: what a crash left unmarked, and statements that were lost.
  func resumeWithdrawals(results: Int) {
    if withdrawals.isPending || !withdrawals.isKnown && results > 0 { startSweep() }
  }

  private func startSweep() {
    guard sweep == nil else {
      sweep?.again = true
      return
    }
    do throws(Errno) {
      let directory = try fileSystem.open(
        [UInt8(ascii: ".")], at: folder.descriptor, flags: O_RDONLY | O_DIRECTORY, mode: 0)
      sweep = Sweep(
        listing: Listing(directory: directory, fileSystem: fileSystem), directory: directory,
        isGathering: !withdrawals.isKnown)
    } catch {
      return sweepLater()
    }
    continueSweep()
  }

  func endSweep() {
    if let sweep { fileSystem.release(sweep.directory) }
    sweep = nil
  }

  private func sweepLater() {
    endSweep()
    after(Self.retryDelay) { $0.startSweep() }
  }

  private func continueSweep() {
    loop.deferToEndOfTick { [weak self] in
      guard let self, !isClosed, sweep != nil else { return }
      sweepSlice()
    }
  }

  private func sweepSlice() {
    var placed: [[UInt8]] = []
    do throws(Errno) {
      for _ in 0..<Self.resultsPerSlice {
        guard let name = try nextResult() else {
          try announce(placed)
          return try finishSweep()
        }
        guard let bytes = try? fileSystem.contents(name, at: folder.descriptor, limit: Ledger.largestResult) else {
          continue
        }
        if sweep?.isGathering == true {
          if let statement = handler.withdrawal(in: bytes), try withdrawals.enter(statement) { sweep?.again = true }
        } else if let marked = handler.withdrawn(bytes, by: withdrawals.statements) {
          try mark(name, marked, &placed)
        }
      }
      try announce(placed)
    } catch {
      return sweepLater()
    }
    continueSweep()
  }

  private func nextResult() throws(Errno) -> [UInt8]? {
    while true {
      while let name = sweep?.names.popLast() { if rules.verdict(on: name) == .result { return name } }
      guard let entries = try sweep?.listing.next(), !entries.isEmpty else { return nil }
      sweep?.names = entries.map(\.name)
    }
  }

  /// Puts the marked result in the place of the one that stands, and its mark into the list of a file with several.
  private func mark(_ name: [UInt8], _ bytes: [UInt8], _ placed: inout [[UInt8]]) throws(Errno) {
    guard try replace(name, with: bytes) else { return }
    placed.append(name)
    guard let input = handler.identity(ofResult: bytes)?.name else { return }
    let list = ResultName.of(input)
    guard list != name,
      let standing = try? fileSystem.contents(list, at: folder.descriptor, limit: Ledger.largestResult),
      let marked = handler.list(standing, withdrawing: [name])
    else { return }
    _ = try replace(list, with: marked)
  }

  /// False where something else stands there by now, which is looked at again.
  private func replace(_ name: [UInt8], with bytes: [UInt8]) throws(Errno) -> Bool {
    let standing = try withSpare { () throws(Errno) in try ledger.standing(of: name) }
    guard case .ours(_?, _) = standing else { return false }
    let staged = try withSpare { () throws(Errno) in try publisher.stage(bytes) }
    do throws(Publisher.Failure) {
      try publisher.place(staged, as: name, over: standing)
    } catch {
      publisher.discard(staged)
      switch error {
      case .conflict:
        sweep?.again = true
        return false
      case .writing(let error), .placing(let error): throw error
      }
    }
    if let status = try? fileSystem.status(of: name, at: folder.descriptor) { index.insertResult(name, status) }
    return true
  }

  private func announce(_ placed: [[UInt8]]) throws(Errno) {
    guard !placed.isEmpty else { return }
    try publisher.synchronizeFolder()
    tally.snapshot.withdrawn += placed.count
    for name in placed { report(.withdrawn(result: name)) }
  }

  private func finishSweep() throws(Errno) {
    let wasGathering = sweep?.isGathering == true
    let again = sweep?.again == true || wasGathering && !withdrawals.statements.isEmpty
    endSweep()
    if again {
      // The statements are gathered: what is left is to mark.
      try withdrawals.gathered()
      return startSweep()
    }
    try withdrawals.settled()
  }
}

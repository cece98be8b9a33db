import TelexSpool

/// A dispatch on its way through the pool.
struct WorkerAssignment {
  let claim: Claim
  var completion: (Outcome) -> Void
}

/// One worker in the pool's book.
final class Worker {
  enum Phase { case starting, idle, busy, leaving }

  let process: WorkerProcess
  let isSuspect: Bool
  var phase = Phase.starting
  var assignment: WorkerAssignment?
  var deadline: TimerID?
  /// When the deadline passed and it was killed.
  var killedAt: Moment?
  /// Its settings are of before the last reload.
  var isOutdated = false
  /// Nothing is read from it any more.
  var isMute = false

  init(_ process: WorkerProcess, isSuspect: Bool) {
    self.process = process
    self.isSuspect = isSuspect
  }
}

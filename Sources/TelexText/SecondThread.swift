package import Glibc
import Synchronization

/// A thread beside the caller's own, for as long as the process lives, that takes a share of a job's pieces: fork-join
/// parallelism for the one dispatch that an idle machine waits for.
///
/// The pieces and their values are the same whoever works on them, so results are, too.
package final class SecondThread: Sendable {
  /// Bytes. Nothing that is shared goes deep.
  private static let stackSize = 512 << 10

  private let jobs = Mutex<[any Shared]>([])
  private let wakeUp = Semaphore()
  private let running = Semaphore()
  private let thread = Mutex<pthread_t?>(nil)
  private let keepApart: (@Sendable (pthread_t) -> Void)?

  /// Starts the thread and waits until it runs: its caller may give up the right to what a thread's start needs. Nil where
  /// the system refuses one, and everything is done by the caller's thread then.
  ///
  /// - Parameter keepApart: called on the thread that has a job before the second one is woken for it, for the two to be on
  ///   different processors: Linux wakes a thread where it ran last, and on a virtual machine often takes the idle processor
  ///   beside it for a busy one; the second thread then only delays the first.
  package init?(keepApart: (@Sendable (pthread_t) -> Void)? = nil) {
    self.keepApart = keepApart
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, Self.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let itself = Unmanaged.passRetained(self)
    let status = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<SecondThread>.fromOpaque(argument).takeUnretainedValue().run() }
        return nil
      }, itself.toOpaque())
    guard status == 0 else {
      itself.release()
      return nil
    }
    self.thread.withLock { $0 = thread }
    running.wait()
  }

  fileprivate func take(_ job: any Shared) {
    if let keepApart, let thread = thread.withLock({ $0 }) { keepApart(thread) }
    jobs.withLock { $0.append(job) }
    wakeUp.signal()
  }

  private func run() -> Never {
    running.signal()
    while true {
      wakeUp.wait()
      let job = jobs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      job?.help()
    }
  }
}

/// A job that the second thread can take part in.
private protocol Shared: Sendable { func help() }

/// A job in pieces that has begun: `join` does what is left of it and gives the values of all pieces, in order.
package final class Fork<Value: Sendable>: Sendable {
  /// Each piece is written by the one thread that took its number, and read when all are done.
  private nonisolated(unsafe) let values: UnsafeMutablePointer<Value?>
  private let count: Int
  private let next = Atomic(0)
  /// Whether the second thread takes part, or the job is over without it.
  private let state = Atomic(State.open)
  private let helped = Semaphore()
  /// Takes pieces until there are no more.
  private let work: @Sendable (_ take: () -> Int?, _ put: (Int, Value) -> Void) -> Void

  /// How often it is looked whether the second thread is ready before this one sleeps: some tens of microseconds.
  private static var patience: Int { 4000 }

  private enum State: UInt8, AtomicRepresentable { case open, helped, closed }

  /// Begins a job.
  ///
  /// - Parameters:
  ///   - count: how many pieces it has.
  ///   - thread: who may help. Without it, all is done in `join`.
  ///   - context: makes what one thread needs for its share, and no other may touch.
  ///   - piece: does one piece.
  package init<Context>(
    _ count: Int, with thread: SecondThread?, context: @escaping @Sendable () -> Context,
    piece: @escaping @Sendable (inout Context, Int) -> Value
  ) {
    self.count = count
    values = .allocate(capacity: max(1, count))
    values.initialize(repeating: nil, count: count)
    work = { take, put in
      guard var index = take() else { return }
      var own = context()
      while true {
        put(index, piece(&own, index))
        guard let following = take() else { return }
        index = following
      }
    }
    if count > 0 { thread?.take(self) }
  }

  deinit {
    values.deinitialize(count: count)
    values.deallocate()
  }

  package func join() -> [Value] {
    share()
    if !state.compareExchange(expected: .open, desired: .closed, ordering: .acquiringAndReleasing).exchanged {
      // It is at its last piece, and sleeping and waking take longer than most pieces.
      if !helped.isSignalled(within: Self.patience) { helped.wait() }
    }
    return (0..<count).compactMap { values[$0] }
  }

  private func share() {
    work(
      {
        let index = next.add(1, ordering: .relaxed).oldValue
        return index < count ? index : nil
      }, { values[$0] = $1 })
  }
}

extension Fork: Shared {
  fileprivate func help() {
    guard state.compareExchange(expected: .open, desired: .helped, ordering: .acquiringAndReleasing).exchanged else {
      return
    }
    share()
    helped.signal()
  }
}

/// A POSIX semaphore.
private final class Semaphore: Sendable {
  private nonisolated(unsafe) let semaphore: UnsafeMutablePointer<sem_t>

  init() {
    semaphore = .allocate(capacity: 1)
    sem_init(semaphore, 0, 0)
  }

  deinit {
    sem_destroy(semaphore)
    semaphore.deallocate()
  }

  func signal() { sem_post(semaphore) }

  /// Takes the signal if it comes before it was looked for so many times.
  func isSignalled(within looks: Int) -> Bool {
    for _ in 0..<looks where sem_trywait(semaphore) == 0 { return true }
    return false
  }

  func wait() { while sem_wait(semaphore) != 0 && errno == EINTR {} }
}

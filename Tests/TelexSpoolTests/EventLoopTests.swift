import Glibc
import Testing

@testable import TelexSpool

@Suite("The event loop")
struct EventLoopTests {
  @Test("timers fire in the order of their moments, then of their making, and never before")
  func timers() {
    let clock = ManualClock()
    let loop = EventLoop(clock: clock)
    var fired: [Int] = []
    loop.after(.seconds(3)) { fired.append(3) }
    loop.after(.seconds(1)) { fired.append(1) }
    loop.after(.seconds(1)) { fired.append(11) }
    let cancelled = loop.after(.seconds(2)) { fired.append(2) }
    loop.cancel(cancelled)
    loop.runOnce(blocking: false)
    #expect(fired.isEmpty)
    clock.advance(by: .seconds(1))
    loop.runOnce(blocking: false)
    #expect(fired == [1, 11])
    clock.advance(by: .seconds(10))
    loop.runOnce(blocking: false)
    #expect(fired == [1, 11, 3])
    #expect(loop.nextTimer == nil)
    // Too late, and harmless.
    loop.cancel(cancelled)
  }

  @Test("a timer set for now by a timer waits for the next tick; so does deferred work")
  func noEndlessTick() {
    let loop = EventLoop(clock: ManualClock())
    var count = 0
    func again() {
      count += 1
      loop.after(.zero, again)
      loop.deferToEndOfTick { count += 100 }
    }
    loop.after(.zero, again)
    loop.runOnce(blocking: false)
    #expect(count == 101)
    loop.runOnce(blocking: false)
    #expect(count == 202)
    #expect(loop.ticks == 2)
  }

  @Test("a descriptor removed by the callback before it is not called, though its number is taken anew")
  func removal() throws {
    let loop = EventLoop(clock: ManualClock())
    var (first, second): ([Int32], [Int32]) = ([0, 0], [0, 0])
    #expect(pipe(&first) == 0)
    #expect(pipe(&second) == 0)
    defer { (first + second).forEach { close($0) } }
    for end in [first[1], second[1]] { #expect(write(end, "x", 1) == 1) }
    // Called back in the order of their numbers, and another test's thread may have freed a lower one in between.
    let (earlier, later) = (min(first[0], second[0]), max(first[0], second[0]))
    var called: [String] = []
    loop.add(earlier, .readable) { _ in
      called.append("first")
      loop.remove(later)
      loop.add(later, .readable) { _ in called.append("anew") }
      loop.remove(earlier)
    }
    loop.add(later, .readable) { _ in called.append("second") }
    loop.runOnce(blocking: false)
    #expect(called == ["first"])
    loop.runOnce(blocking: false)
    #expect(called == ["first", "anew"])
  }

  @Test("it can wait for room to write, and learns of a hang-up")
  func interests() throws {
    let loop = EventLoop(clock: ManualClock())
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    // Held by a child of another test, the other end would not be closed.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var seen: EventLoop.Readiness = []
    loop.add(ends[1], []) { seen.formUnion($0) }
    loop.runOnce(blocking: false)
    #expect(seen == [])
    loop.modify(ends[1], .writable)
    loop.runOnce(blocking: false)
    #expect(seen == .writable)
    close(ends[0])
    loop.runOnce(blocking: false)
    #expect(seen.contains(.error))
    loop.remove(ends[1])
    close(ends[1])
  }

  @Test("run() blocks until something happens, on the machine's clock, and ends when asked to")
  func run() {
    let loop = EventLoop()
    var fired = false
    loop.after(.milliseconds(5)) {
      fired = true
      loop.stop()
    }
    loop.run()
    #expect(fired)
  }

  @Test("cancelled timers take no room for long")
  func cancelledTimers() {
    var queue = TimerQueue()
    let moment = Moment(nanoseconds: 0)
    let kept = queue.insert(at: moment.advanced(by: .seconds(1))) {}
    for number in 0..<10_000 {
      queue.cancel(queue.insert(at: moment.advanced(by: .seconds(number))) {})
    }
    #expect(queue.size < 200)
    #expect(queue.next == moment.advanced(by: .seconds(1)))
    queue.cancel(kept)
    #expect(queue.next == nil)
  }

  @Test("percentiles are right to within an eighth")
  func histogram() throws {
    var histogram = LatencyHistogram()
    #expect(histogram.percentile(0.5) == nil)
    for milliseconds in 1...1000 { histogram.record(.milliseconds(milliseconds)) }
    #expect(histogram.count == 1000)
    for (fraction, milliseconds) in [(0.5, 500.0), (0.95, 950), (0.99, 990), (1, 1000)] {
      let found = try #require(histogram.percentile(fraction)).inSeconds * 1000
      #expect(found >= milliseconds && found <= milliseconds * 1.125, "\(fraction): \(found)")
    }
    histogram.record(.zero)
    histogram.record(.seconds(1 << 40))
    #expect(histogram.percentile(0.000_1) == .zero)
  }
}

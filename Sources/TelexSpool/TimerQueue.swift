/// A timer of the event loop, for cancelling it.
package struct TimerID: Hashable, Sendable {
  fileprivate let number: UInt64
}

/// The event loop's timers: a binary heap ordered by due time, then by order of insertion.
///
/// Cancelling forgets the body at once and leaves an empty place in the heap; when empty places outnumber the live
/// ones, the heap is rebuilt. So memory stays within twice the live timers, however many are set and cancelled.
struct TimerQueue {
  private struct Place {
    let due: Moment
    let number: UInt64

    func isBefore(_ other: Place) -> Bool { due == other.due ? number < other.number : due < other.due }
  }

  private var heap: [Place] = []
  private var bodies: [UInt64: () -> Void] = [:]
  private var lastNumber: UInt64 = 0

  mutating func insert(at due: Moment, _ body: @escaping () -> Void) -> TimerID {
    lastNumber += 1
    bodies[lastNumber] = body
    heap.append(Place(due: due, number: lastNumber))
    siftUp(from: heap.count - 1)
    return TimerID(number: lastNumber)
  }

  mutating func cancel(_ timer: TimerID) {
    guard bodies.removeValue(forKey: timer.number) != nil else { return }
    if heap.count > 64, heap.count > 2 * bodies.count {
      heap = heap.filter { bodies[$0.number] != nil }.sorted { $0.isBefore($1) }
    }
  }

  /// Places taken, empty ones included.
  var size: Int { heap.count }

  /// When the earliest live timer is due.
  var next: Moment? {
    mutating get {
      while let first = heap.first, bodies[first.number] == nil { removeFirst() }
      return heap.first?.due
    }
  }

  /// The bodies of all timers due at `moment`, earliest first; they are removed.
  mutating func removeDue(at moment: Moment) -> [() -> Void] {
    var due: [() -> Void] = []
    while let first = heap.first, first.due <= moment {
      removeFirst()
      if let body = bodies.removeValue(forKey: first.number) { due.append(body) }
    }
    return due
  }

  private mutating func removeFirst() {
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    siftDown(from: 0)
  }

  private mutating func siftUp(from start: Int) {
    var child = start
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child].isBefore(heap[parent]) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func siftDown(from start: Int) {
    var parent = start
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
        if heap[child].isBefore(heap[least]) { least = child }
      }
      guard least != parent else { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}

/// Names in the order they became ready, taken from either end.
///
/// A name leaves the queue only by being taken; one that is no longer ready stays as a stale place, which the taker
/// recognises by the number of its place and skips. Stale places are swept out when they outnumber what may be live.
struct ReadyQueue {
  struct Place {
    let name: [UInt8]
    let number: UInt64
  }

  private var places: [Place] = []
  private var start = 0

  mutating func append(_ place: Place, isLive: (Place) -> Bool) {
    if places.count >= 128, places.count == places.capacity {
      places = places[start...].filter(isLive)
      start = 0
    }
    places.append(place)
  }

  mutating func takeOldest(isLive: (Place) -> Bool) -> Place? {
    while start < places.count {
      let place = places[start]
      start += 1
      if start > 64, start * 2 > places.count {
        places.removeFirst(start)
        start = 0
      }
      if isLive(place) { return place }
    }
    return nil
  }

  mutating func takeNewest(isLive: (Place) -> Bool) -> Place? {
    while places.count > start {
      let place = places.removeLast()
      if isLive(place) { return place }
    }
    return nil
  }
}

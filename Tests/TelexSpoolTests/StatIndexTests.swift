import Glibc
import Testing

@testable import TelexSpool

@Suite("The index, a cache that can't be wrong")
struct StatIndexTests {
  private func status(_ change: (inout FileStatus) -> Void = { _ in }) -> FileStatus {
    var status = FileStatus(stat())
    (status.device, status.inode, status.size, status.modified, status.changed) = (1, 2, 3, 4_000, 5_000)
    change(&status)
    return status
  }

  private let name = Array("a".utf8)

  private func entry(_ input: FileStatus, _ result: FileStatus, version: String = "1") -> StatIndex.Entry {
    StatIndex.entry(name: name, input: input, result: result, current: (version, "c"))
  }

  @Test("any change to input, result, engine or configuration makes another entry")
  func changes() {
    let index = StatIndex()
    index.insert(entry(status(), status()))
    #expect(index.contains(entry(status(), status())))
    let changes: [(inout FileStatus) -> Void] = [
      { $0.device += 1 }, { $0.inode += 1 }, { $0.size += 1 }, { $0.modified += 1 }, { $0.changed += 1 },
    ]
    for change in changes {
      #expect(!index.contains(entry(status(change), status())))
      #expect(!index.contains(entry(status(), status(change))))
    }
    #expect(!index.contains(entry(status(), status(), version: "2")))
    #expect(
      !index.contains(
        StatIndex.entry(name: Array("b".utf8), input: status(), result: status(), current: ("1", "c"))))
  }

  @Test("a file changed less than a second before it was read is not to be trusted")
  func racilyClean() {
    let second: Int64 = 1_000_000_000
    #expect(!StatIndex.isTrustworthy(status { $0.changed = 10 * second }, readAt: 10 * second))
    #expect(!StatIndex.isTrustworthy(status { $0.changed = 10 * second }, readAt: 11 * second))
    #expect(StatIndex.isTrustworthy(status { $0.changed = 10 * second }, readAt: 11 * second + 1))
    // From the future: never.
    #expect(!StatIndex.isTrustworthy(status { $0.changed = 99 * second }, readAt: 11 * second))
  }

  @Test("it comes back from its bytes, and from no others")
  func bytes() {
    let index = StatIndex()
    for size in 0..<100 { index.insert(entry(status { $0.size = size }, status())) }
    index.insertResult(name, status())
    #expect(index.isDirty)
    let bytes = index.serialised()
    #expect(!index.isDirty)
    let copy = StatIndex()
    #expect(copy.load(bytes))
    #expect(copy.contains(entry(status { $0.size = 42 }, status())))
    #expect(copy.containsResult(name, status()))
    for length in [0, 10, 14, bytes.count / 2, bytes.count - 1] {
      #expect(!StatIndex().load(Array(bytes.prefix(length))))
    }
    for position in stride(from: 0, to: bytes.count, by: 97) {
      var damaged = bytes
      damaged[position] ^= 1
      #expect(!StatIndex().load(damaged))
    }
  }

  @Test("a complete listing forgets what it has not met; an abandoned one forgets nothing")
  func listing() {
    let index = StatIndex()
    let (kept, gone) = (entry(status(), status()), entry(status { $0.size = 9 }, status()))
    index.insert(kept)
    index.insert(gone)
    index.beginListing()
    index.abandonListing()
    #expect(index.contains(gone))
    index.beginListing()
    #expect(index.contains(kept))
    index.endListing()
    #expect(index.contains(kept))
    #expect(!index.contains(gone))
  }
}

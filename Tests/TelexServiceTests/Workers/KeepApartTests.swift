import CTelexShims
import Glibc
import Testing

@Suite("A worker's second thread on a processor of its own")
struct KeepApartTests {
  /// A thread that tells where it stands in /proc and waits for its end.
  private final class Waiting: Sendable {
    let task = Pipe()
    let end = Pipe()

    struct Pipe: Sendable {
      let (read, write): (Int32, Int32)

      init() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        (read, write) = (ends[0], ends[1])
      }

      func closeBoth() {
        close(read)
        close(write)
      }
    }

    func run() {
      var path = [CChar](repeating: 0, count: 64)
      let length = readlink("/proc/thread-self", &path, path.count)
      _ = write(task.write, path, max(0, length))
      _ = read(end.read, &path, 1)
    }
  }

  private func allowed(_ task: String) throws -> String {
    let status = try contents(of: "/proc/\(task)/status")
    let line = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed:") }
    return try #require(line.map(String.init))
  }

  private func processors(_ mask: String) -> Int {
    mask.compactMap { $0.isHexDigit ? $0.hexDigitValue?.nonzeroBitCount : nil }.reduce(0, +)
  }

  @Test func isLeftAllProcessorsButTheCallers() throws {
    let waiting = Waiting()
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { argument in
        if let argument { Unmanaged<Waiting>.fromOpaque(argument).takeUnretainedValue().run() }
        return nil
      }, Unmanaged.passUnretained(waiting).toOpaque())
    try #require(status == 0)
    var name = [UInt8](repeating: 0, count: 64)
    let length = read(waiting.task.read, &name, name.count)
    let task = String(decoding: name.prefix(max(0, length)), as: UTF8.self)
    let own = try allowed("thread-self")
    let result = telex_keep_apart(thread)
    let others = try allowed(task)
    _ = write(waiting.end.write, [1], 1)
    pthread_join(thread, nil)
    waiting.task.closeBoth()
    waiting.end.closeBoth()
    #expect(result == 0)
    let count = processors(String(own.dropFirst("Cpus_allowed:".count)))
    #expect(processors(String(others.dropFirst("Cpus_allowed:".count))) == max(1, count - 1), "\(own) \(others)")
  }
}

import Glibc
import Testing

@testable import TelexService

@Suite struct ServiceManagerTests {
  @Test func oneDatagramAChange() throws {
    let folder = try TemporaryFolder()
    let socket = try FakeSocket(path: folder.path + "/notify")
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": socket.path])
    manager.tell(.ready, .status("3 waiting"))
    manager.tell(.reloading(monotonicMicroseconds: 17), .status("reading"))
    #expect(
      socket.waiting().map { String(decoding: $0, as: UTF8.self) } == [
        "READY=1\nSTATUS=3 waiting", "RELOADING=1\nMONOTONIC_USEC=17\nSTATUS=reading",
      ])
  }

  /// 47
  @Test func noNameForgesAField() throws {
    let folder = try TemporaryFolder()
    let socket = try FakeSocket(path: folder.path + "/notify")
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": socket.path])
    manager.tell(status: "last a\nREADY=1\r\nMAINPID=1\u{2028}X=1")
    let datagram = try #require(socket.receive())
    #expect(datagram.split(separator: 0x0A).count == 1)
    #expect(datagram.starts(with: "STATUS=last a\\x0aREADY=1".utf8))
  }

  /// 61
  @Test func theAbstractNameSpaceIsReached() throws {
    let socket = try FakeSocket(path: "@telex-test-\(getpid())")
    ServiceManager(environment: ["NOTIFY_SOCKET": socket.path]).tell(.ready)
    #expect(socket.receive().map { String(decoding: $0, as: UTF8.self) } == "READY=1")
  }

  /// 61
  @Test func aManagerThatIsAbsentGoneOrFullIsNoTrouble() throws {
    ServiceManager(environment: [:]).tell(.ready)
    ServiceManager(environment: ["NOTIFY_SOCKET": "/nowhere/at/all"]).tell(.ready)
    ServiceManager(environment: ["NOTIFY_SOCKET": "no address"]).tell(.ready)
    ServiceManager(environment: ["NOTIFY_SOCKET": String(repeating: "/x", count: 100)]).tell(.ready)
    let folder = try TemporaryFolder()
    let socket = try FakeSocket(path: folder.path + "/notify")
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": socket.path])
    for number in 0..<10_000 { manager.tell(status: "status \(number)") }
    #expect(!socket.waiting().isEmpty)
  }

  @Test func aStatusIsSaidOnce() throws {
    let folder = try TemporaryFolder()
    let socket = try FakeSocket(path: folder.path + "/notify")
    let manager = ServiceManager(environment: ["NOTIFY_SOCKET": socket.path])
    for _ in 0..<3 { manager.tell(status: "idle") }
    #expect(socket.waiting().count == 1)
  }

  @Test func theWatchdogMustBeMeantForUs() {
    let variables = ["WATCHDOG_USEC": "3000000"]
    #expect(ServiceManager(environment: variables).watchdogMicroseconds == 3_000_000)
    let ours = variables.merging(["WATCHDOG_PID": "\(getpid())"]) { $1 }
    #expect(ServiceManager(environment: ours).watchdogMicroseconds == 3_000_000)
    let others = variables.merging(["WATCHDOG_PID": "1"]) { $1 }
    #expect(ServiceManager(environment: others).watchdogMicroseconds == nil)
    #expect(ServiceManager(environment: ["WATCHDOG_USEC": "0"]).watchdogMicroseconds == nil)
    #expect(ServiceManager(environment: ["WATCHDOG_USEC": "soon"]).watchdogMicroseconds == nil)
  }
}

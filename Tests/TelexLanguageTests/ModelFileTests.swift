import Foundation
import TelexLanguage
import TelexText
import TelexTraining
import Testing

@Suite final class ModelFileTests {
  let folder: URL
  let directory: ResourceDirectory

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("telex-model-\(UUID().uuidString)")
    directory = ResourceDirectory(root: folder.path)
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("TelexLanguage/Resources"), withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  private func write(change: (inout Data) -> Void = { _ in }) throws {
    let url = URL(fileURLWithPath: directory.path("test.bin", of: "TelexLanguage"))
    var writer = ModelWriter()
    writer.add("numbers", [1, 2, 3] as [UInt32])
    writer.add("bytes", [7] as [UInt8])
    try writer.write(to: url)
    var data = try Data(contentsOf: url)
    change(&data)
    try data.write(to: url)
  }

  @Test func tablesComeBackAsTheyWere() throws {
    try write()
    let file = try ModelFile("test.bin", in: directory)
    let numbers: Column<UInt32> = try file.section("numbers")
    #expect((0..<numbers.count).map { numbers[$0] } == [1, 2, 3])
    let bytes: Column<UInt8> = try file.section("bytes")
    #expect(bytes.count == 1 && bytes[0] == 7)
    #expect(throws: ResourceError.self) { let _: Column<UInt8> = try file.section("others") }
  }

  @Test func aMissingModelIsAnError() {
    #expect(throws: ResourceError.self) { try ModelFile("none.bin", in: directory) }
  }

  @Test(arguments: [0, 8, 40, 100])
  func aChangedByteIsAnError(place: Int) throws {
    try write { $0[place] ^= 1 }
    #expect(throws: ResourceError.self) { try ModelFile("test.bin", in: directory) }
  }

  @Test(arguments: [0, 10, 60, 150])
  func aTruncatedModelIsAnError(length: Int) throws {
    try write { $0 = $0.prefix(length) }
    #expect(throws: ResourceError.self) { try ModelFile("test.bin", in: directory) }
  }
}

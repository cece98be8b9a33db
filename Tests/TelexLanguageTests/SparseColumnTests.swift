import Foundation
import TelexLanguage
import TelexText
import TelexTraining
import Testing

@Suite struct SparseColumnTests {
  /// Written and read back: every number has its value, or none.
  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func eachNumberHasItsValueOrNone(count: Int) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sparse-\(UUID())")
    defer { try? FileManager.default.removeItem(at: folder) }
    let resources = folder.appendingPathComponent("TelexLanguage/Resources")
    try FileManager.default.createDirectory(at: resources, withIntermediateDirectories: true)
    let elements = (0..<count).map { $0 % 7 == 3 || $0 > 900 ? UInt16($0) : 0 }
    var writer = ModelWriter()
    writer.addSparse("sparse", elements, none: 0)
    try writer.write(to: resources.appendingPathComponent("sparse.bin"))

    let file = try ModelFile("sparse.bin", in: ResourceDirectory(root: folder.path))
    let column = try SparseColumn<UInt16>("sparse", in: file)
    for (number, element) in elements.enumerated() {
      #expect(column[number] == (element == 0 ? nil : element), "number \(number)")
    }
  }
}

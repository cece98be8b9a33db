import TelexText

/// Looks words up in the lexicon, and remembers those it was asked for last. One thread at a time may use it.
final class ReadingsReader {
  private static let sets = 128

  private let table: ReadingsTable
  private let memory = WordMemory<Readings>(sets: ReadingsReader.sets)

  init(_ table: ReadingsTable) { self.table = table }

  /// The readings of a spelling, all together.
  func readings(of form: UnsafeBufferPointer<UInt8>) -> Readings {
    memory.value(of: form) { $0.initialize(to: table.readings(of: form)) }.pointee
  }
}

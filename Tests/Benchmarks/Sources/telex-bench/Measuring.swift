import Glibc

/// Seconds on the clock that only goes forward.
func now() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The value that the given share of all values does not exceed.
func percentile(_ share: Double, of values: [Double]) -> Double {
  let sorted = values.sorted()
  guard let last = sorted.last else { return .nan }
  let index = Int((Double(sorted.count) * share).rounded(.up)) - 1
  return index < sorted.count ? sorted[max(0, index)] : last
}

func milliseconds(_ seconds: Double) -> String { "\((seconds * 10_000).rounded() / 10) ms" }
func mebibytes(_ bytes: Int) -> String { "\((Double(bytes) / 104_857.6).rounded() / 10) MiB" }

func readFile(_ path: String) throws -> [UInt8] {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw Failure(call: path) }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = read(descriptor, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
  return bytes
}

func writeFile(_ bytes: [UInt8], _ path: String) throws {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
  guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count, close(descriptor) == 0 else {
    throw Failure(call: path)
  }
}

/// Names in a folder, without `.` and `..`.
func names(in folder: String) throws -> [String] {
  guard let stream = opendir(folder) else { throw Failure(call: folder) }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// The number behind a member's name in JSON; enough for the flat numbers of `status.json`.
func number(_ member: String, in json: [UInt8]) -> Double? {
  let text = String(decoding: json, as: UTF8.self)
  guard let place = text.firstRange(of: "\"\(member)\": ") else { return nil }
  return Double(text[place.upperBound...].prefix { $0.isNumber || $0 == "." || $0 == "-" })
}

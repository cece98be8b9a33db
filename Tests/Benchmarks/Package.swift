// swift-tools-version: 6.2
// Measures the built service from outside, as a newsroom would: files in, results out. A package of its own, so that
// nothing of it is built or installed with Telex.

import PackageDescription

let package = Package(
  name: "telex-benchmarks",
  targets: [
    .executableTarget(
      name: "telex-bench",
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)

// swift-tools-version: 6.2
// Telex: an unattended analyst of French-language newswire dispatches.
// The parts and the arrows allowed between them are fixed; Tests/ArchitectureTests reads this manifest and holds it to them.

import PackageDescription

/// The settings of each target of ours: one dialect of Swift, and no warning left standing.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")

let package = Package(
  name: "telex",
  products: [
    .executable(name: "telexd", targets: ["telexd"]),
    .executable(name: "telex", targets: ["telex"]),
    .executable(name: "telex-train", targets: ["telex-train"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    // System libraries, and headers that Swift can't import by itself.
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    // libyaml itself, not a Swift wrapper: that would bring all of Foundation into every process of the service.
    .systemLibrary(name: "CYaml", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CTelexShims"),

    // The analysis: pure, no file system, no clock.
    .target(name: "TelexModel", swiftSettings: settings),
    .target(name: "TelexText", dependencies: ["TelexModel"], exclude: ["Resources"], swiftSettings: settings),
    .target(
      name: "TelexWire", dependencies: ["TelexModel", "TelexText", "CExpat"], exclude: ["Resources", "README.md"],
      swiftSettings: settings),
    .target(
      name: "TelexLanguage", dependencies: ["TelexModel", "TelexText"], exclude: ["Resources"],
      swiftSettings: settings),
    .target(
      name: "TelexAnalysis", dependencies: ["TelexModel", "TelexText", "TelexLanguage"],
      exclude: ["Resources", "Entities/README.md", "Quotations/README.md", "Syntax/README.md"], swiftSettings: settings),

    // The folder, and the service around it.
    .target(name: "TelexSpool", dependencies: ["CTelexShims", crypto], swiftSettings: settings),
    .target(
      name: "TelexService",
      dependencies: [
        "TelexModel", "TelexText", "TelexWire", "TelexLanguage", "TelexAnalysis", "TelexSpool",
        "CYaml", "CTelexShims", crypto, argumentParser,
      ], exclude: ["Resources"], swiftSettings: settings),
    .target(
      name: "TelexTraining", dependencies: ["TelexModel", "TelexText", "TelexLanguage", "TelexAnalysis"],
      exclude: ["README.md", "Dispatches"], swiftSettings: settings),

    // Thin executables.
    .executableTarget(name: "telexd", dependencies: ["TelexService", argumentParser], swiftSettings: settings),
    .executableTarget(
      name: "telex",
      dependencies: ["TelexService", "TelexSpool", "TelexWire", "TelexText", "TelexModel", argumentParser],
      swiftSettings: settings),
    .executableTarget(name: "telex-train", dependencies: ["TelexTraining", argumentParser], swiftSettings: settings),

    .testTarget(name: "ArchitectureTests", swiftSettings: settings),
    .testTarget(
      name: "CommandTests", dependencies: ["telex", "telexd", "TelexModel"], exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(name: "TelexModelTests", dependencies: ["TelexModel"], swiftSettings: settings),
    .testTarget(name: "TelexTextTests", dependencies: ["TelexText"], swiftSettings: settings),
    .testTarget(
      name: "TelexWireTests", dependencies: ["TelexWire"], exclude: ["Dispatches"], swiftSettings: settings),
    .testTarget(
      name: "TelexLanguageTests", dependencies: ["TelexLanguage", "TelexTraining"], exclude: ["Data"],
      swiftSettings: settings),
    .testTarget(name: "TelexAnalysisTests", dependencies: ["TelexAnalysis", "TelexWire"], swiftSettings: settings),
    .testTarget(name: "TelexSpoolTests", dependencies: ["TelexSpool"], swiftSettings: settings),
    .testTarget(
      name: "TelexServiceTests",
      dependencies: [
        "TelexService", "TelexSpool", "TelexModel", "TelexText", "CTelexShims", "telexd", crypto, argumentParser,
      ], swiftSettings: settings),
  ]
)

// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target: existentials are spelled out, imports are internal unless they say more.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The commit that `trawl --version` names. An incremental build keeps the commit of the first; whoever publishes
/// a build sets TRAWL_COMMIT.
let commit =
  Context.environment["TRAWL_COMMIT"] ?? Context.gitInformation.map { "\($0.currentCommit) or later" }

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude,
    swiftSettings: settings)
}

let package = Package(
  name: "trawl",
  // Synchronization (Mutex, Atomic) begins here on Apple's systems.
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Trawl", targets: ["Trawl"]),
    .executable(name: "trawl", targets: ["TrawlCLI"]),
  ],
  targets: [
    library("Diagnostics", []),
    // The builtin module gives the bits of a vector comparison at once (see LaneBits.swift).
    .target(
      name: "Engine", dependencies: ["Diagnostics"],
      swiftSettings: settings + [.enableExperimentalFeature("BuiltinModule")]),
    .target(name: "CBuild", cSettings: commit.map { [.define("TRAWL_COMMIT", to: "\"\($0)\"")] } ?? []),
    library("Formats", ["Diagnostics"]),
    library("KQL", ["Diagnostics", "Engine"]),
    library("SPL", ["Diagnostics", "Formats", "Engine"]),
    library("LogSources", ["Diagnostics", "Engine"]),
    library("Session", ["Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources"]),
    library("Rules", ["Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources", "Session"]),
    library("Reports", ["Diagnostics", "Formats", "Engine", "LogSources", "Session", "Rules"]),
    library("Trawl", ["CBuild", "Diagnostics", "Engine", "Session", "Rules"]),
    .executableTarget(
      name: "TrawlCLI",
      dependencies: [
        "Diagnostics", "Formats", "Engine", "KQL", "SPL", "LogSources", "Session", "Rules", "Reports",
        "Trawl",
      ],
      // The driver program on a cluster stands in the binary.
      resources: [.embedInCode("Cluster/driver.py")], swiftSettings: settings),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .executableTarget(
      name: "Benchmarks", dependencies: ["Diagnostics", "Engine", "KQL", "Session"], path: "Tests/Benchmarks",
      exclude: ["figures", "compare.py", "generate.py", "peers.py"], swiftSettings: settings),
    tests(of: "Diagnostics"),
    tests(of: "Engine", ["CZlib"]),
    tests(of: "KQL"),
    tests(of: "SPL", ["LogSources", "Session"]),
    .testTarget(
      name: "GoldenTests",
      dependencies: ["Diagnostics", "Engine", "KQL", "SPL", "LogSources", "Session", "Rules"],
      exclude: ["Cases", "Ports"],
      swiftSettings: settings),
    tests(of: "LogSources", ["Engine"]),
    tests(of: "Session", ["Diagnostics", "Engine", "LogSources"]),
    tests(
      of: "Rules", ["Diagnostics", "Formats", "Engine", "Session"], exclude: ["PublishedRules"]),
    tests(of: "Reports", ["Diagnostics", "Engine", "Rules", "Session"]),
    tests(of: "Trawl"),
    .testTarget(
      name: "ConformanceTests", dependencies: ["Diagnostics", "Engine", "KQL", "TrawlCLI"],
      swiftSettings: settings),
    .testTarget(
      name: "CLITests", dependencies: ["TrawlCLI", "Diagnostics", "Engine", "Reports", "Rules", "Session"],
      swiftSettings: settings),
    .testTarget(
      name: "TidyTests", dependencies: ["Engine", "KQL", "LogSources", "SPL"], swiftSettings: settings),
  ]
)

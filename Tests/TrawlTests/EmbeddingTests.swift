import Foundation
import Testing

/// The page on embedding is true: its examples compile, run and print what they should, also in a package outside.
@Suite struct EmbeddingTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let examples = root.appending(path: "examples").path
  private static let rule = root.appending(
    path: "rules/T1496.004-cloud-service-hijacking/high-volume-ses.kql"
  ).path

  /// The texts between the marks of code in Swift, each line without its indentation.
  private static func blocks() throws -> [String] {
    let page = try String(
      contentsOf: root.appending(path: "Sources/Trawl/Trawl.docc/Embedding.md"), encoding: .utf8)
    return page.components(separatedBy: "```swift\n").dropFirst().map { part in
      part.components(separatedBy: "\n```")[0]
    }
  }

  private static func unindented(_ text: String) -> String {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
  }

  @Test func `the examples stand in the tests as they stand on the page`() throws {
    let source = try String(
      contentsOf: Self.root.appending(path: "Tests/TrawlTests/EmbeddingExamples.swift"), encoding: .utf8)
    let blocks = try Self.blocks()
    #expect(blocks.count == 5)
    for block in blocks { #expect(Self.unindented(source).contains(Self.unindented(block)), "\(block)") }
  }

  @Test func `the examples print this`() throws {
    let lines = try EmbeddingExamples.output(examples: Self.examples, rule: Self.rule)
    #expect(lines.count > 10)
    #expect(lines[0].hasPrefix("ses.amazonaws.com ") && lines[0].hasSuffix("Z"), "\(lines[0])")
    #expect(lines[2] == "true true")
    #expect(lines[3] == #"["AccessDenied", "236"]"#)
    #expect(lines[4] == "wrongText unknown-column 23")
    #expect(lines[5].contains("EventName"))
    #expect(lines[6] == #"["unknown-operator"]"#)
    #expect(lines[7].contains("SES") && lines[7].contains(" true "), "\(lines[7])")
    #expect(lines[8].hasSuffix("Account"), "\(lines[8])")
  }

  /// Building everything once more takes minutes, so the check of a change does it.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["TRAWL_EMBEDDING"] != nil))
  func `a package outside builds against the library and prints the same`() throws {
    let folder = Self.root.appending(path: ".build/embedding")
    let sources = folder.appending(path: "Sources/App")
    try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
    try """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "app", dependencies: [.package(name: "trawl", path: "\(Self.root.path)")],
      targets: [
        .executableTarget(name: "App", dependencies: [.product(name: "Trawl", package: "trawl")])
      ])
    """.write(to: folder.appending(path: "Package.swift"), atomically: true, encoding: .utf8)
    let text =
      (["import Trawl", "let examples = CommandLine.arguments[1]", "let rule = CommandLine.arguments[2]"]
      + (try Self.blocks())).joined(separator: "\n") + "\n"
    try text.write(to: sources.appending(path: "main.swift"), atomically: true, encoding: .utf8)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "run", "--package-path", folder.path, "-debug-info-format", "none", "App", Self.examples,
      Self.rule,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines == (try EmbeddingExamples.output(examples: Self.examples, rule: Self.rule)))
  }
}

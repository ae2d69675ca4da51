import Foundation
import Testing

@Suite struct LayoutTests {
  @Test(arguments: ["Sources", "Tests"])
  func `no file is longer than 500 lines`(_ folder: String) throws {
    for file in try SourceTree.swiftFiles(below: folder) {
      #expect(file.lines.count <= 501, "\(file) has \(file.lines.count) lines")
    }
  }

  @Test func `the top of the repository holds what it is meant to`() throws {
    guard let files = try SourceTree.trackedFiles() else { return }
    let top = Set(files.compactMap { $0.split(separator: "/").first.map(String.init) })
    let visible = top.filter { !$0.hasPrefix(".") }
    #expect(visible == ["Package.swift", "README.md", "Sources", "Tests", "examples", "rules"])
    #expect(
      top.subtracting(visible).isSubset(of: [
        ".ci", ".editorconfig", ".github", ".gitignore", ".swift-format",
      ]))
  }

  @Test func `no file names a place of the machine that it was written on`() throws {
    guard let files = try SourceTree.trackedFiles() else { return }
    // The checkout, what lies beside it, and the home of whoever runs this; a bare `/` says nothing.
    let folders = [
      SourceTree.root, SourceTree.root.deletingLastPathComponent(),
      FileManager.default.homeDirectoryForCurrentUser,
    ]
    let places = Set(folders.map { $0.standardizedFileURL.path }).filter { $0 != "/" }.map { $0 + "/" }
    // The check of a change looks for more samples beside the checkout, and does without them.
    for path in files where !path.hasSuffix(".gz") && path != ".ci/run" {
      let url = SourceTree.root.appendingPathComponent(path)
      guard let data = try? Data(contentsOf: url) else { continue }
      let text = String(decoding: data, as: UTF8.self)
      for place in places { #expect(!text.contains(place), "\(path) names \(place)") }
    }
  }

  @Test func `the formatter finds nothing to change`() throws {
    let version = try SourceTree.run("/usr/bin/env", ["swift", "format", "--version"])
    if version.status != 0 { return }
    let result = try SourceTree.run(
      "/usr/bin/env",
      [
        "swift", "format", "lint", "--strict", "--parallel", "--recursive", "Package.swift", "Sources",
        "Tests",
      ])
    let complaints = result.output.split(separator: "\n").filter {
      $0.contains(": error:") || $0.contains(": warning:")
    }
    #expect(
      result.status == 0,
      "\(complaints.count) places, such as \(complaints.prefix(5).joined(separator: "\n"))")
  }
}

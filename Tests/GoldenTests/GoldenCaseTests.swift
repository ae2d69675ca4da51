import Foundation
import Testing

/// No case is passed over: every file below `Cases` is one, in a folder that a suite runs.
@Suite struct GoldenCaseTests {
  /// The folders that suites run.
  private static let folders = ["errors", "kql", "plans", "spl"]

  @Test func `every folder of cases is run and holds cases`() throws {
    let found = try FileManager.default.contentsOfDirectory(atPath: GoldenCase.folder.path).filter {
      !$0.hasPrefix(".")
    }
    #expect(found.sorted() == GoldenCaseTests.folders)
    if ProcessInfo.processInfo.environment["CASE"] != nil { return }
    for folder in found { #expect(!GoldenCase.all(in: folder).isEmpty, "\(folder)") }
  }

  @Test(arguments: folders) func `every file of a folder is a case`(_ folder: String) throws {
    let place = GoldenCase.folder.appending(path: folder)
    for name in try FileManager.default.contentsOfDirectory(atPath: place.path) where !name.hasPrefix(".") {
      #expect(name.hasSuffix(".txt"), "\(folder)/\(name)")
      let golden = try GoldenCase(file: place.appending(path: name))
      #expect(!golden.title.isEmpty, "\(golden) has no title")
      let inputs = golden.sections.filter { ["kql", "spl", "rule"].contains($0.kind) }
      #expect(!inputs.isEmpty, "\(golden) has no query")
      let answers = golden.sections.filter { ["result", "error", "plan"].contains($0.kind) }
      #expect(GoldenCase.isRecording || !answers.isEmpty, "\(golden) has no answer")
    }
  }
}

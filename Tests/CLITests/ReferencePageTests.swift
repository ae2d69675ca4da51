import Engine
import Foundation
import Session
import Testing

@testable import TrawlCLI

/// The committed reference pages say what the records say. `RECORD=1` writes them anew.
@Suite struct ReferencePageTests {
  private static let folder = Repository.root.appendingPathComponent("Sources/Engine/Engine.docc/Reference")
  private static let isRecording = ProcessInfo.processInfo.environment["RECORD"] == "1"

  @Test func `the reference pages are current`() throws {
    for page in ReferencePage.all(of: .standard) {
      let file = ReferencePageTests.folder.appendingPathComponent(page.fileName)
      if ReferencePageTests.isRecording {
        try FileManager.default.createDirectory(
          at: ReferencePageTests.folder, withIntermediateDirectories: true)
        try Data(page.text.utf8).write(to: file)
      }
      let written = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
      let isCurrent = written == page.text
      #expect(isCurrent, "\(page.fileName) is not what the records say; RECORD=1 writes it anew")
    }
  }

  @Test func `no reference page is left over`() throws {
    let pages = ReferencePage.all(of: .standard)
    let names = Set(pages.map(\.fileName))
    #expect(names.count == pages.count)
    for file in try FileManager.default.contentsOfDirectory(atPath: ReferencePageTests.folder.path) {
      #expect(names.contains(file), "\(file)")
    }
  }

  @Test func `every function that a query can name stands on a page`() {
    let text = ReferencePage.all(of: .standard).map(\.text).joined()
    for page in FunctionPage.functions(of: .standard) {
      for name in page.names where !name.isAlias {
        #expect(text.contains("\(name.text)"), "\(name.text)")
      }
    }
  }
}

import Diagnostics
import Foundation
import KQL
import Testing

/// Parses every query of the vectors in the folder that TRAWL_CONFORMANCE names; skipped where it is unset.
@Suite struct KQLDocumentationQueriesTests {
  private struct Vector: Decodable {
    var id: String
    var query: String
  }

  private static let folder = ProcessInfo.processInfo.environment["TRAWL_CONFORMANCE"]

  @Test(.enabled(if: folder != nil))
  func `every documented query parses, or names the operator that is not run`() throws {
    let folder = try #require(Self.folder)
    let file = URL(fileURLWithPath: folder).appendingPathComponent("kql-docs.json")
    let vectors = try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
    #expect(!vectors.isEmpty)
    for vector in vectors {
      let source = SourceText(name: vector.id, text: vector.query)
      let (tree, diagnostics) = KQL.parse(source)
      let unexpected = diagnostics.filter { $0.id != "unsupported-operator" }
      if diagnostics.isEmpty, !vector.query.contains("declare pattern") {
        let (again, more) = KQL.parse(SourceText(name: "printed", text: KQLSourcePrinter.text(tree)))
        #expect(more.isEmpty && again.description == tree.description, "\(vector.id)")
      }
      for diagnostic in unexpected {
        let position = source.position(of: diagnostic.primary?.span.lowerBound ?? 0)
        Issue.record("\(vector.id):\(position): \(diagnostic.id): \(diagnostic.message)")
      }
    }
  }
}

import Diagnostics
import Engine
import Foundation
import KQL
import Testing

/// Compares what Trawl says of many small queries with what the language's own binder said: refused, or the names and
/// types of the columns. `Tests/BinderComparison/record.py` asked it.
///
///     BINDER_REPORT=FILE swift test --filter BinderComparisonTests    writes down what differs
@Suite struct BinderComparisonTests {
  private static let header =
    "let T = datatable(b:bool, i:int, n:long, r:real, e:decimal, t:datetime, s:timespan, g:guid, x:string, d:dynamic)[]; "

  /// How many queries differed without a reason when this was last lowered; it only falls.
  static let unexplained = 604

  enum Verdict: Equatable {
    case refused(String)
    /// By name: Trawl does not run it yet.
    case unsupported
    case columns(String)
    /// Columns that only the data tell.
    case open
  }

  static func asked(_ query: String) -> String {
    query.hasPrefix("T ") || query.contains(" T ") || query.contains("(T") ? header + query : query
  }

  static func verdict(_ query: String) -> Verdict {
    let environment = KQLEnvironment(catalog: FixedCatalog([]))
    do throws(QueryFailure) {
      let source = SourceText(name: "q", text: asked(query))
      let lowered = try KQL.compile(source, environment: environment).query
      let columns = lowered.results.first?.plan.columns ?? []
      return .columns(columns.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: ","))
    } catch {
      let errors = error.diagnostics.filter { $0.severity == .error }
      if errors.contains(where: { $0.id.hasPrefix("unsupported") }) { return .unsupported }
      if errors.contains(where: { $0.id == "needs-data" }) { return .open }
      return .refused(errors.first?.id ?? "")
    }
  }

  @Test func `queries are refused, named and typed as by the language's own binder`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: folder.appending(path: "BinderComparison/verdicts.tsv"), encoding: .utf8)
    var report = ""
    var differing = 0
    let lines = text.split(separator: "\n")
    for line in lines {
      let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        Issue.record("no verdict in \(line)")
        continue
      }
      let (expected, query) = (parts[0], parts[1])
      let own = BinderComparisonTests.verdict(query)
      let side: BinderDifferences.Side
      switch own {
      case .unsupported, .open: continue
      case .refused:
        if expected.hasPrefix("!") { continue }
        side = .refusedHere
      case .columns(let columns):
        if expected == columns { continue }
        side = expected.hasPrefix("!") ? .takenHere : .columns
      }
      if BinderDifferences.reason(for: query, side) != nil { continue }
      differing += 1
      report += "\(query)\t\(expected)\t\(own)\n"
    }
    print(
      "binder: \(lines.count - differing) of \(lines.count) queries agree or have a reason, \(differing) have none"
    )
    #expect(differing <= BinderComparisonTests.unexplained, "\(differing) differ: \(report.prefix(2000))")
    if let path = ProcessInfo.processInfo.environment["BINDER_REPORT"] {
      try report.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}

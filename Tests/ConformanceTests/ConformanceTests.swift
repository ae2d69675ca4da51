import Diagnostics
import Engine
import Foundation
import KQL
import Testing

/// Runs the queries of the public documentation and keeps score.
///
///     TRAWL_CONFORMANCE=folder CONFORMANCE_VERBOSE=1 swift test --filter ConformanceTests
@Suite struct ConformanceTests {
  /// How many vectors of each tier gave the printed table when this was last raised.
  static let floors = [1: 185, 2: 39, 3: 26]

  @Test(.enabled(if: ConformanceVector.folder != nil)) func `documented results hold`() throws {
    let environment = ProcessInfo.processInfo.environment
    let wanted = environment["CONFORMANCE_CASE"]
    let isVerbose = environment["CONFORMANCE_VERBOSE"] == "1"
    let vectors = try ConformanceVector.all().filter { wanted.map($0.id.contains) ?? true }
    for tier in Set(vectors.map(\.tier)).sorted() {
      var passed = 0
      var pageErrors = 0
      var failures: [String] = []
      let members = vectors.filter { $0.tier == tier }
      for vector in members {
        guard let difference = ConformanceRun.failure(of: vector) else {
          passed += 1
          #expect(KnownDifferences.pageErrors[vector.id] == nil, "\(vector.id) gives what its page prints")
          continue
        }
        let reason = KnownDifferences.reason(for: vector.id)
        if KnownDifferences.pageErrors[vector.id] != nil { pageErrors += 1 }
        failures.append("\(vector.id)\(isVerbose ? ": " + difference : "") (\(reason ?? "not explained"))")
        if wanted == nil { #expect(reason != nil, "\(vector.id): \(difference)") }
      }
      print(
        "conformance tier \(tier): \(passed) of \(members.count); \(pageErrors) pages are wrong or leave it open"
      )
      for failure in failures { print("  \(failure)") }
      if wanted == nil { #expect(passed >= ConformanceTests.floors[tier] ?? 0, "tier \(tier)") }
    }
  }
}

enum ConformanceRun {
  /// The time of every run: 2024-06-01T12:00:00Z.
  static let now: Int64 = 638_528_400_000_000_000

  /// Why a vector does not give the printed table; nil if it does.
  static func failure(of vector: ConformanceVector) -> String? {
    let first = failure(of: vector, text: vector.query)
    guard first != nil, let alternative = vector.alternative else { return first }
    return failure(of: vector, text: alternative) == nil ? nil : first
  }

  private static func failure(of vector: ConformanceVector, text: String) -> String? {
    let source = SourceText(name: vector.id, text: text)
    do {
      let tables = try run(source)
      let options = TableComparison.Options(
        isOrdered: vector.isOrdered, hasUnorderedArrays: vector.hasUnorderedArrays,
        isSubset: vector.isTruncated, ignoresNames: vector.hasUnreliableNames)
      // A query with several results has the printed one among them.
      let differences = tables.map {
        TableComparison.difference(columns: vector.columns, rows: vector.rows, actual: $0, options: options)
      }
      if differences.contains(nil) { return nil }
      return differences.last.flatMap { $0 } ?? "no result"
    } catch let failure as QueryFailure {
      return failure.diagnostics.filter { $0.severity == .error }.map(\.message).joined(separator: "; ")
    } catch let failure as ExecutionFailure {
      return failure.message
    } catch {
      return "\(error)"
    }
  }

  static func run(_ source: SourceText) throws -> [Table] {
    let query = try DataQuestions.settling { answers throws(QueryFailure) in
      var environment = KQLEnvironment(catalog: FixedCatalog([]))
      environment.answers = answers
      let query = try KQL.compile(source, environment: environment).query
      return (query, query.open)
    } answer: { question in
      do throws(ExecutionFailure) {
        return .success(try run(question.plan))
      } catch {
        return .failure(error)
      }
    }
    return try query.results.map { try run(Optimizer.optimize($0.plan), now: query.now ?? now) }
  }

  private static func run(_ plan: LogicalPlan, now: Int64 = ConformanceRun.now)
    throws(ExecutionFailure) -> Table
  {
    try Executor(context: ExecutionContext(now: now)) { scan throws(ExecutionFailure) in
      throw ExecutionFailure("unknown-table", "no table named \(scan.table)")
    }.run(plan)
  }
}

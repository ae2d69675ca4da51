import Diagnostics
import Engine
import Foundation
import KQL
import LogSources
import SPL
import Session
import Testing

@Suite struct GoldenTests {
  @Test(arguments: GoldenCase.all(in: "kql")) func `KQL gives these rows`(_ golden: GoldenCase) throws {
    try check(golden)
  }

  @Test(arguments: GoldenCase.all(in: "errors")) func `a wrong query gives this message`(_ golden: GoldenCase)
    throws
  {
    if let text = golden.section("spl") {
      let source = SourceText(name: "query", text: text)
      var diagnostics: [Diagnostic] = []
      do {
        diagnostics = try GoldenRun.compile(
          spl: source, try splEnvironment(golden), tables: try tables(golden)
        ).warnings
      } catch let failure as QueryFailure {
        diagnostics = failure.diagnostics
      }
      return try compare(golden, "error", rendered(diagnostics, in: source))
    }
    let text = try #require(golden.section("kql"))
    let source = SourceText(name: "query", text: text)
    var diagnostics: [Diagnostic] = []
    do {
      diagnostics = try GoldenRun.compile(
        kql: source, try environment(golden), tables: try tables(golden)
      ).warnings
    } catch let failure as QueryFailure {
      diagnostics = failure.diagnostics
    }
    try compare(golden, "error", rendered(diagnostics, in: source))
  }

  private func rendered(_ diagnostics: [Diagnostic], in source: SourceText) -> String {
    DiagnosticRenderer.render(diagnostics, in: source).trimmingCharacters(in: .newlines)
  }

  @Test(arguments: GoldenCase.all(in: "spl")) func `SPL gives these rows, and its KQL twin the same`(
    _ golden: GoldenCase
  ) throws { try checkSPL(golden) }

  func checkSPL(_ golden: GoldenCase) throws {
    let source = SourceText(name: "query", text: try #require(golden.section("spl")))
    let tables = try tables(golden)
    var golden = golden
    do {
      let (plan, warnings) = try GoldenRun.compile(
        spl: source, try splEnvironment(golden), tables: tables)
      let said = rendered(warnings, in: source)
      if !said.isEmpty || golden.section("said") != nil {
        try compare(golden, "said", said)
        golden = try GoldenCase(file: golden.file)
      }
      // SPL's rows have an order throughout; a twin in KQL has one where it sorts last.
      let twin = golden.section("kql") == nil ? nil : try kqlPlan(golden)
      try checkRows(of: plan, golden, tables, isOrdered: twin?.isOrdered ?? true)
      try checkPlan(plan, golden)
    } catch let failure as QueryFailure {
      Issue.record("\(DiagnosticRenderer.render(failure.diagnostics, in: source))")
    }
    if golden.section("kql") != nil, !GoldenCase.isRecording { try check(golden) }
  }

  func splEnvironment(_ golden: GoldenCase) throws -> SPLEnvironment {
    let tables = try tables(golden)
    var environment = SPLEnvironment(events: GoldenEvents(fields: tables["events"]?.fields.map(\.name) ?? []))
    environment.lookups = tables
    environment.writesLookups = true
    return environment
  }

  func check(_ golden: GoldenCase) throws {
    guard let plan = try kqlPlan(golden) else { return }
    try checkRows(of: plan, golden, try tables(golden), isOrdered: plan.isOrdered)
    try checkPlan(plan, golden)
  }

  private func kqlPlan(_ golden: GoldenCase) throws -> LogicalPlan? {
    let source = SourceText(name: "query", text: try #require(golden.section("kql")))
    do {
      let query = try GoldenRun.compile(
        kql: source, try environment(golden), tables: try tables(golden)
      ).query
      return try #require(query.results.first?.plan)
    } catch let failure as QueryFailure {
      Issue.record("\(DiagnosticRenderer.render(failure.diagnostics, in: source))")
      return nil
    }
  }

  /// Optimized and not, in chunks of 1, 7 and the default: the same rows.
  private func checkRows(
    of plan: LogicalPlan, _ golden: GoldenCase, _ tables: [String: Table], isOrdered: Bool
  ) throws {
    var first: String?
    for isOptimized in [false, true] {
      for chunkSize in [1, 7, ExecutionContext.defaultChunkSize] {
        let result = try GoldenRun.run(
          isOptimized ? Optimizer.optimize(plan) : plan, tables: tables, chunkSize: chunkSize)
        let rows = TableText.text(of: result, sorted: !isOrdered)
        if let first {
          #expect(rows == first, "optimized: \(isOptimized), chunks of \(chunkSize)")
        } else {
          first = rows
        }
      }
    }
    let rows = try #require(first)
    for plan in [plan, Optimizer.optimize(plan)] {
      let result = try GoldenRun.run(try readBack(plan), tables: tables, chunkSize: 7)
      #expect(TableText.text(of: result, sorted: !isOrdered) == rows, "written and read back")
    }
    try compare(golden, "result", rows)
  }

  /// What comes back of a plan that was written: the same plan, which gives the same bytes.
  func readBack(_ plan: LogicalPlan) throws -> LogicalPlan {
    let text = PlanDocument.text(of: plan)
    let back = try PlanDocument.plan(from: text)
    #expect(back == plan)
    #expect(PlanDocument.text(of: back) == text)
    return back
  }

  func compare(_ golden: GoldenCase, _ kind: String, _ actual: String) throws {
    if GoldenCase.isRecording {
      try golden.record(kind, actual)
    } else {
      #expect(actual == golden.section(kind), "\(golden.title)")
    }
  }

  func tables(_ golden: GoldenCase) throws -> [String: Table] {
    var tables: [String: Table] = [:]
    for section in golden.sections where section.kind == "table" {
      tables[section.argument] = try TableText.parse(section.text)
    }
    return tables
  }

  func environment(_ golden: GoldenCase) throws -> KQLEnvironment {
    let tables = try tables(golden)
    let catalog = FixedCatalog(
      tables.keys.sorted().map { TableDefinition(name: $0, fields: tables[$0]?.fields ?? []) })
    var environment = KQLEnvironment(catalog: catalog)
    for section in golden.sections where section.kind == "external" {
      environment.externals[section.argument] = section.text
    }
    return environment
  }
}

/// The events of a case, their fields by name.
struct GoldenEvents: EventCatalog {
  let fields: [String]

  var view: any FieldView { PathFieldView() }

  var knownFields: [String]? { fields }

  var dataModels: [DataModel] { SplunkEvents([.cloudTrail], .raw).dataModels }

  func fieldNames(in events: Column) -> [String] { fields }
}

/// Runs plans over tables in memory.
enum GoldenRun {
  /// The time of every golden run: 2024-06-01T12:00:00Z.
  static let now: Int64 = 638_528_400_000_000_000

  static let places = AddressPlaces(
    Table(
      fields: [Field("network", .string), Field("city", .string)],
      rows: [[.string("203.0.113.0/24"), .string("Berlin")]]))

  static func run(
    _ plan: LogicalPlan, tables: [String: Table], chunkSize: Int
  ) throws(ExecutionFailure) -> Table {
    try executor(tables: tables, chunkSize: chunkSize).run(plan)
  }

  static func executor(tables: [String: Table], chunkSize: Int) -> Executor {
    let context = ExecutionContext(
      now: now, threads: 2, chunkSize: chunkSize,
      resources: RunResources(places: places, lookupWriter: { _ in nil }))
    return Executor(context: context) { scan throws(ExecutionFailure) in
      guard let table = tables[scan.table] else {
        throw ExecutionFailure("unknown-table", "no table named \(scan.table)")
      }
      let columns = scan.sources.map { source in
        guard let index = table.fields.firstIndex(where: { $0.name == source.field }) else {
          return Column.constant(.null, source.column.type, count: table.rowCount)
        }
        return table.columns[index]
      }
      return Table(
        fields: scan.sources.map { Field($0.column.name, $0.column.type) }, columns: columns,
        rowCount: table.rowCount)
    }
  }
}

extension LogicalPlan {
  /// The query sorts its rows last.
  var isOrdered: Bool {
    switch self {
    case .sort: true
    case .project(let project): project.input.isOrdered
    case .limit(let limit): limit.input.isOrdered
    case .filter(let filter): filter.input.isOrdered
    case .with(let with): with.body.isOrdered
    case .scan, .inline, .argument, .aggregate, .join, .union, .expand, .window, .apply, .tabular, .reference:
      false
    }
  }
}

import Diagnostics
import Engine
import LogSources
import SPL
import Session
import Testing

/// Events in memory: each is a bag of texts, with several values where a text list stands.
struct EventTable: Sendable, EventCatalog {
  var events: [[String: Value]]
  var view: any FieldView = PathFieldView()

  var dataModels: [DataModel] { SplunkEvents([.cloudTrail], .raw).dataModels }

  var knownFields: [String]? { Set(events.flatMap(\.keys)).sorted() }

  func fieldNames(in events: Column) -> [String] { [] }

  func table(for scan: Scan) -> Table {
    Table(
      fields: scan.sources.map { Field($0.column.name, $0.column.type) },
      rows: events.map { event in
        scan.sources.map { source in
          let value = event[source.field] ?? .null
          switch (source.column.type, value) {
          case (.dynamic, .string(let text)): return .dynamic(.string(text))
          case (.datetime, .string(let text)): return ValueConversion.convert(.string(text), to: .datetime)
          default: return value
          }
        }
      })
  }

  func run(_ plan: LogicalPlan, context: ExecutionContext) throws(ExecutionFailure) -> Table {
    try Executor(context: context, source: { (scan: Scan) throws(ExecutionFailure) in table(for: scan) }).run(
      plan)
  }
}

/// What a search gave: its rows and what was said.
struct SearchResult {
  var table: Table
  var warnings: [String]
  var notes: [String]

  var names: [String] { table.fields.map(\.name) }

  /// Each row as `a|b|c`, several values of a field as `x;y`, null as `-`.
  var rows: [String] {
    (0..<table.rowCount).map { row in
      table.row(row).map { value in
        if value.isNull { return "-" }
        return SPLValues.texts(of: value).joined(separator: ";")
      }.joined(separator: "|")
    }
  }
}

/// A moment as every test has it: 2024-01-02T00:00:00Z.
let testNow: Int64 = Ticks.make(year: 2024, month: 1, day: 2) ?? 0

func environment(_ events: [[String: Value]], lookups: [String: Table] = [:]) -> SPLEnvironment {
  let catalog = EventTable(events: events)
  var environment = SPLEnvironment(events: catalog)
  environment.lookups = lookups
  return environment
}

/// Compiles a search, and answers from the events what it asks of the data.
func compile(
  _ source: SourceText, _ environment: SPLEnvironment, events: [[String: Value]]
) throws(QueryFailure) -> (plan: LogicalPlan, warnings: [Diagnostic]) {
  try DataQuestions.settling { answers throws(QueryFailure) in
    var environment = environment
    environment.answers = answers
    let (plan, warnings, open) = try SPL.compile(source, environment: environment)
    return ((plan, warnings), open)
  } answer: { question in
    do throws(ExecutionFailure) {
      let plan = Optimizer.optimize(question.plan)
      return .success(
        try EventTable(events: events).run(plan, context: ExecutionContext(now: testNow)))
    } catch {
      return .failure(error)
    }
  }
}

/// Runs a search over events, as it is and optimized, which must give the same.
func run(
  _ text: String, events: [[String: Value]], lookups: [String: Table] = [:],
  change: (inout SPLEnvironment) -> Void = { _ in }
) throws -> SearchResult {
  let source = SourceText(name: "<test>", text: text)
  var environment = environment(events, lookups: lookups)
  change(&environment)
  let plan: LogicalPlan
  let warnings: [Diagnostic]
  do {
    (plan, warnings) = try compile(source, environment, events: events)
  } catch {
    Issue.record("\(DiagnosticRenderer.render(error.diagnostics, in: source))")
    throw error
  }
  let catalog = EventTable(events: events)
  let context = ExecutionContext(now: testNow, resources: RunResources(lookupWriter: { _ in nil }))
  let plain = SearchResult(
    table: try catalog.run(plan, context: context), warnings: warnings.map(\.id), notes: [])
  let optimized = SearchResult(
    table: try catalog.run(Optimizer.optimize(plan), context: context), warnings: warnings.map(\.id),
    notes: context.notes.notes.map(\.plainText))
  #expect(plain.rows == optimized.rows, "the optimizer changes nothing")
  return optimized
}

/// An event at a minute of 2024-01-01, with texts.
func event(_ minute: Int, _ fields: [String: String]) -> [String: Value] {
  var result = fields.mapValues { Value.string($0) }
  result["_time"] = .datetime(
    (Ticks.make(year: 2024, month: 1, day: 1) ?? 0) + Int64(minute) * Ticks.perMinute)
  if result["_raw"] == nil {
    result["_raw"] = .string(
      fields.keys.sorted().map { "\"\($0)\":\"\(fields[$0] ?? "")\"" }.joined(separator: ","))
  }
  return result
}

/// The ids of what compiling a text has to say.
func complaints(_ text: String, events: [[String: Value]] = []) -> [String] {
  let source = SourceText(name: "<test>", text: text)
  do {
    return try compile(source, environment(events), events: events).warnings.map(\.id)
  } catch {
    return error.diagnostics.map(\.id)
  }
}

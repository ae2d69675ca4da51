import Diagnostics
import Engine
import Foundation
import KQL
import Rules
import SPL
import Session
import Testing

/// A case whose query goes to the other language and back, and what its rows become.
///
/// ```
///   KQL   tables T, U as they are                 SPL   the event of each of their rows, sourcetype=T or U
///   SPL   the events of the case                  KQL   a table `events` with a column for each field
/// ```
struct PortedCase {
  enum Outcome {
    /// Both texts give the rows of the case.
    case same
    case refused(String)
    /// The other language has it, and it does not come back.
    case oneWay(String)
    /// Other rows, of which the writer says why.
    case said(String)
    case different(String)
  }

  let golden: GoldenCase
  let tables: [String: Table]
  private let tests = GoldenTests()

  init(_ golden: GoldenCase) throws {
    self.golden = golden
    var tables = try tests.tables(golden)
    // A table of KQL does not tell an empty text from none, which SPL does.
    if golden.section("spl") != nil { tables["events"] = tables["events"]?.withoutEmptyTexts }
    self.tables = tables
  }

  /// A text that was written, and the rows that it gives.
  private struct Run {
    var text: String
    var plan: LogicalPlan
    var rows: Table
    var constants: [NamedConstant] = []
    /// Why its rows may be others.
    var excuses: [String] = []
    /// Columns by which the rows are ordered.
    var order: [String]
  }

  func outcome() throws -> Outcome {
    let isSearch = golden.section("spl") != nil
    guard let text = golden.section(isSearch ? "spl" : "kql") else { return .refused("no query") }
    let first: Run
    do throws(QueryFailure) {
      first = try isSearch ? search(text, own: true) : query(text, own: true)
    } catch {
      return .refused(error.cause?.message ?? "it does not compile")
    }
    let there: Run
    do {
      there = try written(first, asSearch: !isSearch)
    } catch let refusal as WritingRefusal {
      return .refused(refusal.reason)
    } catch let failure as QueryFailure {
      return .different("there: \(failure.source.text)\n\(failure.diagnostics.map(\.message))")
    }
    if let found = difference(first, there, isAcross: true) {
      return outcome("there: \(found)", there.excuses)
    }
    let back: Run
    do {
      back = try written(there, asSearch: isSearch)
    } catch let refusal as WritingRefusal {
      return .oneWay(refusal.reason)
    } catch let failure as QueryFailure {
      return .different(
        "back: \(there.text)\n\(failure.source.text)\n\(failure.diagnostics.map(\.message))")
    }
    if let found = difference(first, back, isAcross: false) {
      return outcome("back: \(there.text)\n\(found)", there.excuses + back.excuses)
    }
    return .same
  }

  private func outcome(_ difference: String, _ excuses: [String]) -> Outcome {
    excuses.isEmpty ? .different(difference) : .said(excuses.uniqued.joined(separator: "; "))
  }

  private func written(_ run: Run, asSearch: Bool) throws -> Run {
    let twins = self.twins
    let written =
      asSearch
      ? try SPLWriter.write(run.plan, twins, [], run.constants)
      : try KQLWriter.write(run.plan, twins, [], run.constants)
    var result = try asSearch ? search(written.text, own: false) : query(written.text, own: false)
    result.excuses = written.remarks.filter(\.changesRows).map(\.message)
    return result
  }

  // MARK: - Runs

  private var isSearch: Bool { golden.section("spl") != nil }

  private func search(_ text: String, own: Bool) throws(QueryFailure) -> Run {
    var tables = isSearch ? tables : ["events": EventsOfTables(self.tables, times: timeColumns).table]
    // What is written finds its events by these.
    if !own { tables["events"] = tables["events"]?.findable }
    var environment = SPLEnvironment(
      events: GoldenEvents(fields: tables["events"]?.fields.map(\.name) ?? []))
    environment.lookups = tables
    environment.writesLookups = true
    let source = SourceText(name: "query", text: text)
    let plan = try DataQuestions.settling { answers throws(QueryFailure) in
      var environment = environment
      environment.answers = answers
      let (plan, _, open) = try SPL.compile(source, environment: environment)
      try check(open, source)
      return (plan, open)
    } answer: {
      GoldenRun.answer($0, tables)
    }
    return try run(plan, text, tables)
  }

  private func query(_ text: String, own: Bool) throws(QueryFailure) -> Run {
    // What a search sorts by is there also where a table has no time.
    let tables = own ? tables : self.tables.mapValues { $0.timed.withoutMissingTexts }
    var environment = KQLEnvironment(
      catalog: FixedCatalog(
        tables.keys.sorted().map { TableDefinition(name: $0, fields: tables[$0]?.fields ?? []) }))
    for section in golden.sections where section.kind == "external" {
      environment.externals[section.argument] = section.text
    }
    let source = SourceText(name: "query", text: text)
    var constants: [NamedConstant] = []
    let results = try DataQuestions.settling { answers throws(QueryFailure) in
      var environment = environment
      environment.answers = answers
      let query = try KQL.compile(source, environment: environment).query
      try check(query.open, source)
      constants = query.scalars.compactMap(\.constant)
      return (query.results, query.open)
    } answer: {
      GoldenRun.answer($0, tables)
    }
    guard results.count == 1, let plan = results.first?.plan else {
      throw QueryFailure([.error("several-results", "it has several results")], in: source)
    }
    var result = try run(plan, text, tables)
    result.constants = constants
    return result
  }

  /// Values of the data would stand in the text.
  private func check(_ open: [OpenQuestion], _ source: SourceText) throws(QueryFailure) {
    if let question = open.first, !question.isAboutNames {
      throw QueryFailure(
        [.error("frozen", "\(question.what) of these logs would stand in the text")], in: source)
    }
  }

  private func run(
    _ plan: LogicalPlan, _ text: String, _ tables: [String: Table]
  ) throws(QueryFailure) -> Run {
    do throws(ExecutionFailure) {
      let rows = try GoldenRun.run(Optimizer.optimize(plan), tables: tables, chunkSize: 7)
      return Run(text: text, plan: plan, rows: rows, order: plan.orderedBy)
    } catch {
      throw QueryFailure(
        [.error("failed", "\(error.message)\n\(text)")], in: SourceText(name: "query", text: text))
    }
  }

  // MARK: - Tables

  private var timeColumns: [String: String] {
    tables.mapValues { $0.timeColumn ?? Table.timeName }
  }

  private var twins: [TableTwin] {
    let times = timeColumns
    return tables.keys.sorted().compactMap { name -> TableTwin? in
      guard let table = tables[name], let time = times[name] else { return nil }
      if isSearch, name != "events" { return nil }
      return TableTwin(
        // A search of a case may have source types of its own.
        table: name, sourcetype: isSearch ? "*" : name.lowercased(), timeColumn: time, idColumn: nil,
        columns: table.fields.map {
          TableTwin.Column(
            name: $0.name, type: $0.type, paths: $0.name == time ? [] : [$0.name],
            form: !isSearch && $0.type == .dynamic ? .json : .value)
        })
    }
  }

  /// - Parameter isAcross: the rows are of two languages. Of one language, columns that have kept their type are
  ///   compared exactly, and those that have not by their meaning.
  private func difference(_ first: Run, _ second: Run, isAcross: Bool) -> String? {
    if !isAcross, let found = exactDifference(first, second) { return found }
    let found = RowDifference(
      old: first.rows, new: second.rows, oldRoles: ColumnRole.roles(of: first.plan),
      newRoles: ColumnRole.roles(of: second.plan), isAcrossLanguages: true,
      request: DifferenceRequest())
    if found.isDifferent {
      return "\(second.text)\n\(TableText.text(of: first.rows, sorted: false))\nnow\n"
        + TableText.text(of: second.rows, sorted: false)
    }
    let order = first.order.prefix { name in found.pairing.pairs.contains { $0.name == name } }
    for row in 0..<min(first.rows.rowCount, second.rows.rowCount) {
      for pair in found.pairing.pairs where order.contains(pair.name) {
        let old = pair.comparison.canonical(first.rows.value(row: row, column: pair.old))
        let new = pair.comparison.canonical(second.rows.value(row: row, column: pair.new))
        if old != new {
          return "order by \(order)\n\(second.text)\n\(TableText.text(of: first.rows, sorted: false))\nnow\n"
            + TableText.text(of: second.rows, sorted: false)
        }
      }
    }
    return nil
  }
}

extension PortedCase {
  private func exactDifference(_ first: Run, _ second: Run) -> String? {
    let kept = first.rows.fields.filter { second.rows.fields.contains($0) }.map(\.name)
    func rows(_ run: Run) -> Table {
      let table = run.rows.columns(named: kept)
      return isSearch ? table.withoutEmptyTexts : table
    }
    let (old, new) = (rows(first), rows(second))
    let roles = kept.map { _ in ColumnRole(kind: .event) }
    let found = RowDifference(
      old: old, new: new, oldRoles: roles, newRoles: roles, isAcrossLanguages: false,
      request: DifferenceRequest())
    if !found.isDifferent { return nil }
    return "exactly\n\(second.text)\n\(TableText.text(of: old, sorted: false))\nnow\n"
      + TableText.text(of: new, sorted: false)
  }
}

extension LogicalPlan {
  /// The columns of the result by which its rows were sorted, as the query says.
  fileprivate var orderedBy: [String] {
    let known = Dictionary(columns.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
    func keys(_ plan: LogicalPlan) -> [Sort.Key] {
      switch plan {
      case .sort(let sort):
        sort.origin.span != nil && sort.origin.span != sort.input.origin.span ? sort.keys : []
      case .project, .limit, .filter: plan.inputs.first.map(keys) ?? []
      case .with(let with): keys(with.body)
      case .scan, .inline, .argument, .aggregate, .join, .union, .expand, .window, .apply, .tabular,
        .reference:
        []
      }
    }
    var names: [String] = []
    for key in keys(self) {
      guard case .column(let column) = key.expression, let name = known[column.id] else { break }
      names.append(name)
    }
    return names
  }
}

extension Table {
  fileprivate static let timeName = "_time"

  /// A time that every row has.
  fileprivate var timeColumn: String? {
    fields.indices.first { column in
      fields[column].type == .datetime
        && (0..<rowCount).allSatisfy { !value(row: $0, column: column).isNull }
    }.map { fields[$0].name }
  }

  fileprivate func columns(named names: [String]) -> Table {
    let places = names.compactMap { name in fields.firstIndex { $0.name == name } }
    return Table(
      fields: places.map { fields[$0] },
      rows: (0..<rowCount).map { row in places.map { value(row: row, column: $0) } })
  }

  fileprivate var withoutEmptyTexts: Table {
    Table(
      fields: fields,
      rows: (0..<rowCount).map { row($0).map { $0 == .string("") ? .null : $0 } })
  }

  /// A text of KQL is never null.
  fileprivate var withoutMissingTexts: Table {
    Table(
      fields: fields,
      rows: (0..<rowCount).map { row in
        zip(fields, self.row(row)).map { $0.type == .string && $1.isNull ? .string("") : $1 }
      })
  }

  fileprivate var findable: Table {
    let more = [("sourcetype", "events"), ("index", "main")].filter { name, _ in
      !fields.contains { $0.name == name }
    }
    return Table(
      fields: fields + more.map { Field($0.0, .string) },
      rows: (0..<rowCount).map { row($0) + more.map { .string($0.1) } })
  }

  /// The same with a time of its rows, if it has none.
  fileprivate var timed: Table {
    if fields.contains(where: { $0.name == Table.timeName }) || timeColumn != nil { return self }
    return Table(
      fields: fields + [Field(Table.timeName, .datetime)],
      rows: (0..<rowCount).map { row($0) + [.datetime(GoldenRun.now)] })
  }
}

/// Rows of tables as the events that a search finds: their JSON, and each value of it as a field.
private struct EventsOfTables {
  let table: Table

  init(_ tables: [String: Table], times: [String: String]) {
    var events: [[String: [Value]]] = []
    var names: [String] = ["_time", "_raw", "sourcetype", "index"]
    for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
      for index in 0..<table.rowCount {
        var fields: [String: [Value]] = [
          "_time": [.datetime(GoldenRun.now)], "sourcetype": [.string(name.lowercased())],
          "index": [.string("main")],
        ]
        var members: [JSONValue.Member] = []
        for (field, value) in zip(table.fields, table.row(index)) where !value.isNull {
          if field.name == times[name] { fields["_time"] = [value] }
          let json = EventsOfTables.json(value)
          members.append(JSONValue.Member(field.name, json))
          EventsOfTables.flatten(json, field.name, &fields)
        }
        fields["_raw"] = [.string(JSONValue.object(members).text)]
        for key in fields.keys.sorted() where !names.contains(key) { names.append(key) }
        events.append(fields)
      }
    }
    let view = PathFieldView()
    let columns = names.map { Field($0, view.field(named: $0)?.type ?? .string) }
    table = Table(
      fields: columns,
      rows: events.map { event in
        columns.map { column in
          guard let values = event[column.name], let first = values.first else { return .null }
          if column.type == .datetime { return first }
          let texts = values.map { JSONValue.string($0.splText) }
          return column.type == .dynamic ? .dynamic(.array(texts)) : .string(first.splText)
        }
      })
  }

  private static func json(_ value: Value) -> JSONValue {
    switch value {
    case .null: .null
    case .bool(let truth): .bool(truth)
    case .long(let number): .long(number)
    case .real(let number): .real(number)
    case .dynamic(let tree): tree
    case .string(let text): .string(text)
    case .decimal, .datetime, .timespan, .guid: .string(value.kqlText)
    }
  }

  private static func flatten(_ json: JSONValue, _ path: String, _ fields: inout [String: [Value]]) {
    switch json {
    case .object(let members):
      for member in members { flatten(member.value, "\(path).\(member.key)", &fields) }
    case .array(let elements): for element in elements { flatten(element, "\(path){}", &fields) }
    case .null: break
    case .bool, .long, .real, .string:
      if let scalar = json.scalar { fields[path, default: []].append(scalar) }
    }
  }
}

import Diagnostics
import Engine

extension SPLLowering {
  /// Several rows of the table that fit give several values, in the table's order, up to so many.
  static let lookupMatches = 100

  func lower(_ command: LookupCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let name = command.table, let table = lookupTable(name.name, at: name.span) else { return }
    if table.rowCount == 0 { report(SPLMessages.emptyLookup(name.name, name.span)) }
    var keyNames: [String] = []
    var keys: [Expression] = []
    for key in command.keys {
      keyNames.append(key.field.name)
      let column = read(key.alias ?? key.field, in: relation)
      keys.append(column.map { text(plain($0.reference)) } ?? .literal(.null, .string))
    }
    var rule = MeetingRule.replace
    var outputs: [(source: String, target: String)] = []
    switch command.output {
    case .all:
      outputs = table.fields.map(\.name).filter { !keyNames.contains($0) }.map { ($0, $0) }
    case .overwrite(let fields): outputs = fields.map { ($0.field.name, $0.alias?.name ?? $0.field.name) }
    case .fillMissing(let fields):
      outputs = fields.map { ($0.field.name, $0.alias?.name ?? $0.field.name) }
      rule = .fill
    }
    for name in keyNames + outputs.map(\.source) where !table.fields.contains(where: { $0.name == name }) {
      report(
        SPLMessages.unknownLookupField(
          name, table: command.table?.name ?? "", known: table.fields.map(\.name), span))
    }
    let right = inline(
      LookupRows.grouped(table, by: keyNames, outputs: outputs), label: "lookup \(name.name)")
    let columns = right.columns
    join(
      relation, right, keys: zip(keys, columns).map { ($0, $1.reference) },
      added: Array(columns.dropFirst(keyNames.count)), keepsUnmatched: true, maximum: 1, rule: rule, at: span)
  }

  /// The table of a lookup, with or without `.csv`.
  func lookupTable(_ name: String, at span: SourceSpan) -> Table? {
    if let table = environment.lookups[name] { return table }
    let other = name.hasSuffix(".csv") ? String(name.dropLast(4)) : name + ".csv"
    if let table = environment.lookups[other] { return table }
    return fail(SPLMessages.unknownLookup(name, known: environment.lookups.keys.sorted(), span))
  }

  func lower(_ command: InputLookupCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let name = command.table, let table = lookupTable(name.name, at: name.span) else { return }
    if table.rowCount == 0 { report(SPLMessages.emptyLookup(name.name, name.span)) }
    let start = min(max(0, command.options.integer("start") ?? 0), table.rowCount)
    let count = min(
      command.options.integer("max").map { max(0, $0) } ?? table.rowCount, table.rowCount - start)
    let rows = inline(
      LookupRows.asText(table.slice(start..<(start + count))), label: "inputlookup \(name.name)")
    if let filter = command.filter, let predicate = lower(filter, in: rows) {
      self.filter(rows, by: predicate, at: span)
    }
    if command.appends { append(rows, to: relation, at: span) } else { relation.close(rows.plan) }
    // Of a table without a header nobody knows the fields.
    if table.fields.isEmpty { relation.isOpaque = true }
  }

  /// Writes when the run gets there, and passes the rows on.
  func lower(_ command: OutputLookupCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let name = command.table else { return }
    guard let writer = environment.lookupWriter else {
      report(SPLMessages.refusedWithoutWriter(span))
      return
    }
    relation.close(relation.plan)
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan],
        operator: WriteOperator(
          name: name.name, names: relation.columns.map(\.name), appends: command.appends,
          writesEmpty: command.overridesIfEmpty, write: writer),
        columns: relation.columns, origin: origin(span)))
  }
}

/// Rows of lookup tables as `lookup` needs them.
enum LookupRows {
  /// A table whose missing cells are null and whose columns are text.
  static func asText(_ table: Table) -> Table {
    Table(
      fields: table.fields.map { Field($0.name, $0.type == .dynamic ? .dynamic : .string) },
      rows: (0..<table.rowCount).map { row in
        table.row(row).map { value in
          if case .dynamic = value { return value }
          return value.isNull || value == .string("") ? .null : .string(value.splText)
        }
      })
  }

  /// One row for each combination of keys, with the values of all its rows.
  static func grouped(
    _ table: Table, by keyNames: [String], outputs: [(source: String, target: String)]
  ) -> Table {
    func position(_ name: String) -> Int? { table.fields.firstIndex { $0.name == name } }
    let keys = keyNames.map(position)
    let sources = outputs.map { position($0.source) }
    var order: [[String]] = []
    var rows: [[String]: [Int]] = [:]
    for row in 0..<table.rowCount {
      let key = keys.map { $0.map { table.value(row: row, column: $0).splText } ?? "" }
      if rows[key] == nil { order.append(key) }
      if rows[key, default: []].count < SPLLowering.lookupMatches { rows[key, default: []].append(row) }
    }
    let isMultiple = rows.values.contains { $0.count > 1 }
    let type: DataType = isMultiple ? .dynamic : .string
    let fields = keyNames.map { Field($0, .string) } + outputs.map { Field($0.target, type) }
    return Table(
      fields: fields,
      rows: order.map { key in
        let values = sources.map { source -> Value in
          guard let source else { return .null }
          let texts = (rows[key] ?? []).map { table.value(row: $0, column: source).splText }.filter {
            !$0.isEmpty
          }
          if type == .string { return texts.first.map { .string($0) } ?? .null }
          return SPLValues.value(of: texts.map { .string($0) })
        }
        return key.map { $0.isEmpty ? .null : .string($0) } + values
      })
  }
}

extension SPLMessages {
  static func emptyLookup(_ name: String, _ span: SourceSpan) -> Diagnostic {
    .warning(
      "empty-lookup", "the lookup table `\(name)` is empty, so nothing can be found in it", at: span,
      notes: ["a search that ends in `| outputlookup \(name)` fills it"])
  }

  static func unknownLookupField(_ name: String, table: String, known: [String], _ span: SourceSpan)
    -> Diagnostic
  {
    .warning(
      "unknown-lookup-field", "the lookup table `\(table)` has no column `\(name)`", at: span,
      notes: ["there are: " + known.map { "`\($0)`" }.joined(separator: ", ")])
  }
}

import Diagnostics
import Engine

/// Commands that turn tables round, fill or compare them: `transpose`, `makecontinuous`, `set`, `uniq`, …
extension SPLLowering {
  /// The columns are values of the data, so the rows are worked out while the plan is made.
  func lower(_ command: TransposeCommandSyntax, in relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    let header = command.headerField.flatMap { relation.existing($0) }
    if let name = command.headerField, header == nil {
      report(SPLMessages.unknownField(name, among: relation.columns.map(\.name), span))
    }
    let visible = relation.columns.filter { $0.name != "_raw" && !$0.name.isEmpty }
    keep(visible, in: relation, at: span)
    if command.count > 0 {
      relation.plan = .limit(Limit(input: relation.plan, count: command.count, origin: origin(span)))
    }
    guard let table = evaluate(relation.plan, "the columns of `transpose`", at: span) else {
      relation.close(
        inline(Table(fields: [Field(command.columnName, .string)], rows: []), label: "transpose").plan)
      relation.isOpaque = true
      return
    }
    let place = header.flatMap { header in visible.firstIndex { $0.id == header.id } }
    relation.close(inline(transposed(table, header: place, command), label: "transpose").plan)
  }

  private func transposed(_ table: Table, header: Int?, _ command: TransposeCommandSyntax) -> Table {
    var fields = [Field(command.columnName, .string)]
    for row in 0..<table.rowCount {
      let title = header.map { table.value(row: row, column: $0).splText } ?? "row \(row + 1)"
      fields.append(Field(fields.contains { $0.name == title } ? "\(title) \(row + 1)" : title, .dynamic))
    }
    var rows: [[Value]] = []
    for column in table.fields.indices where column != header {
      let values = (0..<table.rowCount).map { row -> Value in
        let texts = SPLValues.texts(of: table.value(row: row, column: column))
        return SPLValues.value(of: texts.map { .string($0) })
      }
      if !command.includesEmpty, values.allSatisfy({ $0.isNull || $0 == .dynamic(.string("")) }) { continue }
      rows.append([.string(table.fields[column].name)] + values)
    }
    return Table(fields: fields, rows: rows)
  }

  func lower(_ command: MakeContinuousCommandSyntax, in relation: Relation, at span: SourceSpan) {
    refuse(["end", "start"], in: command.options, of: "makecontinuous")
    let name = command.field?.name ?? "_time"
    fetchFollowing(in: relation)
    guard let column = read(name, in: relation, at: command.field?.span ?? span) else { return }
    guard column.type == .datetime else {
      report(
        SPLMessages.unsupported("`makecontinuous` on a field that is no time", command.field?.span ?? span))
      return
    }
    guard let step = timeStep(column, command.options, in: relation, at: span) else { return }
    assign(
      name, call(SPLRowFunctions.timeBin(step), [column.reference], as: .datetime), in: relation, at: span)
    guard let binned = relation.existing(name) else { return }
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn(name, .datetime), expression: binned.reference)],
        items: [], dropsNullKeys: true, origin: origin(span)))
    guard let table = evaluate(distinct, "the rows of `makecontinuous`", at: span) else { return }
    let present = Set((0..<table.rowCount).map { table.value(row: $0, column: 0) })
    let gaps = step.moments(among: present).filter { !present.contains($0) }
    append(
      inline(Table(fields: [Field(name, .datetime)], rows: gaps.map { [$0] }), label: "gaps"), to: relation,
      at: span)
    guard let time = relation.existing(name) else { return }
    relation.plan = .sort(
      Sort(
        input: relation.plan,
        keys: [Sort.Key(expression: time.reference, descending: false, nullsFirst: false)],
        origin: origin(span)))
  }

  func lower(_ command: FieldSummaryCommandSyntax, in relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    let everything = FieldNameSyntax(name: "*", span: span, isQuoted: false)
    let wanted = command.fields.isEmpty ? [everything] : command.fields
    var summed: [PlanColumn] = []
    for field in wanted {
      for column in columns(field, in: relation) where !summed.contains(where: { $0.id == column.id }) {
        summed.append(column)
      }
    }
    keep(summed, in: relation, at: span)
    relation.close(
      .tabular(
        TabularCall(
          inputs: [relation.plan],
          operator: FieldSummaryOperator(names: summed.map(\.name), valueLimit: command.valueLimit),
          columns: FieldSummaryOperator.columns.map { makeColumn($0.name, $0.type) }, origin: origin(span))))
  }

  /// Compares whole rows; each row of the answer stands once.
  func lower(_ command: SetCommandSyntax, in relation: Relation, at span: SourceSpan) {
    var sides: [Relation] = []
    for (index, subsearch) in command.subsearches.enumerated() {
      guard let side = lower(subsearch) else { return }
      keep(side.columns.filter { !$0.name.hasPrefix("_") }, in: side, at: span)
      assign(SPLLowering.sideName, .literal(.long(Int64(index)), .long), in: side, at: span)
      sides.append(side)
    }
    guard sides.count == 2, let least = AggregateCatalog.function("min", in: .spl),
      let most = AggregateCatalog.function("max", in: .spl)
    else { return }
    relation.close(sides[0].plan)
    append(sides[1], to: relation, at: span)
    guard let side = relation.existing(SPLLowering.sideName),
      let first = item(least, [side.reference], name: "first side", at: span),
      let second = item(most, [side.reference], name: "second side", at: span)
    else { return }
    let keys = relation.columns.filter { $0.id != side.id }.map {
      Assignment(column: makeColumn($0.name, $0.type), expression: $0.reference)
    }
    relation.close(
      .aggregate(
        Aggregate(
          input: relation.plan, keys: keys, items: [first, second], dropsNullKeys: false, origin: origin(span)
        )))
    let differ = bind(
      "!=", [first.outputs[0].reference, second.outputs[0].reference], spans: [], at: span)
    switch command.operation {
    case .union: break
    case .intersect: if let differ { filter(relation, by: differ, at: span) }
    case .diff: if let differ { filter(relation, by: logical(Logical.not, [differ]), at: span) }
    }
    drop([first.outputs[0], second.outputs[0]], in: relation, at: span)
    let order = relation.columns.flatMap { sortKeys($0.reference, .str, isDescending: false) }
    relation.plan = .sort(Sort(input: relation.plan, keys: order, origin: origin(span)))
  }

  /// A name that no field has.
  private static let sideName = "side of set"

  func unique(_ relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    // Null is a value like any other here.
    let keys = relation.columns.map { column in
      firstPresent([text(plain(column.reference)), literal("\u{0}")])
    }
    let made = window([(SPLWindowFunctions.runPlace, keys, .long)], in: relation, at: span)
    guard let place = made.first else { return }
    filter(relation, by: call(SPLRowFunctions.isBetween(1, 1), [place.reference], as: .bool), at: span)
    drop(made, in: relation, at: span)
  }
}

extension TimeStep {
  /// Up to so many spans are filled.
  static let fillLimit = 100_000

  /// Every start of a span from the least to the greatest of some times.
  func moments(among times: Set<Value>) -> [Value] {
    let ticks = times.compactMap { if case .datetime(let ticks) = $0 { ticks } else { nil } }
    guard let least = ticks.min(), let most = ticks.max() else { return [] }
    var all: [Value] = []
    var moment = least
    while moment <= most, all.count < TimeStep.fillLimit {
      all.append(.datetime(moment))
      moment = next(after: moment)
    }
    return all
  }
}

import Diagnostics
import Engine

/// Looks for what came closest to passing a stage that let nothing through.
struct FunnelMisses {
  let executor: Executor
  let knowledge: FunnelKnowledge

  /// Parts of an `or` that are looked at.
  private static let maximumAlternatives = 4

  static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }

  /// The text of a field; one that is converted without a word is called by its own name.
  private static func shown(_ field: Expression) -> String {
    if case .call(let call) = field, call.arguments.count == 1, case .column(let column) = call.arguments[0],
      column.type == .datetime, call.type == .real
    {
      return column.name
    }
    return field.explanation
  }

  // MARK: - Stages

  /// Why a node that is no filter gives nothing.
  func misses(of plan: LogicalPlan, over inputs: [Table]) throws(ExecutionFailure) -> [NearestMiss] {
    switch plan {
    case .scan(let scan): return [NearestMiss(.noRows, "the logs hold no row of `\(scan.table)`")]
    case .inline: return [NearestMiss(.noRows, "the table has no rows")]
    case .join(let join): return try misses(of: join, over: inputs)
    case .union: return [NearestMiss(.emptyInput, "no leg brings a row")]
    case .aggregate(let aggregate):
      guard let input = inputs.first, aggregate.dropsNullKeys else { return [] }
      var result: [NearestMiss] = []
      for key in aggregate.keys {
        let column = try values(of: key.expression, over: input, columns: aggregate.input.columns)
        if (0..<column.count).allSatisfy({ column.isNull(at: $0) }) {
          result.append(
            emptyField(key.column.name, in: column.count, why: ", and rows without a group are left out"))
        }
      }
      return result
    case .expand(let expand):
      guard let input = inputs.first else { return [] }
      return expand.items.map { item in
        emptyField(item.column.name, in: input.rowCount, why: ", so there is nothing to expand")
      }
    case .limit, .argument, .filter, .project, .sort, .window, .apply, .tabular, .with, .reference: return []
    }
  }

  private func misses(of join: Join, over inputs: [Table]) throws(ExecutionFailure) -> [NearestMiss] {
    guard inputs.count == 2 else { return [] }
    for (side, table) in [("left", inputs[0]), ("right", inputs[1])] where table.rowCount == 0 {
      return [NearestMiss(.emptyInput, "the \(side) side of the join has no rows")]
    }
    var result: [NearestMiss] = []
    for key in join.keys {
      let left = ValueCounts(try values(of: key.left, over: inputs[0], columns: join.left.columns))
      let right = ValueCounts(try values(of: key.right, over: inputs[1], columns: join.right.columns))
      let name = key.left.explanation
      for (side, counts) in [("left", left), ("right", right)] where counts.values.isEmpty {
        result.append(emptyField(name, in: counts.rowCount, why: " on the \(side) side of the join"))
      }
      if left.values.isEmpty || right.values.isEmpty { continue }
      let (leftKeys, rightKeys) = (Set(left.values.map(\.text)), Set(right.values.map(\.text)))
      let shared = leftKeys.intersection(rightKeys).count
      let onlyLeft = left.values.filter { !rightKeys.contains($0.text) }
      let onlyRight = right.values.filter { !leftKeys.contains($0.text) }
      if !onlyLeft.isEmpty || !onlyRight.isEmpty {
        result.append(
          NearestMiss(
            .joinKeys,
            "`\(name)`: \(shared) values on both sides; only on the left \(sample(onlyLeft)); "
              + "only on the right \(sample(onlyRight))", field: name))
      }
      let lowered = Dictionary(right.values.map { ($0.text.lowercased(), $0.text) }) { first, _ in first }
      if shared == 0,
        let (mine, other) = left.values.lazy.compactMap({ value in
          lowered[value.text.lowercased()].map { (value.text, $0) }
        }).first
      {
        result.append(
          NearestMiss(
            .differsInCase,
            "`\(name)`: \(ValueCounts.quoted(mine)) on the left and \(ValueCounts.quoted(other)) on the right "
              + "differ only in case", field: name))
      }
    }
    return result
  }

  private func sample(_ values: [(text: String, count: Int)]) -> String {
    let shown = values.prefix(3).map { ValueCounts.quoted($0.text) }.joined(separator: ", ")
    return values.isEmpty ? "0" : "\(values.count) (\(shown)\(values.count > 3 ? ", …" : ""))"
  }

  // MARK: - Conditions

  /// Why a condition holds in no row.
  func misses(
    of condition: Expression, over table: Table, columns: [PlanColumn], depth: Int = 0
  ) throws(ExecutionFailure) -> [NearestMiss] {
    if case .column(let column) = condition, depth < 8,
      let definition = knowledge.definition(of: column, from: columns)
    {
      return try misses(of: definition, over: table, columns: columns, depth: depth + 1)
    }
    let alternatives = condition.disjuncts
    if alternatives.count > 1, depth < 8 {
      if let merged = try sameField(alternatives, over: table, columns: columns) { return merged }
      var result: [NearestMiss] = []
      for alternative in alternatives.prefix(FunnelMisses.maximumAlternatives) {
        result += try misses(of: alternative, over: table, columns: columns, depth: depth + 1)
      }
      return result
    }
    let conjuncts = condition.conjuncts
    if conjuncts.count > 1, depth < 8 {
      for part in conjuncts {
        let passing = try values(of: part, over: table, columns: columns)
        if !(0..<passing.count).contains(where: { passing.value(at: $0) == .bool(true) }) {
          return try misses(of: part, over: table, columns: columns, depth: depth + 1)
        }
      }
    }
    guard let predicate = Predicate(condition),
      let result = try misses(of: predicate, over: table, columns: columns)
    else { return try held(condition, over: table, columns: columns) }
    return result
  }

  /// `a="x" OR a="y"` is one test of one field.
  private func sameField(
    _ alternatives: [Expression], over table: Table, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> [NearestMiss]? {
    var first: (predicate: Predicate, field: ColumnID)?
    var literals: [Value] = []
    for alternative in alternatives {
      guard let predicate = Predicate(alternative), predicate.meaning.test == .equals,
        !predicate.meaning.isNegated, case .column(let column) = predicate.subject,
        first == nil || first?.field == column.id, let more = predicate.literals
      else { return nil }
      first = first ?? (predicate, column.id)
      literals += more
    }
    guard let predicate = first?.predicate else { return nil }
    let column = try values(of: predicate.subject, over: table, columns: columns)
    return misses(of: predicate, literals, in: column)
  }

  /// Nil where only what the fields hold can be shown.
  private func misses(
    of predicate: Predicate, over table: Table, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> [NearestMiss]? {
    let column = try values(of: predicate.subject, over: table, columns: columns)
    let name = FunnelMisses.shown(predicate.subject)
    switch predicate.meaning.test {
    case .empty, .present:
      if (predicate.meaning.test == .empty) == predicate.meaning.isNegated {
        return [emptyField(name, in: column.count)]
      }
      let counts = ValueCounts(column)
      return [
        NearestMiss(
          .neverEmpty,
          "`\(name)` is filled in all \(FunnelMisses.rows(counts.rowCount)): "
            + ValueCounts.list(counts.values.prefix(3)), field: name)
      ]
    case .bound(let bound):
      guard let limit = predicate.others.first else { return [] }
      return try beyond(
        name, column, bound, limit.explanation, try values(of: limit, over: table, columns: columns),
        over: table, columns: columns)
    case .equals, .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix:
      return predicate.literals.map { misses(of: predicate, $0, in: column) }
    case .matches, .between: return nil
    }
  }

  private func misses(of predicate: Predicate, _ literals: [Value], in column: Column) -> [NearestMiss] {
    let name = predicate.subject.explanation
    let counts = ValueCounts(column)
    if counts.values.isEmpty { return [emptyField(name, in: counts.rowCount)] }
    if predicate.meaning.isNegated {
      return [
        NearestMiss(
          .excludedValues,
          "`\(name)` has nothing but what is excluded: \(ValueCounts.list(counts.values.prefix(3)))",
          field: name)
      ]
    }
    return LiteralMisses(
      predicate: predicate, literals: literals.map(\.scalarText), name: name, counts: counts,
      knowledge: knowledge
    ).misses
  }

  /// The limit itself is what nothing can be compared with.
  private func limitless(_ text: String, _ limits: Column, of name: String) -> NearestMiss {
    let given = (0..<limits.count).lazy.map { limits.value(at: $0) }.first { !$0.isNull }
    let state =
      given.map { "is \(ValueCounts.quoted($0.shownText)), which is no number or time" } ?? "is null"
    return NearestMiss(
      .emptyField, "`\(text)` \(state), so that nothing can be compared with it", field: name)
  }

  /// The number or time that comes closest to its limit.
  private func beyond(
    _ name: String, _ column: Column, _ bound: PredicateMeaning.Bound, _ limitText: String, _ limits: Column,
    over table: Table, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> [NearestMiss] {
    let wantsMore = bound.isLower
    var best: (row: Int, gap: Double)?
    for row in 0..<column.count {
      guard let value = column.value(at: row).magnitude, let limit = limits.value(at: row).magnitude else {
        continue
      }
      let gap = wantsMore ? limit - value : value - limit
      if best.map({ gap < $0.gap }) ?? true { best = (row, gap) }
    }
    guard let best else {
      let isFilled = (0..<column.count).contains { column.value(at: $0).magnitude != nil }
      return [isFilled ? limitless(limitText, limits, of: name) : emptyField(name, in: column.count)]
    }
    let limit = limits.value(at: best.row)
    let shown = limit.shownText == limitText ? limit.shownText : "\(limit.shownText) (`\(limitText)`)"
    let isTime = column.type == .datetime
    let adjective = isTime ? (wantsMore ? "newest" : "oldest") : (wantsMore ? "largest" : "smallest")
    let wanted =
      switch bound {
      case .greater: "more than \(shown)"
      case .greaterOrEqual: "at least \(shown)"
      case .less: "less than \(shown)"
      case .lessOrEqual: "at most \(shown)"
      }
    let isOneLimit = FunnelMisses.isConstant(limits)
    let what = isOneLimit ? "the \(adjective) `\(name)` is" : "the closest `\(name)` is"
    return [
      NearestMiss(
        .beyondLimit,
        "\(what) \(column.value(at: best.row).shownText), wanted is \(wanted)"
          + description(of: best.row, in: table, columns: columns), field: name)
    ]
  }

  private static func isConstant(_ column: Column) -> Bool {
    guard column.count > 1 else { return true }
    let first = column.value(at: 0)
    return (1..<column.count).allSatisfy { column.value(at: $0) == first }
  }

  /// The first texts of a row, to know it by.
  private func description(of row: Int, in table: Table, columns: [PlanColumn]) -> String {
    var parts: [String] = []
    for (index, column) in columns.enumerated() where parts.count < 3 && column.type == .string {
      guard case .string(let text) = table.value(row: row, column: index), !text.isEmpty else { continue }
      parts.append("\(column.name) = \(ValueCounts.quoted(text))")
    }
    return parts.isEmpty ? "" : "; there \(parts.joined(separator: ", "))"
  }

  /// What the fields of a condition hold.
  private func held(
    _ condition: Expression, over table: Table, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> [NearestMiss] {
    let read = condition.columns
    var result: [NearestMiss] = []
    for (index, column) in columns.enumerated() where read.contains(column.id) && result.count < 3 {
      let counts = ValueCounts(table.columns[index])
      result.append(
        counts.values.isEmpty
          ? emptyField(column.name, in: counts.rowCount)
          : NearestMiss(
            .values,
            "`\(column.name)` holds \(ValueCounts.list(counts.values.prefix(3)))"
              + (counts.values.count > 3 ? " and \(counts.values.count - 3) more" : ""), field: column.name))
    }
    return result
  }

  private func emptyField(_ name: String, in rows: Int, why: String = "") -> NearestMiss {
    NearestMiss(.emptyField, "`\(name)` is empty in all \(FunnelMisses.rows(rows))\(why)", field: name)
  }

  /// An expression's values in each row.
  private func values(
    of expression: Expression, over table: Table, columns: [PlanColumn]
  ) throws(ExecutionFailure) -> Column {
    if case .column(let column) = expression, let index = columns.firstIndex(where: { $0.id == column.id }) {
      return table.columns[index]
    }
    let origin = PlanOrigin(label: "")
    let input = LogicalPlan.inline(Inline(columns: columns, table: table, origin: origin))
    let column = PlanColumn(id: ColumnID(-1), name: "value", type: expression.type)
    let project = Project(
      input: input, assignments: [Assignment(column: column, expression: expression)], origin: origin)
    let result = try executor.run(.project(project))
    return result.columns.first ?? .constant(.null, expression.type, count: table.rowCount)
  }
}

extension Value {
  /// On the number line; nil for what has no size.
  fileprivate var magnitude: Double? {
    switch self {
    case .long(let value), .datetime(let value), .timespan(let value): Double(value)
    case .real(let value): value.isNaN ? nil : value
    case .string(let text): Double(text)
    case .null, .bool, .decimal, .guid, .dynamic: nil
    }
  }

  fileprivate var shownText: String {
    if case .string(let text) = self { ValueCounts.quoted(text) } else { scalarText }
  }
}

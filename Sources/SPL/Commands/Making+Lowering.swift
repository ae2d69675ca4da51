import Diagnostics
import Engine

/// Commands that make fields: `addinfo`, `strcat`, `rangemap`, `trendline`, `fromjson`, `tojson`.
extension SPLLowering {
  /// Without `earliest=` and `latest=` the search is over all time: from 0 to `+Infinity`.
  func addInfo(_ relation: Relation, at span: SourceSpan) {
    guard let now = bind("now", [], spans: [], at: span) else { return }
    let values: [(String, Expression)] = [
      ("info_min_time", timeBounds.earliest ?? .literal(.real(0), .real)),
      ("info_max_time", timeBounds.latest.map { text($0) } ?? literal("+Infinity")),
      ("info_sid", literal("trawl")), ("info_search_time", number(now)),
    ]
    assign(
      values.map { Assignment(column: makeColumn($0.0, $0.1.type), expression: $0.1) }, in: relation, at: span
    )
  }

  func lower(_ command: StrcatCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let target = command.target else { return }
    let parts = command.parts.map { part -> Expression in
      switch part {
      case .text(let text): return literal(text)
      case .field(let field):
        let value = text(value(of: field, in: relation))
        return command.requiresAll ? value : firstPresent([value, literal("")])
      }
    }
    let joined = call(SPLRowFunctions.joinTexts, parts, as: .string)
    let kept = command.requiresAll ? column(target.name, in: relation).map { text(plain($0.reference)) } : nil
    assign(target.name, kept.map { firstPresent([joined, $0]) } ?? joined, in: relation, at: span)
  }

  func lower(_ command: RangeMapCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    let value = number(plain(column.reference))
    var names: [Expression] = []
    for range in command.ranges {
      let lower = Expression.literal(.real(range.bounds.lowerBound), .real)
      let upper = Expression.literal(.real(range.bounds.upperBound), .real)
      guard let above = bind(">=", [value, lower], spans: [], at: span),
        let below = bind("<=", [value, upper], spans: [], at: span)
      else { return }
      names.append(
        choose(
          [(logical(Logical.and, [above, below]), literal(range.name))], otherwise: .literal(.null, .string)))
    }
    let other = literal(command.defaultName)
    guard !names.isEmpty, let found = bind("mvappend", names, spans: [], at: span) else {
      assign("range", other, in: relation, at: span)
      return
    }
    assign("range", firstPresent([found, other]), in: relation, at: span)
  }

  func lower(_ command: TrendlineCommandSyntax, in relation: Relation, at span: SourceSpan) {
    for item in command.items {
      guard let column = read(item.field, in: relation) else { continue }
      let function = SPLWindowFunctions.trend(item.kind, period: item.period)
      let made = window([(function, [plain(column.reference)], .real)], in: relation, at: span)
      moveWindows(made, to: [item.name], in: relation, at: span)
    }
  }

  /// The names are keys of the data.
  func lower(_ command: FromJSONCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: relation) else { return }
    fetchFollowing(in: relation)
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn("json", column.type), expression: column.reference)], items: [],
        dropsNullKeys: true, origin: origin(span)))
    var keys: [String] = []
    if let table = evaluate(distinct, "the fields that `fromjson` makes", at: span) {
      var seen: Set<String> = []
      for row in 0..<table.rowCount {
        for key in MemberJSON.keys(of: table.value(row: row, column: 0)) where seen.insert(key).inserted {
          keys.append(key)
        }
      }
    } else {
      relation.isOpaque = true
      keys = MentionedFields.names(in: Array(following)).filter {
        $0.hasPrefix(command.prefix) && !$0.contains("*") && relation.existing($0) == nil
      }.map { String($0.dropFirst(command.prefix.count)) }
    }
    let assignments = keys.prefix(SPLLowering.composedLimit).map { key -> Assignment in
      let found = call(MemberJSON.values(of: key), [column.reference], as: .dynamic)
      let kept = relation.existing(command.prefix + key).map { firstPresent([found, $0.reference]) } ?? found
      return Assignment(column: makeColumn(command.prefix + key, kept.type), expression: kept)
    }
    assign(assignments, in: relation, at: span)
  }

  func lower(_ command: ToJSONCommandSyntax, in relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    var members: [(column: PlanColumn, kind: RowJSON.Kind)] = []
    if command.items.isEmpty {
      members = relation.columns.filter { command.includesInternal || !$0.name.hasPrefix("_") }.map {
        ($0, command.defaultKind)
      }
    }
    for item in command.items {
      for column in columns(item.field, in: relation)
      where !members.contains(where: { $0.column.id == column.id }) {
        members.append((column, item.kind))
      }
    }
    let function = RowJSON.object(members.map { ($0.column.name, $0.kind) }, fillsNull: command.fillsNull)
    let made = call(function, members.map { plain($0.column.reference) }, as: .string)
    assign(command.output, made, in: relation, at: span)
  }
}

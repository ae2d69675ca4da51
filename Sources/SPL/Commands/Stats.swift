import Diagnostics
import Engine

/// `stats`, `eventstats` and `streamstats`: aggregates, by group.
///
/// Example: `stats count dc(user) as users by src, region`.
package struct StatsCommandSyntax: Hashable, Sendable {
  package let aggregates: [AggregateSyntax]
  package let groupings: [GroupingSyntax]
  package let options: CommandOptions

  /// `streamstats`: whether the current row counts. True if nothing is said.
  package var current: Bool { options.boolean("current") ?? true }
  /// `streamstats`: how many rows count; 0 is all.
  package var window: Int { options.integer("window") ?? 0 }
  /// `streamstats`: whether the window spans all groups.
  package var global: Bool { options.boolean("global") ?? true }
  package var resetBefore: StringLiteralSyntax? { options["reset_before"]?.value }
  package var resetAfter: StringLiteralSyntax? { options["reset_after"]?.value }

  static let stats = CommandRecord(
    "stats",
    syntax: "stats AGGREGATE [as NAME] … [by FIELD …]",
    summary: "Replaces the rows by aggregates, one row per group.",
    notes: [
      "Nulls: rows that lack a field behind `by` are left out."
    ],
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k=if(n=3, "b", "a") | stats sum(n) "#
          + "as total by k | table total",
        gives: #"mvappend("3", "3")"#)
    ]
  ) { parser, command in
    .stats(
      parse(
        &parser, command,
        ["allnum": .boolean, "delim": .text, "partitions": .integer, "dedup_splitvals": .boolean]))
  }

  static let eventstats = CommandRecord(
    "eventstats",
    syntax: "eventstats AGGREGATE [as NAME] … [by FIELD …]",
    summary: "Adds aggregates of its group to every row.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eventstats sum(n) as total | table total",
        gives: #"mvappend("6", "6", "6")"#)
    ]
  ) { parser, command in
    .eventstats(parse(&parser, command, ["allnum": .boolean]))
  }

  static let streamstats = CommandRecord(
    "streamstats",
    syntax: "streamstats [window=ROWS] [time_window=SPAN] [current=BOOL] [global=BOOL] "
      + "[reset_on_change=BOOL] AGGREGATE … [by FIELD …]",
    summary: "Adds running aggregates to every row.",
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | streamstats sum(n) as total | table total",
        gives: #"mvappend("1", "3", "6")"#)
    ]
  ) { parser, command in
    .streamstats(
      parse(
        &parser, command,
        [
          "allnum": .boolean, "current": .boolean, "global": .boolean, "reset_after": .expression,
          "reset_before": .expression, "reset_on_change": .boolean, "time_window": .timeSpan,
          "window": .integer,
        ]))
  }

  private static func parse(
    _ parser: inout SPLParser, _ command: SPLToken, _ rules: [String: OptionKind]
  ) -> StatsCommandSyntax {
    var options = CommandOptions()
    let aggregates = parser.parseAggregates(command, rules, into: &options, until: ["by"])
    let groupings =
      parser.peek().isKeyword("by") ? parser.parseGroupings(command, options: rules, into: &options) : []
    return StatsCommandSyntax(aggregates: aggregates, groupings: groupings, options: options)
  }
}

extension SPLLowering {
  /// Groups in ascending order of their keys; rows that lack a key are in none.
  func lowerStats(_ command: StatsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    refuseTrue("dedup_splitvals", in: command.options, of: "stats")
    let keys = groupings(command.groupings, in: &relation, at: span)
    let items = aggregates(
      command.aggregates, keyNames: command.groupings.map(\.field.name), in: &relation, at: span)
    guard let keys, let items else { return }
    let tests = textTests(of: command, items, in: &relation, at: span)
    aggregate(&relation, keys: keys, items: items + tests.map(\.item), at: span)
    settle(tests, in: &relation, at: span)
    if let delimiter = command.options.text("delim") {
      for item in items where item.outputs[0].type == .dynamic { delimiters[item.outputs[0].id] = delimiter }
    }
  }

  /// Puts an aggregate over the rows, sorted by its keys.
  func aggregate(_ relation: inout Relation, keys: [Assignment], items: [Aggregate.Item], at span: SourceSpan)
  {
    relation.close(
      .aggregate(
        Aggregate(input: relation.plan, keys: keys, items: items, dropsNullKeys: true, origin: origin(span))))
    capLists(items, in: &relation, at: span)
    if keys.isEmpty { return }
    relation.plan = .sort(
      Sort(
        input: relation.plan, keys: keys.flatMap { groupOrder($0.column) },
        origin: PlanOrigin(span: span, label: "by " + keys.map(\.column.name).joined(separator: ", "))))
  }

  private func groupOrder(_ column: PlanColumn) -> [Sort.Key] {
    let value = column.type == .dynamic ? text(column.reference) : column.reference
    return [Sort.Key(expression: value, descending: false, nullsFirst: false)]
  }

  /// The keys of a BY list; several values of a field give a row for each. Nil if a field cannot be had.
  func groupings(_ groupings: [GroupingSyntax], in relation: inout Relation, at span: SourceSpan)
    -> [Assignment]?
  {
    var keys: [Assignment] = []
    for grouping in groupings {
      for field in expanded(grouping.field, in: &relation) {
        if keys.contains(where: { $0.column.name == field.name }) { continue }
        guard let column = read(field.name, in: &relation, at: grouping.field.span) else {
          let missing = Expression.literal(.null, .string)
          keys.append(Assignment(column: makeColumn(field.name, .string), expression: missing))
          continue
        }
        guard var value = binned(column, by: grouping) else { return nil }
        if column.type == .dynamic { value = text(expandValues(column, in: &relation, at: span).reference) }
        keys.append(Assignment(column: makeColumn(field.name, value.type), expression: value))
      }
    }
    return keys
  }

  private func expanded(_ field: FieldNameSyntax, in relation: inout Relation) -> [(
    name: String, span: SourceSpan
  )]

  {
    guard field.hasWildcard else { return [(field.name, field.span)] }
    return matches(field, in: &relation).map { ($0.column.name, field.span) }
  }

  /// One row for each value of a field with several; the field stays, each row's value comes behind.
  func expandValues(_ column: PlanColumn, in relation: inout Relation, at span: SourceSpan) -> PlanColumn {
    let single = makeColumn("", .dynamic)
    relation.plan = .expand(
      Expand(
        input: relation.plan, items: [Expand.Item(source: column.reference, column: single)],
        outputs: relation.columns + [single], origin: origin(span)))
    return single
  }

  // MARK: - Aggregates

  /// The aggregates of a list; those with wildcards give one for each field that fits.
  func aggregates(
    _ list: [AggregateSyntax], keyNames: [String], in relation: inout Relation, at span: SourceSpan
  ) -> [Aggregate.Item]? {
    var items: [Aggregate.Item] = []
    var names = Set(keyNames)
    var isWhole = true
    for aggregate in list {
      guard case .field(let field)? = aggregate.argument, field.hasWildcard else {
        let name = aggregate.columnName
        guard let item = item(aggregate, field: nil, name: name, in: &relation) else {
          isWhole = false
          continue
        }
        if names.insert(name).inserted { items.append(item) }
        continue
      }
      let found = matches(field, in: &relation)
      if found.isEmpty, !relation.isOpaque, !relation.isOpen {
        report(SPLMessages.nothingFits(field.name, aggregate.function, at: field.span))
      }
      for match in found where !keyNames.contains(match.column.name) {
        let name =
          aggregate.alias.map { WildcardName($0.name).filled(match.parts) }
          ?? "\(aggregate.function)(\(match.column.name))"
        if names.contains(name) { continue }
        guard let item = item(aggregate, field: match.column, name: name, in: &relation) else { continue }
        names.insert(name)
        items.append(item)
      }
    }
    return isWhole ? items : nil
  }

  private func item(
    _ aggregate: AggregateSyntax, field: PlanColumn?, name: String, in relation: inout Relation
  ) -> Aggregate.Item? {
    guard let item = plainItem(aggregate, field: field, name: name, in: &relation) else { return nil }
    guard let syntax = aggregate.sparkline else { return item }
    return sparkline(item, syntax, name: name, in: &relation, at: aggregate.span)
  }

  private func plainItem(
    _ aggregate: AggregateSyntax, field: PlanColumn?, name: String, in relation: inout Relation
  ) -> Aggregate.Item? {
    guard let (function, constant) = aggregateFunction(aggregate) else { return nil }
    var arguments: [Expression] = []
    if let field {
      arguments.append(plain(field.reference))
    } else {
      switch aggregate.argument {
      case .field(let field)?: arguments.append(value(of: field, in: &relation))
      case .expression(let expression)?:
        guard let value = lower(expression, in: &relation) else { return nil }
        arguments.append(value)
      case nil:
        if function.signature.minimumCount > 0 {
          return fail(SPLMessages.argumentCount(aggregate.function, "a field", at: aggregate.span))
        }
      }
    }
    if let constant { arguments.append(.literal(.real(constant), .real)) }
    if function.signature.parameters.contains(where: { $0.name == "_time" }) {
      guard let time = column("_time", in: &relation) else {
        return fail(SPLMessages.needsTime(aggregate.function, at: aggregate.span))
      }
      arguments.append(plain(time.reference))
    }
    return item(function, arguments, name: name, at: aggregate.span)
  }

  func item(
    _ function: AggregateFunction, _ arguments: [Expression], name: String, at span: SourceSpan
  ) -> Aggregate.Item? {
    do throws(Diagnostic) {
      let converted = try FunctionBinder.convert(
        arguments, to: function.signature, name: function.name(in: .spl), dialect: .spl, span: span)
      let types = converted.map(\.type)
      guard let result = function.resultTypes(of: types, constants: converted.map(\.constantValue))?.first
      else {
        return fail(SPLMessages.argumentCount(function.name(in: .spl), "other values", at: span))
      }
      return Aggregate.Item(
        outputs: [makeColumn(name, result)],
        call: AggregateCall(
          function: function, arguments: converted, types: types, dialect: .spl, span: span))
    } catch {
      return fail(error)
    }
  }

  /// Whether a name is an aggregate's, `perc95` too.
  static func isAggregate(_ name: String) -> Bool {
    let name = name.lowercased()
    return AggregateCatalog.function(name, in: .spl) != nil || percentile(name) != nil
  }

  /// The function and the percentage of a name such as `perc95`.
  private static func percentile(_ name: String) -> (AggregateFunction, Double)? {
    let letters = name.prefix { !$0.isNumber }
    guard ["perc", "p", "exactperc", "upperperc"].contains(letters),
      let percent = Double(name.dropFirst(letters.count)), (0...100).contains(percent),
      let function = AggregateCatalog.function(String(letters), in: .spl)
    else { return nil }
    return (function, percent)
  }

  /// The function of a name; `perc95` is `perc` with 95.
  private func aggregateFunction(_ aggregate: AggregateSyntax) -> (AggregateFunction, Double?)? {
    let name = aggregate.function.lowercased()
    if let function = AggregateCatalog.function(name, in: .spl),
      function !== SparklineAggregates.sparkline,
      function.signature.minimumCount < 2 || name == "earliest"
        || function.signature.parameters.contains(where: { $0.name == "_time" })
    {
      return (function, nil)
    }
    if let found = SPLLowering.percentile(name) { return found }
    if let reason = RefusedFunctions.aggregates[name] {
      return fail(SPLMessages.refusedFunction(aggregate.function, reason, at: aggregate.functionSpan))
    }
    return fail(
      SPLMessages.unknownAggregate(
        aggregate.function, known: AggregateCatalog.names(in: .spl), at: aggregate.functionSpan))
  }
}

extension SPLMessages {
  static func needsTime(_ name: String, at span: SourceSpan) -> Diagnostic {
    .error(
      "missing-time", "`\(name)` goes by `_time`, which is gone here", at: span,
      suggestions: [
        .init(
          "`stats … min(_time) as _time` before this keeps it; `first` and `last` go by the order of rows")
      ])
  }
}

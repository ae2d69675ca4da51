import Diagnostics
import Engine

/// `top 5 user by src` and `rare`: the most or least frequent values.
package struct TopCommandSyntax: Hashable, Sendable {
  /// How many values; 0 is all.
  package let limit: Int
  package let fields: [FieldNameSyntax]
  package let groupings: [GroupingSyntax]
  package let options: CommandOptions

  package var countField: String { options.text("countfield") ?? "count" }
  package var percentField: String { options.text("percentfield") ?? "percent" }
  package var showCount: Bool { options.boolean("showcount") ?? true }
  package var showPercent: Bool { options.boolean("showperc") ?? true }
  package var useOther: Bool { options.boolean("useother") ?? false }
  package var otherName: String { options.text("otherstr") ?? "OTHER" }

  static let top = CommandRecord(
    "top",
    syntax: "top [COUNT] [limit=COUNT] FIELD … [by FIELD …] [useother=BOOL] [showperc=BOOL]",
    summary: "Counts the most frequent values.",
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k=if(n=3, "b", "a") | top k | table "#
          + "count",
        gives: #"mvappend("2", "1")"#)
    ]
  ) { parser, command in .top(parse(&parser, command)) }

  static let rare = CommandRecord(
    "rare",
    syntax: "rare [COUNT] [limit=COUNT] FIELD … [by FIELD …] [countfield=NAME] [showperc=BOOL]",
    summary: "Counts the least frequent values.",
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k=if(n=3, "b", "a") | rare k | table "#
          + "count",
        gives: #"mvappend("1", "2")"#)
    ]
  ) { parser, command in .rare(parse(&parser, command)) }

  private static func parse(_ parser: inout SPLParser, _ command: SPLToken) -> TopCommandSyntax {
    let rules: [String: OptionKind] = [
      "countfield": .text, "limit": .integer, "otherstr": .text, "percentfield": .text,
      "showcount": .boolean, "showperc": .boolean, "useother": .boolean,
    ]
    var options = CommandOptions()
    let count = parser.parseInteger()
    if let count, count < 0 { parser.report(SPLMessages.countTooSmall(command, least: 0)) }
    let fields = parser.parseFields(command, rules, into: &options, until: ["by"])
    parser.requireArguments(fields, command)
    let isGrouped = parser.peek().isKeyword("by")
    let groupings = isGrouped ? parser.parseGroupings(command, options: rules, into: &options) : []
    return TopCommandSyntax(
      limit: options.integer("limit") ?? count ?? 10, fields: fields, groupings: groupings, options: options)
  }
}

extension SPLLowering {
  /// Counts combinations and keeps the most or least frequent, of each group where there is a BY.
  func lower(_ command: TopCommandSyntax, isRare: Bool, in relation: inout Relation, at span: SourceSpan) {
    let groups = groupings(command.groupings, in: &relation, at: span) ?? []
    let fields = command.fields.map { GroupingSyntax(field: $0, timeSpan: nil) }
    guard let values = groupings(fields, in: &relation, at: span),
      let count = AggregateCatalog.function("count", in: .spl),
      let occurrences = item(count, [], name: command.countField, at: span)
    else { return }
    aggregate(&relation, keys: groups + values, items: [occurrences], at: span)
    guard let number = relation.existing(command.countField) else { return }
    let groupKeys = groups.map(\.column.reference)
    // The share is of all rows of the group, those that are cut off as well.
    let total = window(
      [(SPLWindowFunctions.groupTotal, [number.reference] + groupKeys, .real)], in: &relation, at: span)
    var keys = groups.map { Sort.Key(expression: $0.column.reference, descending: false, nullsFirst: false) }
    keys.append(Sort.Key(expression: number.reference, descending: !isRare, nullsFirst: false))
    // Of values that are as frequent the last in the order of texts comes first.
    keys += values.map {
      Sort.Key(expression: text($0.column.reference), descending: true, nullsFirst: false)
    }
    relation.plan = .sort(Sort(input: relation.plan, keys: keys, origin: origin(span)))
    if command.limit > 0, command.useOther {
      foldRest(
        &relation, to: command.limit, groups: groups, values: values, number: number, total: total, command,
        at: span)
    } else if command.limit > 0 {
      limitGroups(&relation, to: command.limit, keys: groupKeys, at: span)
    }
    guard let counted = relation.existing(command.countField) else { return }
    if command.showPercent, let total = total.first {
      let share = call(
        SPLRowFunctions.percentage, [self.number(counted.reference), total.reference], as: .string)
      assign(command.percentField, share, in: &relation, at: span)
    }
    var dropped = total
    if !command.showCount { dropped.append(counted) }
    drop(dropped, in: &relation, at: span)
  }

  /// Makes one row of what is beyond the limit of each group.
  private func foldRest(
    _ relation: inout Relation, to count: Int, groups: [Assignment], values: [Assignment], number: PlanColumn,
    total: [PlanColumn], _ command: TopCommandSyntax, at span: SourceSpan
  ) {
    let places =
      groups.isEmpty
      ? window([(SPLWindowFunctions.place, [], .long)], in: &relation, at: span)
      : window(
        [(SPLWindowFunctions.occurrence, groups.map(\.column.reference), .long)], in: &relation, at: span)
    guard let place = places.first, let sum = AggregateCatalog.function("sum", in: .spl),
      let added = item(sum, [number.reference], name: command.countField, at: span)
    else { return }
    let last = groups.isEmpty ? count - 1 : count
    let isKept = call(SPLRowFunctions.isBetween, [place.reference, literal(0), literal(last)], as: .bool)
    let rank = choose([(isKept, place.reference)], otherwise: literal(last + 1))
    var keys = groups.map { Assignment(column: $0.column, expression: $0.column.reference) }
    keys += values.map { value in
      Assignment(
        column: value.column,
        expression: choose([(isKept, value.column.reference)], otherwise: literal(command.otherName)))
    }
    keys.append(Assignment(column: place, expression: rank))
    keys += total.map { Assignment(keeping: $0) }
    relation.close(
      .aggregate(
        Aggregate(input: relation.plan, keys: keys, items: [added], dropsNullKeys: true, origin: origin(span))
      ))
    let order = (groups.map(\.column) + [place]).map {
      Sort.Key(expression: $0.reference, descending: false, nullsFirst: false)
    }
    relation.plan = .sort(Sort(input: relation.plan, keys: order, origin: origin(span)))
    keep(
      groups.map(\.column) + values.map(\.column) + added.outputs + total, in: &relation, at: span)
  }

  /// Only so many rows of each group.
  func limitGroups(_ relation: inout Relation, to count: Int, keys: [Expression], at span: SourceSpan) {
    if keys.isEmpty {
      relation.plan = .limit(Limit(input: relation.plan, count: count, origin: origin(span)))
      return
    }
    let made = window([(SPLWindowFunctions.occurrence, keys, .long)], in: &relation, at: span)
    guard let place = made.first else { return }
    filter(
      &relation,
      by: call(SPLRowFunctions.isBetween, [place.reference, literal(1), literal(count)], as: .bool), at: span)
    drop(made, in: &relation, at: span)
  }
}

import Diagnostics
import Engine

extension SPLLowering {
  /// Counts combinations and keeps the most or least frequent, of each group where there is a BY.
  func lower(_ command: TopCommandSyntax, isRare: Bool, in relation: Relation, at span: SourceSpan) {
    let groups = groupings(command.groupings, in: relation, at: span) ?? []
    let fields = command.fields.map { GroupingSyntax(field: $0, timeSpan: nil) }
    guard let values = groupings(fields, in: relation, at: span),
      let count = AggregateCatalog.function("count", in: .spl),
      let counted = item(count, [], name: command.countField, at: span)
    else { return }
    aggregate(relation, keys: groups + values, items: [counted], at: span)
    guard let number = relation.existing(command.countField) else { return }
    let groupKeys = groups.map(\.column.reference)
    // The share is of all rows of the group, those that are cut off as well.
    let total = window(
      [(SPLWindowFunctions.groupTotal, [number.reference] + groupKeys, .real)], in: relation, at: span)
    var keys = groups.map { Sort.Key(expression: $0.column.reference, descending: false, nullsFirst: false) }
    keys.append(Sort.Key(expression: number.reference, descending: !isRare, nullsFirst: false))
    relation.plan = .sort(Sort(input: relation.plan, keys: keys, origin: origin(span)))
    if command.limit > 0 { limitGroups(relation, to: command.limit, keys: groupKeys, at: span) }
    if command.showPercent, let total = total.first {
      let share = call(
        SPLRowFunctions.percentage, [self.number(number.reference), total.reference], as: .real)
      assign(command.percentField, share, in: relation, at: span)
    }
    var dropped = total
    if !command.showCount { dropped.append(number) }
    drop(dropped, in: relation, at: span)
  }

  /// Only so many rows of each group.
  func limitGroups(_ relation: Relation, to count: Int, keys: [Expression], at span: SourceSpan) {
    if keys.isEmpty {
      relation.plan = .limit(Limit(input: relation.plan, count: count, origin: origin(span)))
      return
    }
    let made = window([(SPLWindowFunctions.occurrence, keys, .long)], in: relation, at: span)
    guard let place = made.first else { return }
    filter(
      relation, by: call(SPLRowFunctions.isBetween(1, Int64(count)), [place.reference], as: .bool), at: span)
    drop(made, in: relation, at: span)
  }
}

import Diagnostics
import Engine

/// `makecontinuous _time span=10m`: adds rows for the spans of time that have none.
package struct MakeContinuousCommandSyntax: Hashable, Sendable {
  /// `_time` if nothing is said.
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  static let record = CommandRecord(
    "makecontinuous",
    syntax: "makecontinuous [FIELD] [span=SPAN] [bins=COUNT]",
    summary: "Adds rows for the spans of time that have none.",
    notes: [
      "The first and the last span are those of the data."
    ],
    examples: [
      .splQuery(
        "| makeresults count=2 | streamstats count as n | eval _time=n*7200 | makecontinuous _time "
          + "span=1h | stats count",
        gives: #""3""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "aligntime": .text, "bins": .integer, "end": .number, "minspan": .timeSpan, "span": .timeSpan,
      "start": .number,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let field = parser.parseField()
    parser.parseOptions(command, rules, into: &options)
    return .makecontinuous(MakeContinuousCommandSyntax(field: field, options: options))
  }
}

extension SPLLowering {
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

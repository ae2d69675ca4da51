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
  func lower(_ command: MakeContinuousCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    refuse(["end", "start"], in: command.options, of: "makecontinuous")
    let name = command.field?.name ?? "_time"
    fetchFollowing(in: &relation)
    guard let column = read(name, in: &relation, at: command.field?.span ?? span) else { return }
    guard column.type == .datetime else {
      report(
        SPLMessages.unsupported(
          "`makecontinuous` on a field that is no time", at: command.field?.span ?? span))
      return
    }
    guard let step = timeStep(column, command.options, in: &relation, at: span) else { return }
    assign(
      name, call(SPLRowFunctions.timeBin, [column.reference] + step.arguments, as: .datetime), in: &relation,
      at: span)
    guard let binned = relation.existing(name) else { return }
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn(name, .datetime), expression: binned.reference)],
        items: [], dropsNullKeys: true, origin: origin(span)))
    guard let table = ask(distinct, "the rows of `makecontinuous`", at: span) else { return }
    let present = Set((0..<table.rowCount).map { table.value(row: $0, column: 0) })
    if let first = step.times(in: table).min(), let last = step.times(in: table).max() {
      let count = step.count(from: first, to: last)
      if count > TimeStep.fillLimit { return report(SPLMessages.tooManySpans(count, at: span)) }
    }
    let gaps = step.moments(among: present).filter { !present.contains($0) }
    append(
      inline(Table(fields: [Field(name, .datetime)], rows: gaps.map { [$0] }), label: "gaps"), to: &relation,
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
  /// More spans than this are refused.
  static let fillLimit = 500_000

  /// The times in the first column of a table.
  func times(in table: Table) -> [Int64] {
    (0..<table.rowCount).compactMap { row in
      if case .datetime(let ticks) = table.value(row: row, column: 0) { ticks } else { nil }
    }
  }

  /// About how many spans there are between two moments.
  func count(from first: Int64, to last: Int64) -> Int {
    let distance = Double(last) - Double(first)
    return switch width {
    case .ticks(let size): Int(max(0, min(distance / Double(max(1, size)), 1e15))) + 1
    case .months(let count): Int(max(0, distance / Double(Ticks.perDay) / 28 / Double(max(1, count)))) + 1
    }
  }

  /// Every start of a span from the least to the greatest of some times, or over a range that has them.
  func moments(among times: Set<Value>, over range: SearchRange = SearchRange()) -> [Value] {
    let ticks = times.compactMap { if case .datetime(let ticks) = $0 { ticks } else { nil } }
    guard var least = ticks.min(), var most = ticks.max() else { return [] }
    // Spans may begin elsewhere than at their multiples: they go on from those that are there.
    if let earliest = range.earliest {
      if case .ticks(let size) = width, size > 0 {
        let missing = max(0, least - earliest)
        least -= (missing + size - 1) / size * size
      } else {
        least = min(least, floor(earliest))
      }
    }
    if let latest = range.latest { most = max(most, latest - 1) }
    var all: [Value] = []
    var moment = least
    while moment <= most {
      all.append(.datetime(moment))
      moment = next(after: moment)
    }
    return all
  }
}

extension SPLMessages {
  static func tooManySpans(_ count: Int, at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-spans", "this gives about \(count) spans of time, and the limit is \(TimeStep.fillLimit)",
      at: span,
      suggestions: [.init("take a longer `span`"), .init("`cont=f` gives the spans that have rows only")])
  }
}

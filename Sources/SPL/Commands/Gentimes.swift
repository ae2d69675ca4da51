import Diagnostics
import Engine

/// `gentimes start=10/1/2026 end=10/5/2026 increment=1h`: a row for each of adjacent ranges of time.
package struct GentimesCommandSyntax: Hashable, Sendable {
  package let options: CommandOptions

  static let record = CommandRecord(
    "gentimes",
    syntax: "gentimes start=DATE|DAYS [end=DATE|DAYS] [increment=COUNT(s|m|h|d)]",
    summary: "Makes a row for each of adjacent ranges of time.",
    notes: [
      "A date is `10/1/2026` or `10/1/2026:12:30:00`; a number such as `-5` is that many days from this midnight.",
      "The end is not among them: without `end` the last midnight, without `increment` a day.",
    ],
    examples: [
      .splQuery(
        "| gentimes start=10/1/2026 end=10/3/2026 | table starthuman",
        gives: #"mvappend("Thu Oct  1 00:00:00 2026", "Fri Oct  2 00:00:00 2026")"#)
    ], isGenerating: true
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["end": .text, "increment": .timeSpan, "start": .text], into: &options)
    if options["start"] == nil, !parser.isRecovering {
      parser.report(SPLMessages.missingArgument("`start=`", of: command, at: parser.peek()))
    }
    return .gentimes(GentimesCommandSyntax(options: options))
  }
}

extension SPLLowering {
  func lower(_ command: GentimesCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let none = inline(GentimesRows.table([]), label: "gentimes")
    relation.close(none.plan)
    guard let start = command.options["start"]?.value else { return }
    var step = TimeStep(.ticks(Ticks.perDay))
    if let wanted = command.options.timeSpan("increment") {
      guard let width = self.step(wanted), case .ticks = width.width, wanted.snap == nil, wanted.unit != nil
      else { return report(SPLMessages.badSpan(wanted.text, at: wanted.span)) }
      step = width
    }
    guard let first = date(start), let last = command.options["end"].map({ date($0.value) }) ?? date(nil)
    else {
      return
    }
    let bounds = [first, last].map { Assignment(column: makeColumn("", .real), expression: $0) }
    let row = inline(Table(fields: [Field("", .long)], rows: [[.long(0)]]), label: "gentimes")
    let plan = LogicalPlan.project(Project(input: row.plan, assignments: bounds, origin: origin(span)))
    guard let table = ask(plan, "the range of `gentimes`", at: span), table.rowCount == 1,
      let begin = table.value(row: 0, column: 0).number.flatMap({ Ticks.fromUnix(seconds: $0) }),
      let end = table.value(row: 0, column: 1).number.flatMap({ Ticks.fromUnix(seconds: $0) }), begin < end
    else { return }
    let count = step.count(from: begin, to: end - 1)
    if count > TimeStep.fillLimit { return report(SPLMessages.tooManySpans(count, at: span)) }
    var ranges: [(Int64, Int64)] = []
    var moment = begin
    while moment < end {
      let next = step.next(after: moment)
      ranges.append((moment, next - Ticks.perSecond))
      moment = next
    }
    relation.close(inline(GentimesRows.table(ranges), label: "gentimes").plan)
  }

  /// A date, or so many days from the last midnight, in seconds.
  private func date(_ value: StringLiteralSyntax?) -> Expression? {
    guard let value else { return moment("@d", at: SourceSpan(0, 0)) }
    if let days = Int(value.value), abs(days) < 1_000_000 {
      return moment(days < 0 ? "\(days)d@d" : "+\(days)d@d", at: value.span)
    }
    let parts = value.value.split(separator: ":", maxSplits: 1)
    let dates = parts.first?.split(separator: "/").map { $0.count == 1 ? "0\($0)" : String($0) } ?? []
    guard dates.count == 3, dates.allSatisfy({ Int($0) != nil }) else {
      return fail(SPLMessages.badTimeModifier(value.value, at: value.span))
    }
    let year = dates[2].count == 2 ? "20" + dates[2] : dates[2]
    let time = parts.count == 2 ? String(parts[1]) : "00:00:00"
    return moment("\(dates[0])/\(dates[1])/\(year):\(time)", at: value.span)
      ?? fail(SPLMessages.badTimeModifier(value.value, at: value.span))
  }
}

/// The four fields of `gentimes`.
private enum GentimesRows {
  static func table(_ ranges: [(start: Int64, end: Int64)]) -> Table {
    let format = StrftimeFormat("%a %b %e %H:%M:%S %Y")
    func human(_ ticks: Int64) -> Value { .string(format.format(ticks: ticks)) }
    func seconds(_ ticks: Int64) -> Value { .long((ticks - Ticks.unixEpoch) / Ticks.perSecond) }
    return Table(
      fields: [
        Field("endhuman", .string), Field("endtime", .long), Field("starthuman", .string),
        Field("starttime", .long),
      ],
      rows: ranges.map { [human($0.end), seconds($0.end), human($0.start), seconds($0.start)] })
  }
}

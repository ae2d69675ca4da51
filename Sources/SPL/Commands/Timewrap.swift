import Diagnostics
import Engine

/// `timewrap 1week series=short`: every period of a `timechart` beside the others.
package struct TimewrapCommandSyntax: Hashable, Sendable {
  package enum Series: String, Hashable, Sendable {
    case relative, exact, short
  }

  package let width: TimeSpanSyntax?
  package let options: CommandOptions

  package var series: Series {
    options.text("series").flatMap { Series(rawValue: $0.lowercased()) } ?? .relative
  }
  package var isAtNow: Bool { options.text("align")?.lowercased() == "now" }

  static let record = CommandRecord(
    "timewrap",
    syntax: "timewrap [COUNT]UNIT [align=now|end] [series=relative|exact|short] [time_format=FORMAT]",
    summary: "Puts every period of a `timechart` beside the others.",
    notes: [
      "The periods end with the search, at `latest=` or now; the rows have the times of the latest of them.",
      "Fields are called `latest_week`, `1week_before`, with `series=short` `s0`, `s1`, with `series=exact` by the begin "
        + "of the period. Behind several fields these stand as `count_latest_week`. A period without rows has none.",
    ],
    differs: ["Splunk's pages show names with and without the field in front."],
    examples: [
      .splQuery(
        "| makeresults count=2 | streamstats count as n | eval _time=relative_time(now(), \"-\".(n*24-23).\"h\") "
          + "| timechart span=1h sum(n) as n | timewrap 1d series=short | where s0=1 | table s1",
        gives: #""2""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "align": .choice(["end", "now"]), "series": .choice(["exact", "relative", "short"]),
      "time_format": .text,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    var width: TimeSpanSyntax?
    if let text = parser.parseText() {
      width = TimeSpanSyntax(text)
      if width?.unit == nil || width?.snap != nil {
        width = nil
        parser.report(SPLMessages.badSpan(text.value, at: text.span))
      }
    } else if !parser.isRecovering {
      parser.report(SPLMessages.missingArgument("a span such as `1week`", of: command, at: parser.peek()))
    }
    parser.parseOptions(command, rules, into: &options)
    return .timewrap(TimewrapCommandSyntax(width: width, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: TimewrapCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let width = command.width else { return }
    guard let step = step(width), let time = relation.existing("_time") else {
      return report(
        relation.existing("_time") == nil
          ? SPLMessages.needsTime("timewrap", at: span) : SPLMessages.badSpan(width.text, at: width.span))
    }
    let bounds = searchRange(over: relation, at: span)
    let now = momentOfRun(over: relation, at: span)
    let visible = relation.columns.filter { !$0.name.hasPrefix("_") && !$0.name.isEmpty }
    keep([time] + visible, in: &relation, at: span)
    guard let table = ask(relation.plan, "the columns of `timewrap`", at: span),
      let last = command.isAtNow ? now : bounds.latest ?? now
    else {
      relation.isOpaque = true
      return
    }
    let wrap = TimeWrap(step: step, width: width, end: last, command: command)
    guard let wrapped = wrap.table(of: table, limit: SPLLowering.composedLimit) else {
      return report(SPLMessages.tooManyPeriods(at: span))
    }
    relation.close(inline(wrapped, label: "timewrap").plan)
  }
}

extension SPLLowering {
  /// What `now()` is in a run over these rows, in ticks; nil while that is open.
  fileprivate func momentOfRun(over relation: Relation, at span: SourceSpan) -> Int64? {
    guard let now = bind("now", [], spans: [], at: span),
      let count = AggregateCatalog.function("count", in: .spl),
      let counted = item(count, [], name: "", at: span)
    else { return nil }
    // One row, also where there is none.
    let row = LogicalPlan.aggregate(
      Aggregate(input: relation.plan, keys: [], items: [counted], origin: origin(span)))
    let plan = LogicalPlan.project(
      Project(
        input: row, assignments: [Assignment(column: makeColumn("", .real), expression: number(now))],
        origin: origin(span)))
    guard let table = ask(plan, "the end of `timewrap`", at: span), table.rowCount == 1 else { return nil }
    return table.value(row: 0, column: 0).number.flatMap { Ticks.fromUnix(seconds: $0) }
  }
}

/// Rows of times taken apart into periods that end together.
private struct TimeWrap {
  let step: TimeStep
  let width: TimeSpanSyntax
  /// The end of the latest period, which is not in it.
  let end: Int64
  let command: TimewrapCommandSyntax

  /// The first column is the time; nil where more columns would come of it than the limit.
  func table(of input: Table, limit: Int) -> Table? {
    var places: [(row: Int, period: Int, moment: Int64)] = []
    for row in 0..<input.rowCount {
      guard case .datetime(let time) = input.value(row: row, column: 0) else { continue }
      let period = period(of: time)
      places.append((row, period, moved(time, by: period)))
    }
    let periods = Set(places.map(\.period)).sorted(by: >)
    let moments = Set(places.map(\.moment)).sorted()
    guard periods.count * max(1, input.fields.count - 1) <= limit else { return nil }
    let rowOfMoment = Dictionary(uniqueKeysWithValues: moments.enumerated().map { ($1, $0) })
    let orderOfPeriod = Dictionary(uniqueKeysWithValues: periods.enumerated().map { ($1, $0) })
    var fields = [Field("_time", .datetime)]
    for field in input.fields.dropFirst() {
      for period in periods {
        fields.append(
          Field(input.fields.count == 2 ? name(of: period) : "\(field.name)_\(name(of: period))", field.type))
      }
    }
    var rows = moments.map { [.datetime($0)] + [Value](repeating: .null, count: fields.count - 1) }
    for place in places {
      guard let row = rowOfMoment[place.moment], let order = orderOfPeriod[place.period] else { continue }
      for column in input.fields.indices.dropFirst() {
        rows[row][1 + (column - 1) * periods.count + order] = input.value(row: place.row, column: column)
      }
    }
    return Table(fields: fields, rows: rows)
  }

  /// How many periods before the latest.
  private func period(of time: Int64) -> Int {
    guard time < end else { return 0 }
    switch step.width {
    case .ticks(let size): return Int((end - 1 - time) / max(1, size))
    case .months(let count):
      let parts = Ticks.parts(of: time)
      let last = Ticks.parts(of: end)
      let months = (last.year - parts.year) * 12 + last.month - parts.month
      var period = max(0, months / max(1, count) - 1)
      while time < TimeWrap.adding(months: -(period + 1) * count, to: end) { period += 1 }
      return period
    }
  }

  private func moved(_ time: Int64, by periods: Int) -> Int64 {
    switch step.width {
    case .ticks(let size): time &+ Int64(periods) &* size
    case .months(let count): TimeWrap.adding(months: periods * count, to: time)
    }
  }

  private static func adding(months: Int, to time: Int64) -> Int64 {
    let parts = Ticks.parts(of: time)
    let month = parts.year * 12 + parts.month - 1 + months
    guard month >= 12, let begin = Ticks.make(year: month / 12, month: month % 12 + 1, day: 1) else {
      return time
    }
    let day = min(parts.day, Ticks.daysInMonth(year: month / 12, month: month % 12 + 1))
    return begin + Int64(day - 1) * Ticks.perDay
      + (Ticks.floor(time, to: Ticks.perDay).map { time - $0 } ?? 0)
  }

  private func name(of period: Int) -> String {
    let count = Int(width.amount) ?? 1
    let unit = width.unit?.name ?? ""
    switch command.series {
    case .short: return "s\(period)"
    case .exact:
      let begin =
        switch step.width {
        case .ticks(let size): end &- Int64(period + 1) &* size
        case .months(let count): TimeWrap.adding(months: -(period + 1) * count, to: end)
        }
      return StrftimeFormat(command.options.text("time_format") ?? "%Y-%m-%d %H:%M:%S").format(ticks: begin)
    case .relative:
      if period == 0 { return count == 1 ? "latest_\(unit)" : "latest_\(count)\(unit)s" }
      return "\(period * count)\(unit)\(period * count == 1 ? "" : "s")_before"
    }
  }
}

extension SPLMessages {
  static func tooManyPeriods(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-fields", "`timewrap` would make more than \(SPLLowering.composedLimit) fields", at: span,
      suggestions: [.init("take a longer span, or begin the search later with `earliest=`")])
  }
}

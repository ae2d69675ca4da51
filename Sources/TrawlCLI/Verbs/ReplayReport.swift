import Diagnostics
import Engine
import Reports
import Rules
import Session

extension ParsedArguments {
  /// What `--replay`, `--every` and `--period` ask for; nil without `--replay`.
  func replayRequest() throws(UsageError) -> ReplayRequest? {
    guard has(.replay) else {
      if let option = [OptionName.every, .period].first(where: has) {
        throw UsageError(
          "misplaced-option", "`--\(option.rawValue)` is for `--replay`", advice: ["add --replay"], verb: verb
        )
      }
      return nil
    }
    if has(.now) {
      throw UsageError(
        "misplaced-option", "`--now` has no meaning with `--replay`",
        advice: ["every run of a replay has its own time as now()"], verb: verb)
    }
    return ReplayRequest(every: try duration(.every), period: try duration(.period))
  }

  private func duration(_ option: OptionName) throws(UsageError) -> Int64? {
    guard let text = value(option) else { return nil }
    guard let ticks = ScheduleDuration.ticks(text) else {
      throw UsageError(
        "invalid-value", "`--\(option.rawValue)` cannot be `\(text)`",
        advice: ["it wants a time such as 30m, 1h, 14d or PT1H"], verb: verb)
    }
    return ticks
  }
}

/// A replay for people: each alert when it was found first, then each rule with its runs.
///
/// ```
/// 2026-03-02T16:00:00Z  High-volume email sending through AWS SES [high]
///   UserIdentityArn = "arn:aws:iam::111122223333:user/a", AWSRegion = "us-east-1"
///   events 15:02:11Z to 15:58:40Z: found 57m 49s after the first, 1m 20s after the last; in 24 runs, to 2026-03-03T15:00:00Z
/// ```
struct ReplayReport {
  let replay: PackReplay
  let pack: RulePack

  /// So many columns of an alert are shown to people; other formats have them all.
  private static let shownColumns = 8

  /// Alerts of all rules in the order in which they were found.
  private var alerts: [(rule: RuleReplay, alert: RuleReplay.Alert)] {
    let all = replay.rules.flatMap { rule in rule.alerts.map { (rule: rule, alert: $0) } }
    // Of one time, in the order of the rules: sorting must not depend on stability.
    return all.enumerated().sorted {
      ($0.element.alert.firstFound, $0.offset) < ($1.element.alert.firstFound, $1.offset)
    }.map(\.element)
  }

  func show(
    _ configuration: WorkspaceConfiguration, _ settings: RunSettings, _ output: OutputSettings,
    _ console: Console
  ) -> ExitCode {
    if !output.isQuiet {
      var warnings = RuleWarnings()
      for rule in replay.rules where rule.isReplayed { warnings.add(rule.warnings, of: rule.rule) }
      console.printError(warnings.text)
    }
    let all = alerts
    let shown = all.prefix(output.limit ?? all.count)
    if output.wantsPage {
      do {
        try PageDelivery.write(page(of: shown, configuration), output, console)
      } catch {
        return FailurePrinter.print(error, in: nil, console)
      }
    }
    switch output.format {
    case _ where output.document != nil: break
    case .table:
      console.write(text(of: shown))
      console.write(totals, output.renderer())
    case .markdown:
      console.write(table(of: shown), output.renderer())
      console.write("\n")
      console.write(totals, output.renderer())
    case .json: console.write(document(of: shown))
    case .ndjson, .csv, .tsv, .typedJSON, .arrow:
      console.write(table(of: shown), output.renderer())
    }
    if shown.count < all.count {
      console.say(.note, "\(shown.count) of \(all.count) alerts shown (--limit)")
    }
    let code = printFailures(console)
    let summary = RunSummary(
      run: replay.queries, configuration: configuration, readsLogs: replay.readsTables, showsNow: false)
    if !output.isQuiet {
      for note in replay.notes { console.say(.note, "\(DisplayText.escaped(note.optionText))") }
      for rule in replay.rules {
        for note in rule.notes {
          console.say(.note, "\(DisplayText.escaped(rule.rule.path)): \(note.optionText)")
        }
      }
      console.printError(counts)
    }
    summary.print(output, console)
    let loading = summary.exitCode(allowsPartial: settings.allowsPartial)
    let isIdle = replay.rules.allSatisfy { !$0.missing.isEmpty }
    return .gravest([
      code, loading, pack.broken.isEmpty ? .success : .usage,
      pack.unreadable.isEmpty && !isIdle ? .success : .unreadable,
      settings.failsOnAlert && !all.isEmpty ? .failedTest : .success,
    ])
  }

  private func printFailures(_ console: Console) -> ExitCode {
    var code = ExitCode.success
    for rule in replay.rules {
      switch rule.outcome {
      case .replayed, .notRun: continue
      case .refused(let failure):
        code = .usage
        if let first = failure.cause {
          console.printError(first, in: failure.source)
        }
      case .failed(let failure, let time):
        console.printError("in the run of \(Ticks.shortText(time)):\n")
        code = .gravest([code, FailurePrinter.print(failure, in: rule.rule.query, console)])
      case .notReplayed(let reason):
        code = .usage
        console.printError(
          "error[not-replayed]: \(DisplayText.escaped(rule.rule.path)): \(DisplayText.escaped(reason.optionText))\n"
        )
      }
    }
    return code
  }

  // MARK: - For people

  private func page(
    of alerts: ArraySlice<(rule: RuleReplay, alert: RuleReplay.Alert)>,
    _ configuration: WorkspaceConfiguration
  ) -> HTMLPage {
    let summary = RunSummary(
      run: replay.queries, configuration: configuration, readsLogs: replay.readsTables, showsNow: false)
    var chart = ChartRequest(.scatterchart)
    chart.x = "first_found"
    chart.y = ["seconds_after_first"]
    chart.series = ["rule"]
    return TablesPage(
      "Replay", subtitle: "When each alert would first have been found",
      [
        TablesPage.Part("Alerts", table(of: alerts), notes: replay.notes.map(\.optionText), chart: chart),
        TablesPage.Part("Rules", totals),
      ], PageDelivery.account(replay.report, now: nil, summary)
    ).page
  }

  private func text(of alerts: ArraySlice<(rule: RuleReplay, alert: RuleReplay.Alert)>) -> String {
    var lines: [String] = []
    for (rule, alert) in alerts {
      let metadata = rule.rule.metadata
      let facts = [metadata.severity, metadata.techniques.joined(separator: " ")].compactMap { $0 }
        .filter { !$0.isEmpty }.joined(separator: " · ")
      lines.append(
        "\(Ticks.shortText(alert.firstFound))  \(DisplayText.escaped(metadata.title))"
          + (facts.isEmpty ? "" : " [\(DisplayText.escaped(facts))]"))
      let identity = ReplayReport.identity(of: alert, rule.rule)
      if !identity.isEmpty { lines.append("  " + identity) }
      lines.append("  " + ReplayReport.delay(of: alert))
    }
    if lines.isEmpty {
      return replay.rules.contains(where: \.isReplayed) ? "no alert\n\n" : "no rule was replayed\n\n"
    }
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// What identifies the alert, without what is empty; the columns of the rule's entities first.
  private static func identity(of alert: RuleReplay.Alert, _ rule: DetectionRule) -> String {
    let entities = Set(rule.metadata.entities.flatMap(\.fields).map(\.column))
    let filled = alert.identity.filter { position in
      position < alert.row.count && !alert.row[position].isNull && alert.row[position] != .string("")
    }
    let ordered =
      filled.filter { entities.contains(alert.fields[$0].name) }
      + filled.filter { !entities.contains(alert.fields[$0].name) }
    var parts = ordered.prefix(shownColumns).map { position in
      let value = DifferenceCells.shown(alert.row[position], rule.language.dialect)
      return "\(DisplayText.escaped(alert.fields[position].name)) = \(value)"
    }
    let more = ordered.count - parts.count
    if more > 0 { parts.append("and \(more) more column\(more == 1 ? "" : "s")") }
    return parts.joined(separator: ", ")
  }

  private static func delay(of alert: RuleReplay.Alert) -> String {
    var text = alert.row.isEmpty ? "too few rows for its trigger" : "its row tells no time of an event"
    if let events = alert.events, let first = alert.afterFirst, let last = alert.afterLast {
      text =
        events.lowerBound == events.upperBound
        ? "event \(Ticks.shortText(events.lowerBound)): found \(ScheduleDuration.text(first)) after it"
        : "events \(Ticks.shortText(events.lowerBound)) to \(Ticks.shortText(events.upperBound)): found "
          + "\(ScheduleDuration.text(first)) after the first, \(ScheduleDuration.text(last)) after the last"
    }
    if alert.runs == 1 { return text + "; in 1 run" }
    return text + "; in \(alert.runs) runs, to \(Ticks.shortText(alert.lastFound))"
  }

  private var totals: Table {
    let fields = [
      Field("rule", .string), Field("every", .string), Field("period", .string), Field("runs", .long),
      Field("fired", .long), Field("alerts", .long),
    ]
    let rows = replay.rules.map { rule -> [Value] in
      let schedule = rule.schedule
      guard rule.isReplayed else {
        let reason = rule.missing.isEmpty ? "not replayed" : "not run"
        return [.string(rule.rule.metadata.title), .string(reason), .string(""), .null, .null, .null]
      }
      return [
        .string(rule.rule.metadata.title), .string(schedule.map { ScheduleDuration.text($0.every) } ?? ""),
        .string(schedule.map { ScheduleDuration.text($0.period) } ?? ""), .long(Int64(rule.runs)),
        .long(Int64(rule.runsFired)), .long(Int64(rule.alerts.count)),
      ]
    }
    return Table(fields: fields, rows: rows)
  }

  private var counts: String {
    let fired = replay.rules.filter { !$0.alerts.isEmpty }.count
    let replayed = replay.rules.filter(\.isReplayed).count
    let alerts = replay.rules.reduce(0) { $0 + $1.alerts.count }
    let refused = replay.rules.filter { if case .refused = $0.outcome { true } else { false } }.count
    let notRun = replay.rules.filter { !$0.missing.isEmpty }
    var text = "rules: \(replay.rules.count - refused) loaded, \(replayed) replayed"
    if refused + pack.broken.count > 0 { text += ", \(refused + pack.broken.count) refused" }
    if !notRun.isEmpty { text += ", \(notRun.count) not run" }
    text += "\n"
    for rule in notRun {
      text +=
        DisplayText.escaped(
          "  not run: \(rule.rule.path): \(rule.missing.optionText)") + "\n"
    }
    return text
      + "fired: \(fired) rule\(fired == 1 ? "" : "s") with \(alerts) alert\(alerts == 1 ? "" : "s")\n"
  }

  // MARK: - For programs

  private func table(of alerts: ArraySlice<(rule: RuleReplay, alert: RuleReplay.Alert)>) -> Table {
    let fields = [
      Field("first_found", .datetime), Field("rule", .string), Field("severity", .string),
      Field("alert", .dynamic), Field("first_event", .datetime), Field("last_event", .datetime),
      Field("seconds_after_first", .real), Field("seconds_after_last", .real), Field("runs", .long),
      Field("last_found", .datetime),
    ]
    let rows = alerts.map { rule, alert -> [Value] in
      [
        .datetime(alert.firstFound), .string(rule.rule.metadata.title),
        .string(rule.rule.metadata.severity ?? ""), .dynamic(identity(alert)),
        alert.events.map { .datetime($0.lowerBound) } ?? .null,
        alert.events.map { .datetime($0.upperBound) } ?? .null,
        seconds(alert.afterFirst), seconds(alert.afterLast), .long(Int64(alert.runs)),
        .datetime(alert.lastFound),
      ]
    }
    return Table(fields: fields, rows: rows)
  }

  private func seconds(_ ticks: Int64?) -> Value {
    ticks.map { .real(Double($0) / Double(Ticks.perSecond)) } ?? .null
  }

  private func identity(_ alert: RuleReplay.Alert) -> JSONValue {
    .object(
      alert.identity.filter { $0 < alert.row.count }
        .map { JSONValue.Member(alert.fields[$0].name, alert.row[$0].json) })
  }

  private func document(
    of alerts: ArraySlice<(rule: RuleReplay, alert: RuleReplay.Alert)>
  ) -> JSONValue {
    .object([
      .init(
        "alerts",
        .array(
          alerts.map { rule, alert in
            .object([
              .init("firstFound", .string(Ticks.datetimeText(alert.firstFound))),
              .init("rule", .string(rule.rule.metadata.title)), .init("file", .string(rule.rule.path)),
              .init("severity", .string(rule.rule.metadata.severity ?? "")),
              .init("technique", .string(rule.rule.metadata.techniques.joined(separator: " "))),
              .init("alert", identity(alert)),
              .init("firstEvent", time(alert.events?.lowerBound)),
              .init("lastEvent", time(alert.events?.upperBound)),
              .init("secondsAfterFirst", seconds(alert.afterFirst).json),
              .init("secondsAfterLast", seconds(alert.afterLast).json),
              .init("runs", .long(Int64(alert.runs))), .init("lastFound", time(alert.lastFound)),
              .init(
                "row",
                .object(
                  zip(alert.fields, alert.row).map { JSONValue.Member($0.name, $1.json) })),
            ])
          })),
      .init(
        "rules",
        .array(
          replay.rules.map { rule in
            .object([
              .init("rule", .string(rule.rule.metadata.title)), .init("file", .string(rule.rule.path)),
              .init("replayed", .bool(rule.isReplayed)),
              .init("every", span(rule.schedule?.every)), .init("period", span(rule.schedule?.period)),
              .init("runs", .long(Int64(rule.runs))),
              .init("runsFired", .long(Int64(rule.runsFired))),
              .init("alerts", .long(Int64(rule.alerts.count))),
            ])
          })),
    ])
  }

  private func time(_ ticks: Int64?) -> JSONValue { ticks.map { .string(Ticks.datetimeText($0)) } ?? .null }

  private func span(_ ticks: Int64?) -> JSONValue {
    ticks.map { .string(ScheduleDuration.text($0)) } ?? .null
  }
}

extension RuleReplay {
  /// What it needs and the workspace lacks.
  var missing: [Advice] { if case .notRun(let reasons) = outcome { reasons } else { [] } }

  var isReplayed: Bool { if case .replayed = outcome { true } else { false } }
}

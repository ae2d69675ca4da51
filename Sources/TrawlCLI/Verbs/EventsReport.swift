import Diagnostics
import Engine
import Rules

/// What came of making events: for people on stderr, or all of it as a document on stdout.
///
/// ```
/// rules/ses.kql: fires on 101 events; 5 of 6 conditions have a near miss
///   line 31  EventSource =~ "ses.amazonaws.com"   2 near misses
///   line 30  TimeGenerated > ago(LookbackPeriod)  no near miss: …
/// ```
struct EventsReport {
  private var all: [(made: MadeEvents, files: [String])] = []

  mutating func add(_ made: MadeEvents, files: [String]) { all.append((made, files)) }

  var exitCode: ExitCode {
    .gravest(
      all.map { entry in
        entry.made.failure != nil ? .usage : entry.made.fires ? .success : .failedTest
      })
  }

  func printLast(_ console: Console) {
    guard let (made, files) = all.last else { return }
    for line in lines(of: made, files) { console.printError(DisplayText.escaped(line) + "\n") }
    if let failure = made.failure { console.printError(failure) }
  }

  func print(_ output: OutputSettings, _ console: Console) {
    switch output.format {
    case .json: console.write(.array(all.map { document(of: $0.made, $0.files) }))
    case .ndjson: for (made, files) in all { console.write(document(of: made, files)) }
    case .table: if all.count > 1 { console.printError(verdict + "\n") }
    case .csv, .tsv, .typedJSON, .markdown, .arrow: console.write(table, output.renderer())
    }
  }

  private func lines(of made: MadeEvents, _ files: [String]) -> [String] {
    let path = made.rule.place
    if made.failure != nil { return ["no events: \(path)"] }
    guard let first = made.cases.first(where: \.fires) else {
      return ["no events: \(path)"] + made.reasons.map { "  \($0)" } + made.answers.map(line)
    }
    let answered = made.answers.count { $0.cases > 0 }
    let tests = files.first { $0.hasSuffix(RuleTestRun.fileEnding) } ?? ""
    let misses = made.cases.count { !$0.fires }
    let ways = made.cases.count(where: \.fires)
    return [
      "\(path): fires on \(first.change)" + (ways > 1 ? " and in \(ways - 1) more ways" : "")
        + "; \(answered) of \(made.answers.count) conditions have near misses, \(misses) in all: \(tests)"
    ] + made.answers.map(line) + made.reasons.map { "  another way: \($0)" }
      + (made.untriedWays > 0
        ? ["  further ways to fire that were not tried: \(made.untriedWays), as logs are made for \(ways)"]
        : [])
  }

  private func line(_ answer: MadeEvents.Answer) -> String {
    let place = answer.condition.line.map { "line \($0): " } ?? ""
    let others = answer.together.map { other in other.line.map { "line \($0)" } ?? "`\(other.text)`" }.uniqued
    let together = others.isEmpty ? "" : ", which miss \(others.joined(separator: " and ")) as well"
    let result = answer.reason.map { "no near miss: \($0)" } ?? "near misses: \(answer.cases)\(together)"
    return "  \(place)\(answer.condition.text): \(result)"
  }

  private var verdict: String {
    let fires = all.count { $0.made.fires }
    let conditions = all.reduce(0) { $0 + $1.made.answers.count }
    let answered = all.reduce(0) { $0 + $1.made.answers.count { $0.cases > 0 } }
    let wrong = all.count { $0.made.failure != nil }
    return
      "rules: \(all.count), with a log that fires: \(fires), not read: \(wrong); conditions: \(conditions), "
      + "with near misses: \(answered)"
  }

  // MARK: - Documents

  private func document(of made: MadeEvents, _ files: [String]) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("rule", .string(made.rule.place)), ("title", .string(made.rule.metadata.title)),
      ("fires", .bool(made.fires)),
      ("files", .array(files.map { .string($0) })),
      ("cases", .array(made.cases.map(document))), ("conditions", .array(made.answers.map(document))),
      ("reasons", .array(made.reasons.map { .string($0) })),
    ]
    if made.untriedWays > 0 { members.append(("untriedWays", .long(Int64(made.untriedWays)))) }
    if let failure = made.failure {
      members.append(("error", .string(failure.cause?.message ?? "it does not compile")))
    }
    return .object(members.map { JSONValue.Member($0.0, $0.1) })
  }

  private func document(of made: MadeEvents.Case) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(made.name)), ("expect", .string(made.fires ? "fires" : "silent")),
      ("events", .long(Int64(made.count))), ("change", .string(made.change)),
    ]
    if let condition = made.condition { members.append(("condition", .string(condition.text))) }
    if let now = made.now { members.append(("now", .string(Ticks.shortText(now)))) }
    return .object(members.map { JSONValue.Member($0.0, $0.1) })
  }

  private func document(of answer: MadeEvents.Answer) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("text", .string(answer.condition.text)), ("kind", .string(answer.condition.kind.rawValue)),
      ("nearMisses", .long(Int64(answer.cases))),
    ]
    if let line = answer.condition.line { members.append(("line", .long(Int64(line)))) }
    if let reason = answer.reason { members.append(("reason", .string(reason))) }
    if !answer.together.isEmpty {
      members.append(("together", .array(answer.together.map { .string($0.text) })))
    }
    return .object(members.map { JSONValue.Member($0.0, $0.1) })
  }

  private var table: Table {
    let rows = all.flatMap { made, _ in
      made.answers.map { answer -> [Value] in
        [
          .string(made.rule.place), .bool(made.fires),
          answer.condition.line.map { .long(Int64($0)) } ?? .null,
          .string(answer.condition.text), .long(Int64(answer.cases)), .string(answer.reason ?? ""),
        ]
      }
    }
    return Table(
      fields: [
        Field("rule", .string), Field("fires", .bool), Field("line", .long), Field("condition", .string),
        Field("nearMisses", .long), Field("reason", .string),
      ], rows: rows)
  }
}

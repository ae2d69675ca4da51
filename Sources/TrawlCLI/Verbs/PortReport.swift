import Diagnostics
import Engine
import Rules
import Session

/// What became of rules that were ported: for people on stderr, the texts on stdout; or all of it as a document.
///
/// ```
/// ported rules/ses.kql to out/ses.spl
///   the same rows: 3 of 3, over 1200 events
///   note: Splunk's `join` reads at most 50,000 rows of its subsearch (line 12)
/// ```
struct PortReport {
  let ports: [RulePort]
  /// Where each rule was written to, by the path of the original.
  let files: [String: String]
  let proof: DifferenceRun?
  /// In place of it where there are no logs: on events made for the rules, by their places.
  var made: [String: MadeProof] = [:]

  var exitCode: ExitCode {
    let isRefused = ports.contains { port in
      switch port.outcome {
      case .written: false
      case .partial, .broken, .refused, .misspelled: true
      }
    }
    let differs =
      proof?.rules.contains { $0.isDifferent || !$0.isCompared }
      ?? made.values.contains { !$0.different.isEmpty || !$0.stops.isEmpty }
    return .gravest([isRefused ? .usage : .success, differs ? .failedTest : .success])
  }

  /// - Parameter showsText: the rules were not written to files.
  func print(_ output: OutputSettings, showsText: Bool, _ console: Console) {
    switch output.format {
    case .json: console.write(document)
    case .ndjson: for port in ports { console.write(document(of: port)) }
    case .table:
      if showsText { for port in ports { if let rule = port.ported { console.write(rule.file.text) } } }
      printLines(console)
    case .csv, .tsv, .typedJSON, .markdown, .arrow: console.write(table, output.renderer())
    }
  }

  private func printLines(_ console: Console) {
    for port in ports {
      for line in lines(of: port) { console.printError(DisplayText.escaped(line) + "\n") }
      switch port.outcome {
      case .broken(let failure): console.printError(failure)
      case .refused(let refusal):
        console.printError(
          Diagnostic.error("not-portable", refusal.reason, at: refusal.span), in: port.rule.query)
      case .misspelled(_, let failure): console.printError(failure)
      case .partial(_, _, let missing):
        for refusal in missing {
          console.printError(
            Diagnostic.error("not-portable", refusal.reason, at: refusal.span), in: port.rule.query)
        }
      case .written: continue
      }
    }
    if ports.count > 1 { console.printError(verdict + "\n") }
  }

  private func difference(of port: RulePort) -> RuleDifference? {
    proof?.rules.first { $0.pair.old?.place == port.rule.place }
  }

  private func lines(of port: RulePort) -> [String] {
    guard port.ported != nil else { return ["not ported: \(port.rule.place)"] }
    var lines = [
      (verdict(on: port) == .partial ? "ported in part: " : "ported ") + port.rule.place
        + (port.ported.flatMap { files[$0.path] }.map { " to \($0)" } ?? " to \(port.target.title)")
    ]
    lines.append("  \(evidence(for: port))")
    if let difference = difference(of: port), difference.isDifferent, let proof {
      var one = proof
      var rows = difference
      rows.statements = []
      one.rules = [rows]
      lines += DifferenceText(run: one, limit: 3).text.split(separator: "\n").map { "  \($0)" }
    }
    lines += undecided(port)
    lines += remarks(on: port).map { "  note: \($0.message)" + place(of: $0, in: port) }
    return lines
  }

  private func remarks(on port: RulePort) -> [WritingRemark] {
    switch port.outcome {
    case .written(_, let remarks), .partial(_, let remarks, _): remarks
    case .broken, .refused, .misspelled: []
    }
  }

  private func place(of remark: WritingRemark, in port: RulePort) -> String {
    remark.span.map { " (line \(port.rule.query.position(of: $0.lowerBound).line))" } ?? ""
  }

  /// What shows that both find the same.
  private func evidence(for port: RulePort) -> String {
    guard let proof else { return evidenceOfMadeEvents(for: port) }
    guard let difference = difference(of: port) else { return "not proved" }
    guard case .compared(let results) = difference.outcome else {
      return "not proved: one of both could not run"
    }
    let same = results.reduce(0) { $0 + $1.sameCount }
    let events = proof.report.eventsRead
    if difference.isDifferent {
      return "NOT the same rows: \(difference.oldRows) before, \(difference.newRows) now"
    }
    if difference.oldRows == 0 { return "both find nothing in \(events) events, which proves little" }
    return "the same rows: \(same) of \(difference.oldRows), over \(events) events"
  }

  private func evidenceOfMadeEvents(for port: RulePort) -> String {
    guard let made = made[port.rule.place] else { return "not proved" }
    guard made.made.fires else {
      let reason = made.obstacle.map { ": \($0)" } ?? ""
      return "not proved: no events could be made that it fires on\(reason); logs prove it (--logs PATH)"
    }
    let logs = made.made.cases
    if !made.different.isEmpty {
      return "NOT the same rows on \(made.different.count) of \(logs.count) logs made for the rule: "
        + made.different.prefix(3).joined(separator: "; ")
    }
    if let stop = made.stops.first {
      return
        "not proved: one of both did not run on \(made.stops.count) of \(logs.count) logs made for the rule: "
        + stop.reason
    }
    let firing = logs.count { $0.fires }
    return
      "the same rows: \(made.sameRows), on \(logs.count) logs of \(made.events) events made for the rule, "
      + "\(firing) that it fires on and \(logs.count - firing) that miss a condition"
  }

  /// Conditions that no made event tells apart.
  private func undecided(_ port: RulePort) -> [String] {
    guard proof == nil, let made = made[port.rule.place], made.made.fires else { return [] }
    return made.undecided.map { answer in
      "  no event decides" + (answer.condition.line.map { " line \($0)" } ?? "")
        + ": \(answer.condition.text)"
        + (answer.reason.map { ": \($0)" } ?? "")
    }
  }

  private enum Verdict: String { case same, silent, differs, unproved, partial, refused }

  private func verdict(on port: RulePort) -> Verdict {
    guard port.ported != nil else { return .refused }
    if case .partial = port.outcome { return .partial }
    if proof == nil, let made = made[port.rule.place], made.made.fires {
      return !made.different.isEmpty ? .differs : made.stops.isEmpty ? .same : .unproved
    }
    guard let difference = difference(of: port), case .compared = difference.outcome else { return .unproved }
    if difference.isDifferent { return .differs }
    return difference.oldRows == 0 ? .silent : .same
  }

  private var verdict: String {
    let verdicts = ports.map { verdict(on: $0) }
    func count(_ wanted: Verdict) -> Int { verdicts.count { $0 == wanted } }
    return "rules: \(ports.count), ported: \(ports.count - count(.refused)); the same rows: \(count(.same)), "
      + "nothing found by both: \(count(.silent)), other rows: \(count(.differs)), "
      + "not proved: \(count(.unproved)), in part: \(count(.partial)), not ported: \(count(.refused))"
  }

  private func reason(_ port: RulePort) -> String? {
    switch port.outcome {
    case .written: nil
    case .broken(let failure), .misspelled(_, let failure): failure.cause?.message ?? "it does not compile"
    case .refused(let refusal): refusal.reason
    case .partial(_, _, let missing): missing.map(\.reason).joined(separator: "; ")
    }
  }

  // MARK: - Documents

  private var document: JSONValue { .array(ports.map(document)) }

  private func document(of port: RulePort) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("rule", .string(port.rule.place)), ("title", .string(port.rule.metadata.title)),
      ("to", .string(port.target.name)), ("verdict", .string(verdict(on: port).rawValue)),
    ]
    if let reason = reason(port) { members.append(("reason", .string(reason))) }
    if let rule = port.ported {
      members.append(("text", .string(rule.file.text)))
      if let file = port.ported.flatMap({ files[$0.path] }) { members.append(("file", .string(file))) }
    }
    if let difference = difference(of: port) {
      members += [
        ("rowsBefore", .long(Int64(difference.oldRows))), ("rowsNow", .long(Int64(difference.newRows))),
      ]
    }
    if let made = made[port.rule.place] {
      members += [
        ("madeLogs", .long(Int64(made.made.cases.count))),
        ("undecided", .array(made.undecided.map { .string($0.condition.text) })),
      ]
      if let reason = made.obstacle ?? made.stops.first?.reason {
        members.append(("unproved", .string(reason)))
      }
    }
    if let proof { members.append(("events", .long(Int64(proof.report.eventsRead)))) }
    if port.ported != nil {
      let notes = remarks(on: port).map { JSONValue.string($0.message + place(of: $0, in: port)) }
      members.append(("notes", .array(notes)))
    }
    return .object(members.map { JSONValue.Member($0.0, $0.1) })
  }

  private var table: Table {
    let rows = ports.map { port -> [Value] in
      [
        .string(port.rule.place), .string(verdict(on: port).rawValue),
        .long(Int64(difference(of: port)?.oldRows ?? 0)), .long(Int64(difference(of: port)?.newRows ?? 0)),
        .string(reason(port) ?? ""),
      ]
    }
    return Table(
      fields: [
        Field("rule", .string), Field("verdict", .string), Field("rowsBefore", .long),
        Field("rowsNow", .long),
        Field("reason", .string),
      ], rows: rows)
  }
}

import Trawl

/// The examples of the page on embedding, as they stand there.
enum EmbeddingExamples {
  /// - Returns: what they print.
  static func output(examples: String, rule: String) throws -> [String] {
    var lines: [String] = []
    func print(_ parts: Any...) { lines.append(parts.map { "\($0)" }.joined(separator: " ")) }

    let trawl = try Trawl(logs: [examples])
    let calls = try trawl.query(
      "AWSCloudTrail | summarize calls = count(), start = min(TimeGenerated) by EventSource | top 2 by calls",
      in: .kql)
    for row in 0..<calls.table.rowCount {
      let (count, first) = (calls.table[row, "calls"], calls.table[row, "start"])
      if case .long(let count)? = count, case .datetime(let first)? = first {
        print(calls.table[row, 0].text, count, first)
      }
    }
    print(calls.load.eventsRead > 0, calls.load.isWhole)

    let cancellation = Cancellation()
    let control = RunControl(progress: { _ in }, cancellation: cancellation)
    let errors = try trawl.query(
      "sourcetype=aws:cloudtrail errorCode=* | stats count by errorCode | sort - count | head 1", in: .spl,
      control: control)
    print(errors.table.rows.first?.map(\.text) ?? [])

    do {
      _ = try trawl.query("AWSCloudTrail | where EvntName == 'CreateUser'", in: .kql)
    } catch {
      print(error.kind, error.problems[0].id, error.problems[0].place?.column ?? 0)
      print(error.problems[0].suggestions[0])
    }
    print(trawl.check("AWSCloudTrail | summarise count()", in: .kql).map(\.id))

    let found = try trawl.run(rules: [rule])
    for result in found.rules { print(result.title, result.hasFired, result.alerts.count) }
    for alert in found.alerts.prefix(1) { print(alert.severity ?? "", alert.entities[0].type) }

    let reasons = try trawl.why(rules: rule)
    for stage in reasons[0].branches.last?.stages ?? [] { print(stage.rowsIn ?? 0, stage.rowsOut) }
    return lines
  }
}

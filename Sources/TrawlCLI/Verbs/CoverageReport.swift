import Diagnostics
import Engine
import Reports
import Rules

/// Coverage as tables for people, or as one document.
struct CoverageReport {
  let coverage: Coverage

  /// So many events and texts are listed for people; of more, the number is given.
  private static let listed = 40

  func print(_ output: OutputSettings, _ console: Console) {
    func show(_ table: Table) { console.write(table, output.renderer()) }
    switch output.format {
    case .json: console.write(document)
    case .ndjson, .csv, .tsv, .typedJSON, .arrow: show(flatTable)
    case .table, .markdown:
      let mark = output.format == .markdown ? "## " : ""
      console.write("\(mark)Rules and logs\n\n")
      show(matrix)
      for (index, log) in coverage.logs.enumerated() where coverage.logs.count > 1 {
        let fired = coverage.rows.count { if case .fired = $0.cells[index] { true } else { false } }
        if index == 0 { console.write("\n") }
        let item = output.format == .markdown ? "- " : "  "
        console.write("\(item)\(DisplayText.escaped(log)): \(fired) of \(coverage.rows.count) rules fire\n")
      }
      console.write(
        "\n\(mark)Events that no rule reads: \(coverage.unread.count) of \(coverage.events.count) names\n\n")
      let limit = output.limit ?? CoverageReport.listed
      if !coverage.unread.isEmpty { show(events(coverage.unread.prefix(limit))) }
      rest(coverage.unread.count, limit, console)
      for path in coverage.readsEverything {
        console.write("\(DisplayText.escaped(path)) asks for no name and no source: it reads all events\n")
      }
      console.write("\n\(mark)Texts in rules that the logs never hold: \(coverage.absentTexts.count)\n\n")
      if !coverage.absentTexts.isEmpty { show(texts(coverage.absentTexts.prefix(limit))) }
      rest(coverage.absentTexts.count, limit, console)
    }
  }

  private func rest(_ count: Int, _ limit: Int, _ console: Console) {
    if count > limit { console.write("and \(count - limit) more (--limit shows them)\n") }
  }

  func page(_ account: PageAccount) -> HTMLPage {
    var notes: [String] = []
    for (index, log) in coverage.logs.enumerated() where coverage.logs.count > 1 {
      let fired = coverage.rows.count { if case .fired = $0.cells[index] { true } else { false } }
      notes.append("\(log): \(fired) of \(coverage.rows.count) rules fire")
    }
    let events = coverage.events.count
    return TablesPage(
      "Coverage",
      subtitle:
        "\(coverage.rows.count) rules, \(events - coverage.unread.count) of \(events) event names read",
      [
        TablesPage.Part("Rules and logs", matrix, notes: notes),
        TablesPage.Part("Reasons", flatTable),
        TablesPage.Part(
          "Events that no rule reads", self.events(coverage.unread),
          notes: coverage.readsEverything.map { "\($0) asks for no name and no source: it reads all events" }),
        TablesPage.Part("Texts in rules that the logs never hold", texts(coverage.absentTexts)),
      ], account
    ).page
  }

  // MARK: - Tables

  private static func text(_ cell: Coverage.Cell) -> String {
    switch cell {
    case .fired(let rows): rows == 1 ? "fired (1 row)" : "fired (\(rows) rows)"
    case .silent: "silent"
    case .notRun: "not run"
    case .refused: "refused"
    case .stopped: "stopped"
    }
  }

  private static func reason(_ cell: Coverage.Cell) -> String? {
    switch cell {
    case .fired, .silent: nil
    case .notRun(let reason): reason.optionText
    case .refused(let reason), .stopped(let reason): reason
    }
  }

  private var matrix: Table {
    var names: [String] = ["rule"]
    for log in coverage.logs {
      var name = log
      var number = 2
      while names.contains(name) {
        name = "\(log) (\(number))"
        number += 1
      }
      names.append(name)
    }
    return Table(
      fields: names.map { Field($0, .string) },
      rows: coverage.rows.map { row in
        [.string(row.rule.metadata.title)] + row.cells.map { .string(CoverageReport.text($0)) }
      })
  }

  private func events(_ events: some Sequence<Coverage.EventName>) -> Table {
    Table(
      fields: [Field("EventSource", .string), Field("EventName", .string), Field("events", .long)],
      rows: events.map { [.string($0.source), .string($0.name), .long(Int64($0.count))] })
  }

  private func texts(_ texts: some Sequence<Coverage.AbsentText>) -> Table {
    Table(
      fields: [Field("file", .string), Field("line", .long), Field("text", .string)],
      rows: texts.map { [.string($0.path), $0.line.map { .long(Int64($0)) } ?? .null, .string($0.message)] })
  }

  /// One row for each rule and log.
  private var flatTable: Table {
    Table(
      fields: [
        Field("rule", .string), Field("file", .string), Field("log", .string), Field("result", .string),
        Field("rows", .long), Field("reason", .string),
      ],
      rows: coverage.rows.flatMap { row in
        zip(coverage.logs, row.cells).map { log, cell in
          let entry = CoverageReport.entry(cell)
          return [
            .string(row.rule.metadata.title), .string(row.rule.path), .string(log), .string(entry.word),
            .long(Int64(entry.rows)), .string(CoverageReport.reason(cell) ?? ""),
          ]
        }
      })
  }

  // MARK: - Document

  private static func entry(_ cell: Coverage.Cell) -> (word: String, rows: Int) {
    switch cell {
    case .fired(let rows): ("fired", rows)
    case .silent: ("silent", 0)
    case .notRun: ("not run", 0)
    case .refused: ("refused", 0)
    case .stopped: ("stopped", 0)
    }
  }

  private var document: JSONValue {
    let rules = coverage.rows.map { row -> JSONValue in
      let cells = zip(coverage.logs, row.cells).map { log, cell -> JSONValue in
        let entry = CoverageReport.entry(cell)
        var members: [JSONValue.Member] = [
          .init("log", .string(log)), .init("result", .string(entry.word)),
          .init("rows", .long(Int64(entry.rows))),
        ]
        if let reason = CoverageReport.reason(cell) { members.append(.init("reason", .string(reason))) }
        return .object(members)
      }
      return .object([
        .init("rule", .string(row.rule.metadata.title)), .init("file", .string(row.rule.path)),
        .init("logs", .array(cells)),
      ])
    }
    let unread = coverage.unread.map { event -> JSONValue in
      .object([
        .init("eventSource", .string(event.source)), .init("eventName", .string(event.name)),
        .init("events", .long(Int64(event.count))),
      ])
    }
    let texts = coverage.absentTexts.map { text -> JSONValue in
      .object([
        .init("file", .string(text.path)), .init("line", text.line.map { .long(Int64($0)) } ?? .null),
        .init("message", .string(text.message)),
      ])
    }
    return .object([
      .init("logs", .array(coverage.logs.map { .string($0) })), .init("rules", .array(rules)),
      .init("eventNames", .long(Int64(coverage.events.count))), .init("unreadEvents", .array(unread)),
      .init("readsEverything", .array(coverage.readsEverything.map { .string($0) })),
      .init("absentTexts", .array(texts)),
    ])
  }
}

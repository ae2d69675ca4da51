import Diagnostics
import Engine

/// `makeresults count=3`: rows out of nothing, or out of a small text.
package struct MakeResultsCommandSyntax: Hashable, Sendable {
  package let options: CommandOptions

  package var count: Int { options.integer("count") ?? 1 }
  package var annotates: Bool { options.boolean("annotate") ?? false }
  package var format: String? { options.text("format")?.lowercased() }
  package var data: StringLiteralSyntax? { options["data"]?.value }

  static let record = CommandRecord(
    "makeresults",
    syntax: "makeresults [count=COUNT] [annotate=BOOL] [format=csv|json data=TEXT]",
    summary: "Makes rows out of nothing, or out of a small text.",
    examples: [
      .splQuery(
        "| makeresults count=3 | stats count",
        gives: #""3""#)
    ], isGenerating: true
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "annotate": .boolean, "count": .integer, "data": .text, "format": .choice(["csv", "json"]),
      "splunk_server": .text, "splunk_server_group": .text,
    ]
    var options = CommandOptions()
    while true {
      if parser.isAtOption, rules[parser.peek().text.lowercased()] == nil {
        // Splunk passes over what it does not know here.
        let name = parser.take()
        parser.take()
        _ = parser.parseText()
        parser.report(SPLMessages.optionPassedOver(name, of: command))
      } else if parser.parseOption(command, rules, into: &options) {
        _ = parser.take(.comma)
      } else if let number = parser.parseText() {
        parser.report(SPLMessages.argumentPassedOver(number, of: command))
      } else {
        break
      }
    }
    let names = options.entries.map(\.name)
    for (place, entry) in options.entries.enumerated() where names[..<place].contains(entry.name) {
      parser.report(SPLMessages.optionTwice(entry, of: command))
    }
    if let count = options["count"], let number = options.integer("count"), number < 0 {
      parser.report(SPLMessages.invalidOptionValue("count", count.value, "a number from 0 on"))
    }
    if let lonely = options["format"] ?? options["data"], options["format"] == nil || options["data"] == nil {
      parser.report(SPLMessages.formatNeedsData(at: lonely.span))
    }
    return .makeresults(MakeResultsCommandSyntax(options: options))
  }
}

/// Commands that make rows by themselves, and those that make text of rows.
extension SPLLowering {
  static let resultLimit = 10_000_000

  func lower(_ command: MakeResultsCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if let format = command.format, let data = command.data {
      let table = format == "csv" ? MakeResultsData.csv(data.value) : MakeResultsData.json(data.value)
      guard let table else {
        report(SPLMessages.badResultsData(format, at: data.span))
        return
      }
      relation.close(inline(table, label: "makeresults").plan)
      if format == "json", let now = FunctionCatalog.scalar("now", in: .kql),
        relation.existing("_time") == nil
      {
        let time = makeColumn("_time", .datetime)
        relation.plan = .project(
          Project(
            input: relation.plan,
            assignments: [Assignment(column: time, expression: call(now, [], as: .datetime))]
              + relation.columns.map { Assignment(keeping: $0) }, origin: origin(span)))
      }
      return
    }
    let count = max(0, command.count)
    if count > SPLLowering.resultLimit {
      report(SPLMessages.tooManyResults(at: command.options["count"]?.span ?? span))
      return
    }
    let row = makeColumn("", .long)
    let table = Table(
      fields: [Field("", .long)], columns: [.constant(.long(0), .long, count: count).materialized],
      rowCount: count)
    let rows = LogicalPlan.inline(Inline(columns: [row], table: table, origin: origin(span)))
    var assignments: [Assignment] = []
    if let now = FunctionCatalog.scalar("now", in: .kql) {
      assignments.append(
        Assignment(column: makeColumn("_time", .datetime), expression: call(now, [], as: .datetime)))
    }
    if command.annotates {
      for name in ["_raw", "host", "source", "sourcetype", "splunk_server", "splunk_server_group"] {
        assignments.append(
          Assignment(column: makeColumn(name, .string), expression: .literal(.null, .string)))
      }
    }
    relation.close(.project(Project(input: rows, assignments: assignments, origin: origin(span))))
  }
}

/// The rows of `makeresults format=… data=…`.
enum MakeResultsData {
  static func csv(_ text: String) -> Table? {
    let rows = CSVReader.records(of: text).filter { $0 != [""] }
    guard let header = rows.first else { return nil }
    return Table(
      fields: header.map { Field($0.trimmedBlanks, .string) },
      rows: rows.dropFirst().map { cells in
        header.indices.map { index in
          index < cells.count && !cells[index].isEmpty ? .string(cells[index]) : .null
        }
      })
  }

  static func json(_ text: String) -> Table? {
    guard case .array(let elements)? = SpathFunctions.parse(text) else { return nil }
    var names: [String] = []
    for case .object(let members) in elements {
      for member in members where !names.contains(member.key) { names.append(member.key) }
    }
    let hasRaw = names.contains("_raw")
    names.sort { $0.precedes($1) }
    return Table(
      fields: (hasRaw ? [] : [Field("_raw", .string)]) + names.map { Field($0, .dynamic) },
      rows: elements.map { element in
        (hasRaw ? [] : [.string(element.text)])
          + names.map { name in
            switch element[name] {
            case .none, .some(.null): .null
            case .some(let value): .dynamic(.string(value.scalarText))
            }
          }
      })
  }
}

extension String {
  fileprivate var trimmedBlanks: String { NumberText.trimmed(self) }
}

extension SPLMessages {
  static func optionPassedOver(_ name: SPLToken, of command: SPLToken) -> Diagnostic {
    .warning(
      "option-ignored", "`\(command.text)` passes over the option `\(name.text)`, which it does not have",
      at: name.span)
  }

  static func argumentPassedOver(_ value: StringLiteralSyntax, of command: SPLToken) -> Diagnostic {
    .warning(
      "argument-ignored", "`\(command.text)` passes over `\(value.value)`", at: value.span,
      suggestions: Int(value.value) == nil
        ? []
        : [
          .init(
            "`count=\(value.value)` makes so many rows", replacing: value.span, with: "count=\(value.value)")
        ])
  }

  static func optionTwice(_ option: CommandOptions.Option, of command: SPLToken) -> Diagnostic {
    .error("option-twice", "`\(command.text)` has the option `\(option.name)` twice", at: option.span)
  }

  static func formatNeedsData(at span: SourceSpan) -> Diagnostic {
    .error("format-needs-data", "`format` and `data` of `makeresults` go together", at: span)
  }

  static func tooManyResults(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-results", "`makeresults` makes \(SPLLowering.resultLimit) rows at most", at: span)
  }

  static func badResultsData(_ format: String, at span: SourceSpan) -> Diagnostic {
    .error("invalid-data", "this text is no \(format.uppercased())", at: span)
  }
}

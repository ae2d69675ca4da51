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
    parser.parseOptions(command, rules, into: &options)
    return .makeresults(MakeResultsCommandSyntax(options: options))
  }
}

/// Commands that make rows by themselves, and those that make text of rows.
extension SPLLowering {
  static let resultLimit = 1_000_000

  func lower(_ command: MakeResultsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    if let format = command.format, let data = command.data {
      let table = format == "csv" ? MakeResultsData.csv(data.value) : MakeResultsData.json(data.value)
      guard let table else {
        report(SPLMessages.badResultsData(format, data.span))
        return
      }
      relation.close(inline(table, label: "makeresults").plan)
      return
    }
    let count = min(max(0, command.count), SPLLowering.resultLimit)
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
    var rows: [[String]] = [[]]
    var cell = ""
    var isQuoted = false
    var wasQuote = false
    for character in text + "\n" {
      if isQuoted {
        if wasQuote, character == "\"" {
          cell.append("\"")
          wasQuote = false
          continue
        }
        if wasQuote {
          isQuoted = false
          wasQuote = false
        } else if character == "\"" {
          wasQuote = true
          continue
        } else {
          cell.append(character)
          continue
        }
      }
      switch character {
      case "\"": isQuoted = true
      case ",":
        rows[rows.count - 1].append(cell)
        cell = ""
      case "\n", "\r\n":
        rows[rows.count - 1].append(cell)
        cell = ""
        rows.append([])
      default: cell.append(character)
      }
    }
    let lines = rows.filter { !$0.isEmpty && $0 != [""] }
    guard let header = lines.first else { return nil }
    return Table(
      fields: header.map { Field($0, .string) },
      rows: lines.dropFirst().map { $0.map { $0.isEmpty ? .null : .string($0) } })
  }

  static func json(_ text: String) -> Table? {
    guard case .array(let elements)? = SpathFunctions.parse(text) else { return nil }
    var names: [String] = []
    for case .object(let members) in elements {
      for member in members where !names.contains(member.key) { names.append(member.key) }
    }
    return Table(
      fields: names.map { Field($0, .dynamic) },
      rows: elements.map { element in
        names.map { name in
          switch element[name] {
          case .none, .some(.null): .null
          case .some(.array(let values)): SPLValues.value(of: values.map { .string($0.scalarText) })
          case .some(let value): .dynamic(.string(value.scalarText))
          }
        }
      })
  }
}

extension SPLMessages {
  static func badResultsData(_ format: String, _ span: SourceSpan) -> Diagnostic {
    .error("invalid-data", "this text is no \(format.uppercased())", at: span)
  }
}

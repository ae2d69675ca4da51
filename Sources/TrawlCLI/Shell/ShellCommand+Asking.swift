import Diagnostics
import Engine
import LogSources
import Rules
import Session

/// Commands about questions and their results.
extension ShellCommand {
  static let asking: [ShellCommand] = [
    ShellCommand(
      "include", "ROW COLUMN", takes: .column, "Ask again, with the value of a row as a condition"
    ) { session, text in .done(narrow(session, text, isExcluded: false)) },
    ShellCommand(
      "exclude", "ROW COLUMN", takes: .column, "Ask again without the value of a row"
    ) { session, text in .done(narrow(session, text, isExcluded: true)) },
    ShellCommand(
      "why", "[QUESTION]", takes: .question, "Rows after each stage of a question, or of the last one"
    ) { session, text in
      guard let rule = rule(session, text) else { return .done(noQuestion(session)) }
      return .done(
        session.paging {
          WhyVerb.show(
            rule, in: session.workspace, following: nil, session.settings, session.output,
            isOneOfMany: false, session.console
          ) { _, _ in }
        })
    },
    ShellCommand(
      "explain", "[STAGE] [QUESTION]", takes: .stage, "The plan of a question, or of the last one"
    ) { session, text in
      var rest = text[...]
      var stage = ExplainVerb.Stage.standard
      let first = text.prefix { !$0.isWhitespace }
      if let named = ExplainVerb.Stage(rawValue: String(first)) {
        stage = named
        rest = text.dropFirst(first.count).drop(while: \.isWhitespace)
      }
      guard let rule = rule(session, String(rest)) else { return .done(noQuestion(session)) }
      return .done(
        session.paging {
          ExplainVerb.show(
            rule, stage: stage, isDocument: false, in: session.workspace, session.settings, session.console)
        })
    },
    ShellCommand(
      "chart", "[QUESTION]", takes: .question, "Draw the answer to a question, or the last one"
    ) { session, text in
      if !text.isEmpty { return .done(session.ask(session.rule(text), over: session.result, isDrawn: true)) }
      guard let last = session.last else { return .done(noQuestion(session)) }
      return .done(session.ask(last.rule, over: last.earlier, isDrawn: true))
    },
    ShellCommand("schema", "[TABLE]", takes: .table, "The tables, or the columns of one") { session, text in
      .done(schema(session, text))
    },
  ]

  /// The question that was typed, or the last one.
  private static func rule(_ session: ShellSession, _ text: String) -> DetectionRule? {
    text.isEmpty ? session.last?.rule : session.rule(text)
  }

  private static func noQuestion(_ session: ShellSession) -> ExitCode {
    session.refuse("no-question", "there is no question yet", ["write one behind the command"])
  }

  private static func narrow(_ session: ShellSession, _ text: String, isExcluded: Bool) -> ExitCode {
    let row = text.prefix { !$0.isWhitespace }
    let column = text.dropFirst(row.count).trimmed
    guard let number = Int(row), !column.isEmpty else {
      return session.refuse(
        "invalid-argument", "a row's number and a column are wanted, as in `\\include 1 EventName`")
    }
    return session.narrow(row: number, column: column, isExcluded: isExcluded)
  }

  private static func schema(_ session: ShellSession, _ name: String) -> ExitCode {
    let sources = session.workspace.sources
    var shown: Table?
    if name.isEmpty {
      shown = SchemaVerb.listing
    } else if let table = SourceCatalog.table(name) {
      shown = SchemaVerb.columns(of: table)
    } else if let definition = sources.table(named: name) {
      shown = Table(
        fields: [Field("column", .string), Field("type", .string)],
        rows: definition.fields.map { [.string($0.name), .string($0.type.rawValue)] })
    }
    guard let shown else {
      return session.refuse(
        "unknown-table", "no table named `\(name)`",
        UsageError.suggestion(NearestNames.of(name, among: sources.tableNames))
          + ["`\\schema` lists the tables"])
    }
    session.console.paging { SchemaVerb.show(shown, session.output, session.console) }
    return .success
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  var trimmed: String {
    var text = self.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

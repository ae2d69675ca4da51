import Diagnostics
import Engine

/// `makemv delim="," allowempty=t user`: splits a text into several values.
package struct MakeMVCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  package var delimiter: String { options.text("delim") ?? " " }
  package var tokenizer: StringLiteralSyntax? { options["tokenizer"]?.value }
  package var allowEmpty: Bool { options.boolean("allowempty") ?? false }

  static let record = CommandRecord(
    "makemv",
    syntax: "makemv [delim=TEXT|tokenizer=REGEX] [allowempty=BOOL] [setsv=BOOL] FIELD",
    summary: "Splits a text into several values.",
    differs: [
      "A field is its values, and one text of them, a line each, is made where a command needs one: `setsv=t`, which "
        + "makes that text in Splunk, changes nothing."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval user="ann,ben" | makemv delim="," user | table user"#,
        gives: #"mvappend("ann", "ben")"#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "allowempty": .boolean, "delim": .text, "setsv": .boolean, "tokenizer": .text,
    ]
    let (field, options) = parser.parseOneField(command, rules)
    return .makemv(MakeMVCommandSyntax(field: field, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: MakeMVCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let field = command.field, let column = read(field, in: &relation) else { return }
    let value = text(plain(column.reference))
    if let tokenizer = command.tokenizer {
      do throws(RegexSyntaxError) {
        let regex = try RegularExpression(tokenizer.value, options: .init(dialect: .perl))
        let group = regex.captureCount > 0 ? 1 : 0
        assign(
          field.name, self.group(group, of: tokenizer, in: value, matches: 0), in: &relation, at: span)
      } catch {
        report(SPLMessages.badPattern(error, at: tokenizer.sourceSpan(forValueRange: error.range)))
      }
      return
    }
    let parts = call(
      ValueListFunctions.split, [value, literal(command.delimiter), literal(command.allowEmpty)],
      as: .dynamic)
    assign(field.name, parts, in: &relation, at: span)
  }
}

import Diagnostics
import Engine

/// `replace "*localhost" with local, x with y in host`: replaces whole values.
///
/// A `*` behind `with` stands for what the `*` of the pattern matched.
package struct ReplaceCommandSyntax: Hashable, Sendable {
  package struct Replacement: Hashable, Sendable {
    package let pattern: StringLiteralSyntax
    package let text: StringLiteralSyntax
  }

  package let replacements: [Replacement]
  /// Empty: every field.
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "replace",
    syntax: "replace OLD|PATTERN with NEW … [in FIELD …]",
    summary: "Replaces whole values.",
    examples: [
      .splQuery(
        #"| makeresults | eval host="a.localhost" | replace "*localhost" with local in host | table "#
          + "host",
        gives: #""local""#)
    ]
  ) { parser, command in
    var replacements: [Replacement] = []
    while !parser.isAtStageEnd, !parser.peek().isKeyword("in") {
      if parser.takeComma() { continue }
      guard let pattern = parser.parseText(), parser.takeKeyword("with") != nil,
        let text = parser.parseText()
      else {
        parser.unexpected("`pattern with text`")
        break
      }
      replacements.append(Replacement(pattern: pattern, text: text))
    }
    parser.requireArguments(replacements, command, "`pattern with text`")
    var fields: [FieldNameSyntax] = []
    if let keyword = parser.takeKeyword("in") {
      var options = CommandOptions()
      fields = parser.parseFields(command, [:], into: &options)
      parser.requireArguments(fields, keyword)
    }
    return .replace(ReplaceCommandSyntax(replacements: replacements, fields: fields))
  }
}

extension SPLLowering {
  func lower(_ command: ReplaceCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var pairs: [Expression] = []
    for replacement in command.replacements {
      let pattern = replacement.pattern.value
      do throws(RegexSyntaxError) {
        _ = try RegularExpression(RexFunctions.wholePattern(pattern), options: RexFunctions.wholeOptions)
        pairs += [literal(pattern), literal(replacement.text.value)]
      } catch {
        report(SPLMessages.badPattern(error, at: replacement.pattern.span))
      }
    }
    if command.fields.isEmpty { fetchFollowing(in: &relation) }
    let changed =
      command.fields.isEmpty
      ? relation.columns.filter { !$0.name.hasPrefix("_") }
      : command.fields.flatMap { columns($0, in: &relation) }
    assign(
      changed.map { column in
        let value = column.type == .dynamic ? column.reference : text(plain(column.reference))
        return Assignment(
          column: makeColumn(column.name, value.type),
          expression: call(RexFunctions.replaceWhole, [value] + pairs, as: value.type))
      }, in: &relation, at: span)
  }
}

import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: ReplaceCommandSyntax, in relation: Relation, at span: SourceSpan) {
    var pairs: [(pattern: RegularExpression, text: String)] = []
    for replacement in command.replacements {
      let pieces = replacement.pattern.value.split(separator: "*", omittingEmptySubsequences: false)
      let pattern = "^" + pieces.map { RegularExpression.quoted(String($0)) }.joined(separator: ".*") + "$"
      var options = RegularExpression.Options(dialect: .perl)
      options.dotMatchesNewline = true
      do throws(RegexSyntaxError) {
        pairs.append((try RegularExpression(pattern, options: options), replacement.text.value))
      } catch {
        report(SPLMessages.badPattern(error, replacement.pattern.span))
      }
    }
    if command.fields.isEmpty { fetchFollowing(in: relation) }
    let changed =
      command.fields.isEmpty
      ? relation.columns.filter { !$0.name.hasPrefix("_") }
      : command.fields.flatMap { columns($0, in: relation) }
    let function = RexFunctions.replaceWhole(pairs)
    assign(
      changed.map { column in
        let value = column.type == .dynamic ? column.reference : text(plain(column.reference))
        return Assignment(
          column: makeColumn(column.name, value.type), expression: call(function, [value], as: value.type))
      }, in: relation, at: span)
  }
}

import Diagnostics
import Engine

extension SPLLowering {
  /// Named groups become fields; where nothing fits, fields stay as they were.
  func lower(_ command: RexCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let pattern = command.pattern, let column = read(command.field, in: relation, at: span) else {
      return
    }
    if command.isSed {
      guard let edit = sed(pattern) else { return }
      let value = column.type == .dynamic ? column.reference : text(plain(column.reference))
      assign(column.name, call(RexFunctions.edit(edit), [value], as: value.type), in: relation, at: span)
      return
    }
    guard let regex = regex(pattern) else { return }
    let names = regex.captureNames
    if !names.contains(where: { $0 != nil }) {
      report(SPLMessages.noNamedGroup(pattern.span))
      return
    }
    let value = text(plain(column.reference))
    var assignments: [Assignment] = []
    let type: DataType = command.maximumMatches == 1 ? .string : .dynamic
    for (index, name) in names.enumerated() {
      guard let name else { continue }
      let function = RexFunctions.group(index, of: regex, matches: max(0, command.maximumMatches))
      let found = call(function, [value], as: type)
      let kept = self.column(name, in: relation).map { firstPresent([found, $0.reference]) } ?? found
      assignments.append(Assignment(column: makeColumn(name, kept.type), expression: kept))
    }
    if let offsets = command.offsetField {
      let found = call(RexFunctions.offsets(of: regex), [value], as: .string)
      assignments.append(Assignment(column: makeColumn(offsets, .string), expression: found))
    }
    assign(assignments, in: relation, at: span)
  }

  func lower(_ command: RegexCommandSyntax, in relation: Relation, at span: SourceSpan) {
    let name = command.field?.name ?? "_raw"
    guard let pattern = command.pattern, let regex = regex(pattern) else { return }
    guard let column = read(name, in: relation, at: command.field?.span ?? span) else {
      if !command.isNegated { filter(relation, by: .literal(.bool(false), .bool), at: span) }
      return
    }
    let value = column.type == .dynamic ? column.reference : text(plain(column.reference))
    let isFound = call(RexFunctions.isFound(regex), [value], as: .bool)
    // A row without the field does not fit the pattern.
    let condition =
      command.isNegated
      ? choose([(isFound, .literal(.bool(false), .bool))], otherwise: .literal(.bool(true), .bool)) : isFound
    filter(relation, by: condition, at: span)
  }

  private func regex(_ literal: StringLiteralSyntax) -> RegularExpression? {
    do throws(RegexSyntaxError) {
      return try RegularExpression(literal.value, options: .init(dialect: .perl))
    } catch {
      report(SPLMessages.badPattern(error, literal.sourceSpan(forValueRange: error.range)))
      return nil
    }
  }

  private func sed(_ literal: StringLiteralSyntax) -> SedCommand? {
    do throws(RegexSyntaxError) {
      if let command = try SedCommand(literal.value) { return command }
      return fail(SPLMessages.badSed(literal.span))
    } catch {
      return fail(SPLMessages.badPattern(error, literal.span))
    }
  }
}

extension SPLMessages {
  static func noNamedGroup(_ span: SourceSpan) -> Diagnostic {
    .error(
      "no-named-group", "the pattern has no named group, so it makes no field", at: span,
      suggestions: [.init("`(?<name>…)` makes the field `name`")])
  }

  static func badSed(_ span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-sed", "this is no `sed` command", at: span,
      notes: ["`s/pattern/replacement/g` replaces, `y/abc/xyz/` exchanges characters"])
  }
}

import Diagnostics
import Engine

/// `rex field=user max_match=0 "(?<name>[a-z]+)"`, or with `mode=sed` a replacement in place.
package struct RexCommandSyntax: Hashable, Sendable {
  package let pattern: StringLiteralSyntax?
  package let options: CommandOptions

  /// The field that is read; `_raw` if nothing is said.
  package var field: String { options.text("field") ?? "_raw" }
  package var isSed: Bool { options.text("mode")?.lowercased() == "sed" }
  /// How many matches are taken; 0 is all.
  package var maximumMatches: Int { options.integer("max_match") ?? 1 }
  package var offsetField: String? { options.text("offset_field") }

  static let record = CommandRecord(
    "rex",
    syntax: "rex [field=FIELD] [max_match=COUNT] [mode=sed] REGEX",
    summary: "Takes fields out of text by a regular expression.",
    notes: [
      "Named groups become fields; what does not fit leaves them as they are."
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval s="user=ann" | rex field=s "user=(?<user>\w+)" | table user"#,
        gives: #""ann""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "field": .text, "max_match": .integer, "mode": .choice(["sed"]), "offset_field": .text,
    ]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let pattern = parser.parsePattern(command)
    parser.parseOptions(command, rules, into: &options)
    return .rex(RexCommandSyntax(pattern: pattern, options: options))
  }
}

extension SPLParser {
  /// Reads a regular expression: a text in quotes, or everything up to the next blank.
  mutating func parsePattern(_ command: SPLToken) -> StringLiteralSyntax? {
    if peek().kind != .string, let token = takeBarePattern() {
      return StringLiteralSyntax(token, in: text, escapes: .quotesOnly)
    }
    guard let pattern = parseText() else {
      if !isRecovering { syntaxError(SPLMessages.missingPattern(command, peek())) }
      return nil
    }
    return pattern
  }
}

extension SPLLowering {
  /// Named groups become fields; where nothing fits, fields stay as they were.
  func lower(_ command: RexCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let pattern = command.pattern, let column = read(command.field, in: &relation, at: span) else {
      return
    }
    if command.isSed {
      guard isSed(pattern) else { return }
      let value = column.type == .dynamic ? column.reference : text(plain(column.reference))
      assign(
        column.name, call(RexFunctions.edit, [value, literal(pattern.value)], as: value.type), in: &relation,
        at: span)
      return
    }
    guard let regex = regex(pattern) else { return }
    let names = regex.captureNames
    if !names.contains(where: { $0 != nil }) {
      report(SPLMessages.noNamedGroup(at: pattern.span))
      return
    }
    let value = text(plain(column.reference))
    var assignments: [Assignment] = []
    for (index, name) in names.enumerated() {
      guard let name else { continue }
      let found = group(index, of: pattern, in: value, matches: max(0, command.maximumMatches))
      let kept = self.column(name, in: &relation).map { firstPresent([found, $0.reference]) } ?? found
      assignments.append(Assignment(column: makeColumn(name, kept.type), expression: kept))
    }
    if let offsets = command.offsetField {
      let found = call(RexFunctions.offsets, [value, literal(pattern.value)], as: .string)
      assignments.append(Assignment(column: makeColumn(offsets, .string), expression: found))
    }
    assign(assignments, in: &relation, at: span)
  }

  func regex(_ literal: StringLiteralSyntax) -> RegularExpression? {
    do throws(RegexSyntaxError) {
      return try RegularExpression(literal.value, options: .init(dialect: .perl))
    } catch {
      report(SPLMessages.badPattern(error, at: literal.sourceSpan(forValueRange: error.range)))
      return nil
    }
  }

  /// The text of a group of a pattern: of the first match, or of so many (0 is all).
  func group(
    _ index: Int, of pattern: StringLiteralSyntax, in value: Expression, matches: Int
  ) -> Expression {
    call(
      RexFunctions.group, [value, literal(pattern.value), literal(index), literal(matches)],
      as: matches == 1 ? .string : .dynamic)
  }

  private func isSed(_ literal: StringLiteralSyntax) -> Bool {
    do throws(RegexSyntaxError) {
      if try SedCommand(literal.value) != nil { return true }
      report(SPLMessages.badSed(at: literal.span))
    } catch {
      report(SPLMessages.badPattern(error, at: literal.span))
    }
    return false
  }
}

extension SPLMessages {
  static func noNamedGroup(at span: SourceSpan) -> Diagnostic {
    .error(
      "no-named-group", "the pattern has no named group, so it makes no field", at: span,
      suggestions: [.init("`(?<name>…)` makes the field `name`")])
  }

  static func badSed(at span: SourceSpan) -> Diagnostic {
    .error(
      "invalid-sed", "this is no `sed` command", at: span,
      notes: ["`s/pattern/replacement/g` replaces, `y/abc/xyz/` exchanges characters"])
  }
}

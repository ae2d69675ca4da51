import Diagnostics
import Engine

/// Comparisons of `where` and `eval` that are right as SPL and seldom meant.
extension SPLLowering {
  func warnAboutComparison(_ binary: EvalBinarySyntax, in relation: inout Relation) {
    switch binary.operation {
    case .equal, .notEqual:
      warnAboutBareText(binary.right, against: binary.left, in: &relation)
    case .less, .lessOrEqual, .greater, .greaterOrEqual: break
    case .add, .subtract, .multiply, .divide, .modulo, .concatenate, .like: return
    }
    warnAboutDates(binary.left, binary.right, in: &relation)
    warnAboutDates(binary.right, binary.left, in: &relation)
  }

  /// `where eventName=ConsoleLogin` and `where user='alice'` compare two fields.
  func warnAboutBareText(
    _ value: EvalExpressionSyntax, against other: EvalExpressionSyntax, in relation: inout Relation
  ) {
    guard case .field(let field) = value, case .field = other, relation.isOpen,
      relation.existing(field.name) == nil, !relation.isRemoved(field.name)
    else { return }
    let isPlain = field.name.utf8.allSatisfy { SPLLexer.isWordByte($0) || $0 == UInt8(ascii: " ") }
    // Fields of events begin with a small letter, the names of actions and services with a capital one.
    let beginsLarge = field.name.first.map { $0.isUppercase } ?? false
    guard isPlain, field.isQuoted || beginsLarge else { return }
    report(SPLMessages.fieldForText(field))
  }

  /// `where _time > "2024-01-01"` compares a number with a text.
  private func warnAboutDates(
    _ field: EvalExpressionSyntax, _ value: EvalExpressionSyntax, in relation: inout Relation
  ) {
    guard case .field(let name) = field, case .string(let literal) = value,
      column(name.name, in: &relation)?.type == .datetime, Double(literal.value) == nil
    else { return }
    report(SPLMessages.timeAgainstText(name.name, literal))
  }
}

extension SPLMessages {
  static func fieldForText(_ field: FieldNameSyntax) -> Diagnostic {
    .warning(
      "field-for-text", "`\(field.name)` is a field here, not a text", at: field.span,
      notes: field.isQuoted ? ["single quotes name a field"] : ["a word without quotes names a field"],
      suggestions: [
        .init("`\"\(field.name)\"` is the text", replacing: field.span, with: "\"\(field.name)\"")
      ])
  }

  static func timeAgainstText(_ name: String, _ literal: StringLiteralSyntax) -> Diagnostic {
    .warning(
      "time-against-text", "`\(name)` is a number of seconds, and this is a text", at: literal.span,
      suggestions: [.init("`strptime(\"\(literal.value)\", \"%Y-%m-%d\")` reads a date")])
  }
}

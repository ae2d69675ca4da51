package import Diagnostics
package import Engine

extension KQL {
  /// A query with a condition on a column of its result behind it: `T | where EventName == "SendEmail"`.
  package static func narrowed(
    _ source: SourceText, to column: Field, being value: Value, isExcluded: Bool
  ) -> String {
    let tokens = KQLLexer.tokens(of: source).tokens.filter { $0.kind != .endOfFile }
    var end = tokens.last?.span.upperBound ?? 0
    if let last = tokens.last, last.kind == .punctuation(.semicolon) { end = last.span.lowerBound }
    // A chart is made of the rows that are left.
    var rest = ""
    if let pipe = tokens.lastIndex(where: { $0.kind == .punctuation(.pipe) }), pipe + 1 < tokens.count,
      tokens[pipe + 1].word == RenderSyntax.record.reference.names.first?.text
    {
      rest = "\n" + text(of: source, tokens[pipe].span.lowerBound, end)
      end = pipe > 0 ? tokens[pipe - 1].span.upperBound : 0
    }
    let condition = condition(on: column, being: value, isExcluded: isExcluded)
    return text(of: source, 0, end) + "\n| where \(condition)" + rest
  }

  private static func text(of source: SourceText, _ lower: Int, _ upper: Int) -> String {
    String(source[SourceSpan(lower, max(lower, upper))])
  }

  private static func condition(on column: Field, being value: Value, isExcluded: Bool) -> String {
    let name = KQLName.text(column.name)
    let isMissing = value.isNull || value == .string("")
    if isMissing {
      let isText = column.type == .string || column.type == .dynamic
      return "\(isExcluded ? "isnot" : "is")\(isText ? "empty" : "null")(\(name))"
    }
    if case .real(let number) = value, number.isNaN {
      return isExcluded ? "(not(isnan(\(name))) or isnull(\(name)))" : "isnan(\(name))"
    }
    if case .dynamic = value {
      return "tostring(\(name)) \(isExcluded ? "!=" : "==") \(KQLSourcePrinter.quoted(value.kqlText))"
    }
    let constant = constant(value, column.type)
    guard isExcluded else { return "\(name) == \(constant)" }
    // A comparison with null is neither true nor false.
    return column.type == .string
      ? "\(name) != \(constant)" : "(\(name) != \(constant) or isnull(\(name)))"
  }

  /// A value as a query writes it.
  package static func constant(_ value: Value, _ type: DataType) -> String {
    KQLName.constant(value, type).text
  }
}

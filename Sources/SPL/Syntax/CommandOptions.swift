package import Diagnostics

/// The `name=value` options of one command, checked against what the command knows.
///
/// Example: in `streamstats window=5 current=f sum(x)` these are `window` and `current`.
package struct CommandOptions: Hashable, Sendable {
  package struct Option: Hashable, Sendable {
    /// In lower case.
    package let name: String
    package let nameSpan: SourceSpan
    package let value: StringLiteralSyntax
    package var span: SourceSpan { nameSpan.union(value.span) }
  }

  package internal(set) var entries: [Option] = []

  /// The last option of a name: a later one wins.
  package subscript(name: String) -> Option? { entries.last { $0.name == name } }

  package func text(_ name: String) -> String? { self[name]?.value.value }
  package func boolean(_ name: String) -> Bool? { text(name).flatMap(Self.boolean(of:)) }
  package func integer(_ name: String) -> Int? { text(name).flatMap { Int($0) } }
  package func number(_ name: String) -> Double? { text(name).flatMap { Double($0) } }
  package func timeSpan(_ name: String) -> TimeSpanSyntax? {
    self[name].flatMap { TimeSpanSyntax($0.value) }
  }

  static func boolean(of text: String) -> Bool? {
    switch text.lowercased() {
    case "t", "true", "1", "yes", "y": true
    case "f", "false", "0", "no", "n": false
    default: nil
    }
  }
}

/// What an option's value must look like.
enum OptionKind: Hashable, Sendable {
  case text, boolean, integer, number, timeSpan
  /// A count or a span, or a number below 0 for no limit.
  case countLimit, spanLimit
  /// A span of time, of numbers, or of powers: `5m`, `10`, `log2`.
  case binSpan
  /// An eval expression: in quotes, in parentheses, or between `"("` and `")"`.
  case expression
  case choice([String])

  /// What is wrong with a value, as "expects …"; nil for a good one.
  func expectation(for value: StringLiteralSyntax) -> String? {
    let text = value.value
    switch self {
    case .text, .expression: return nil
    case .countLimit, .spanLimit:
      if let number = Int(text), number < 0 { return nil }
      return (self == .countLimit ? OptionKind.integer : .timeSpan).expectation(for: value)
    case .boolean: return CommandOptions.boolean(of: text) == nil ? "`true` or `false`" : nil
    case .integer: return Int(text).map { $0 < 0 } ?? true ? "a whole number that is not negative" : nil
    case .number: return Double(text) == nil ? "a number" : nil
    case .binSpan:
      if LogarithmicSpan(value.value) != nil { return nil }
      return OptionKind.timeSpan.expectation(for: value)
    case .timeSpan: return TimeSpanSyntax(value) == nil ? "a span such as `5m`, `1h` or `1d`" : nil
    case .choice(let choices):
      if choices.contains(text.lowercased()) { return nil }
      return choices.map { "`\($0)`" }.joined(separator: ", ")
    }
  }
}

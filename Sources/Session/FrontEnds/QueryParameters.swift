import Diagnostics
import Engine
import KQL

/// Finds the parameters of a KQL query: scalar `let`s, numbers and times that a name is compared with, and the times of
/// `ago` and `bin`.
///
/// ```
///   let Limit = 10;
///   T | where TimeGenerated > ago(1d) | summarize n = count() by bin(TimeGenerated, 1h) | where n > 5
///
///   Limit = 10      ago = 1d      bin = 1h      n = 5
/// ```
struct QueryParameters {
  private let source: SourceText
  private let tokens: [KQLToken]

  static func find(in source: SourceText, variables: [String]) -> [RuleParameter] {
    let lets = lets(in: source, names: variables)
    let search = QueryParameters(source: source, tokens: KQLLexer.tokens(of: source).tokens)
    let places = search.tokens.indices.compactMap { search.parameter(at: $0) }
    // A name that is a `let` means the `let`.
    return lets + RuleParameter.numbered(places.filter { !variables.contains($0.name) })
  }

  private static func lets(in source: SourceText, names: [String]) -> [RuleParameter] {
    let (syntax, _) = KQL.parse(source)
    var result: [RuleParameter] = []
    func add(_ name: String, _ value: SourceSpan?, at span: SourceSpan) {
      guard names.contains(name), !result.contains(where: { $0.name == name }) else { return }
      let current = value.map { source[$0] } ?? ""
      result.append(
        RuleParameter(
          name: name, current: current.split(whereSeparator: \.isWhitespace).joined(separator: " "),
          place: .variable, line: source.position(of: span.lowerBound).line))
    }
    for statement in syntax.statements {
      switch statement {
      case .let(let node):
        if case .expression(let value) = node.value { add(node.name.text, value.span, at: node.span) }
      case .queryParameters(let node):
        for parameter in node.parameters {
          add(parameter.name.text, parameter.defaultValue?.span, at: parameter.span)
        }
      case .set, .query, .unsupported, .error: continue
      }
    }
    // Those of function bodies and saved functions.
    for name in names where !result.contains(where: { $0.name == name }) {
      result.append(RuleParameter(name: name, current: "", place: .variable, line: nil))
    }
    return result
  }

  /// The parameter whose value is the token at a place.
  private func parameter(at index: Int) -> RuleParameter? {
    let form: RuleParameter.Form
    switch kind(index) {
    case .long(.some), .real: form = .number
    case .timespan(.some): form = .word
    case .word, .string, .long, .timespan, .bool, .guid, .typedLiteral, .punctuation, .unknown, .endOfFile:
      return nil
    }
    if let name = comparedName(before: index), !isArithmetic(index + 1) {
      return parameter(name, at: index, form, detail: "compared")
    }
    guard form == .word, isMark(index + 1, .rightParenthesis) else { return nil }
    if isMark(index - 1, .leftParenthesis), tokens[safe: index - 2]?.word == "ago" {
      return parameter("ago", at: index, form, detail: "")
    }
    if isMark(index - 1, .comma), tokens[safe: index - 2]?.word != nil, isMark(index - 3, .leftParenthesis),
      tokens[safe: index - 4]?.word == "bin"
    {
      return parameter("bin", at: index, form, detail: "")
    }
    return nil
  }

  /// `n` of `n > `, where nothing is calculated with it.
  private func comparedName(before index: Int) -> String? {
    guard let name = tokens[safe: index - 2]?.word,
      [.less, .lessOrEqual, .greater, .greaterOrEqual].contains(where: { isMark(index - 1, $0) }),
      !isArithmetic(index - 3), !isMark(index - 3, .dot)
    else { return nil }
    return name
  }

  private func parameter(
    _ name: String, at index: Int, _ form: RuleParameter.Form, detail: String
  ) -> RuleParameter {
    let span = tokens[index].span
    return RuleParameter(
      name: name, current: source[span], place: .text(span, form),
      line: source.position(of: span.lowerBound).line, detail: detail)
  }

  private func kind(_ index: Int) -> KQLToken.Kind { tokens[safe: index]?.kind ?? .endOfFile }

  private func isMark(_ index: Int, _ mark: KQLPunctuation) -> Bool { kind(index) == .punctuation(mark) }

  private func isArithmetic(_ index: Int) -> Bool {
    [.plus, .minus, .star, .slash, .percent].contains { isMark(index, $0) }
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

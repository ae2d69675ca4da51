import Diagnostics
import Engine

/// `sort 100 - count, +user, num(size) desc`: orders rows.
package struct SortCommandSyntax: Hashable, Sendable {
  /// How many rows are kept: nil if nothing is said, 0 for all.
  package let limit: Int?
  package let keys: [SortKeySyntax]
  /// A trailing `d` or `desc`, which turns the whole order round.
  package let isReversed: Bool

  static let record = CommandRecord(
    "sort",
    syntax: "sort [COUNT] [+|-]FIELD …",
    summary: "Orders rows by fields.",
    notes: [
      "Splunk keeps 10,000 rows unless a count is said; 0 is all.",
      "`num(F)`, `str(F)` and `ip(F)` say how values compare; otherwise numbers by value, and before "
        + "texts.",
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | sort - n | table n",
        gives: #"mvappend("3", "2", "1")"#)
    ]
  ) { parser, command in
    let countToken = parser.peek()
    var limit = parser.parseInteger()
    if let count = limit, count < 0 {
      parser.report(SPLMessages.negativeSortCount(count, field: parser.peek().text, at: countToken.span))
    }
    var options = CommandOptions()
    parser.parseOptions(command, ["limit": .integer], into: &options)
    limit = options.integer("limit") ?? limit
    let keys = parser.parseSortKeys(command)
    if let first = keys.first?.field, keys.count > 1, !first.isQuoted, first.name.lowercased() == "by" {
      parser.report(SPLMessages.sortBy(first))
    }
    let isReversed = parser.takeSortDirection()
    parser.requireArguments(keys, command)
    return .sort(SortCommandSyntax(limit: limit, keys: keys, isReversed: isReversed))
  }
}

/// One key of an order.
package struct SortKeySyntax: Hashable, Sendable {
  /// How values are compared.
  package enum Comparison: String, Hashable, Sendable {
    case auto, num, str, ip
  }

  package let field: FieldNameSyntax
  package let isDescending: Bool
  package let comparison: Comparison
}

extension SPLParser {
  /// Reads keys such as `-count`, `- count`, `+user` and `num(size)`.
  mutating func parseSortKeys(_ command: SPLToken) -> [SortKeySyntax] {
    var keys: [SortKeySyntax] = []
    var sign: Character?
    while !isAtStageEnd {
      if takeComma() { continue }
      let token = peek()
      if sign == nil, !keys.isEmpty, isSortDirection(token), Self.endsStage(peekSecond().kind) { break }
      if token.kind == .word, token.text == "-" || token.text == "+" {
        sign = take().text.first
        continue
      }
      guard let key = parseSortKey(sign) else {
        unexpected("a field to sort by")
        break
      }
      keys.append(key)
      sign = nil
    }
    if let sign, !isRecovering {
      syntaxError(SPLMessages.missingArgument("a field after `\(sign)`", of: command, at: peek()))
    }
    return keys
  }

  private mutating func parseSortKey(_ sign: Character?) -> SortKeySyntax? {
    let token = peek()
    var direction = sign
    var name = token.text
    if token.kind == .word, direction == nil, let first = name.first, first == "-" || first == "+" {
      direction = first
      name.removeFirst()
    }
    if token.kind == .word, peekSecond().kind == .leftParenthesis,
      let comparison = SortKeySyntax.Comparison(rawValue: name.lowercased())
    {
      take()
      let open = take()
      guard let inner = parsePlainField(), take(.rightParenthesis) != nil else {
        syntaxError(SPLMessages.unclosedParenthesis(at: open.span, peek()))
        return nil
      }
      return SortKeySyntax(field: inner, isDescending: direction == "-", comparison: comparison)
    }
    guard var field = parseField() else { return nil }
    if name != token.text {
      field = FieldNameSyntax(name: String(field.name.dropFirst()), span: field.span, isQuoted: false)
    }
    return SortKeySyntax(field: field, isDescending: direction == "-", comparison: .auto)
  }

  private func isSortDirection(_ token: SPLToken) -> Bool {
    token.kind == .word && ["a", "asc", "d", "desc"].contains(token.text.lowercased())
  }

  /// Takes a trailing `d`, `desc`, `a` or `asc`; true if it turns the order round.
  mutating func takeSortDirection() -> Bool {
    guard isSortDirection(peek()), Self.endsStage(peekSecond().kind) else { return false }
    return take().text.lowercased().hasPrefix("d")
  }
}

extension SPLLowering {
  static let sortLimit = 10_000

  func lower(_ command: SortCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let limit = command.limit == 0 ? nil : command.limit
    sort(&relation, by: command.keys, isReversed: command.isReversed, limit: limit, at: span)
    if command.limit != nil { return }
    // A few rows off the top are the same either way.
    if case .head(let head)? = following.first?.command, head.condition == nil,
      (head.count ?? 10) <= SPLLowering.sortLimit
    {
      return
    }
    cap(
      &relation, at: SPLLowering.sortLimit, "Splunk's `sort` keeps 10,000 rows unless it says `sort 0`",
      at: span)
  }

  func sort(
    _ relation: inout Relation, by keys: [SortKeySyntax], isReversed: Bool, limit: Int?, at span: SourceSpan
  ) {
    var parts: [Sort.Key] = []
    for key in keys {
      guard let column = read(key.field, in: &relation) else { continue }
      parts += sortKeys(column.reference, key.comparison, isDescending: key.isDescending != isReversed)
    }
    relation.plan = .sort(Sort(input: relation.plan, keys: parts, limit: limit, origin: origin(span)))
  }

  /// Numbers by value and before texts, addresses by their parts, texts by their bytes; what is missing comes last.
  func sortKeys(
    _ value: Expression, _ comparison: SortKeySyntax.Comparison = .auto, isDescending: Bool
  ) -> [Sort.Key] {
    func key(_ expression: Expression, nullsFirst: Bool = false) -> Sort.Key {
      Sort.Key(expression: expression, descending: isDescending, nullsFirst: nullsFirst)
    }
    switch value.type {
    case .bool, .int, .long, .real, .decimal, .datetime, .timespan, .guid: return [key(value)]
    case .string, .dynamic: break
    }
    let missing = Sort.Key(expression: isNull(value), descending: false, nullsFirst: false)
    let plainText = text(value)
    let asNumber = number(plainText)
    let asAddress = call(SPLRowFunctions.addressKey, [plainText], as: .string)
    switch comparison {
    case .num: return [key(asNumber)]
    case .str: return [missing, key(plainText)]
    case .ip: return [missing, key(asAddress, nullsFirst: isDescending), key(plainText)]
    case .auto:
      return [
        missing, key(asNumber, nullsFirst: isDescending), key(asAddress, nullsFirst: isDescending),
        key(plainText),
      ]
    }
  }
}

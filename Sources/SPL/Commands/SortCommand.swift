/// `sort 100 - count, +user, num(size) desc`: orders rows.
package struct SortCommandSyntax: Hashable, Sendable {
  /// How many rows are kept: nil if nothing is said, 0 for all.
  package let limit: Int?
  package let keys: [SortKeySyntax]
  /// A trailing `d` or `desc`, which turns the whole order round.
  package let isReversed: Bool

  static let record = CommandRecord(
    "sort", summary: "Orders rows by fields.", example: "sort 0 - count, +user num(size) desc"
  ) { parser, command in
    var limit = parser.parseInteger()
    var options = CommandOptions()
    parser.parseOptions(command, ["limit": .integer], into: &options)
    limit = options.integer("limit") ?? limit
    let keys = parser.parseSortKeys(command)
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
    guard var field = parseField() else { return nil }
    var direction = sign
    if token.kind == .word, direction == nil, let first = token.text.first, first == "-" || first == "+" {
      direction = first
      field = FieldNameSyntax(name: String(token.text.dropFirst()), span: token.span, isQuoted: false)
    }
    var comparison = SortKeySyntax.Comparison.auto
    if peek().kind == .leftParenthesis {
      guard let named = SortKeySyntax.Comparison(rawValue: field.name.lowercased()) else {
        syntaxError(SPLMessages.unknownSortType(field))
        return nil
      }
      let open = take()
      guard let inner = parseField(), take(.rightParenthesis) != nil else {
        syntaxError(SPLMessages.unclosedParenthesis(open.span, peek()))
        return nil
      }
      comparison = named
      field = inner
    }
    return SortKeySyntax(field: field, isDescending: direction == "-", comparison: comparison)
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

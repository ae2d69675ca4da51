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
        syntaxError(SPLMessages.unclosedParenthesis(open.span, peek()))
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

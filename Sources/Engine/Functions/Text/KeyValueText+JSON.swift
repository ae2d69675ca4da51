/// The rule of `parse-kv` as a constant of a plan.
///
/// ```
///   {"regex": "…"}
///   {"pair": " ", "keyValue": "=", "quotes": ["<", ">"], "escape": "\\", "greedy": false}
///   {"keys": ["a", "b"], "quotes": []}
/// ```
extension KeyValueText {
  package var literal: Expression {
    let members: [JSONValue.Member] =
      switch rule {
      case .regex(let expression): [.init("regex", .string(expression.pattern))]
      case .delimited(let pair, let keyValue, let quotes, let escape, let greedy):
        [
          .init("pair", .string(pair)), .init("keyValue", .string(keyValue)),
          .init("quotes", KeyValueText.json(quotes)),
          .init("escape", escape.map { .string(String($0)) } ?? .null), .init("greedy", .bool(greedy)),
        ]
      case .undelimited(let quotes):
        [
          .init("keys", .array(keys.map { .string($0) })), .init("quotes", KeyValueText.json(quotes)),
        ]
      }
    return .literal(.dynamic(.object(members)), .dynamic)
  }

  /// From such a constant; nil for another.
  init?(_ json: JSONValue) throws(RegexSyntaxError) {
    if case .string(let pattern)? = json["regex"] {
      self.init(rule: .regex(try RegularExpression(pattern)), keys: [])
    } else if case .string(let pair)? = json["pair"], case .string(let keyValue)? = json["keyValue"] {
      self.init(
        rule: .delimited(
          pair: pair, keyValue: keyValue, quotes: KeyValueText.quotes(json),
          escape: json["escape"]?.scalarText.first, greedy: json["greedy"] == .bool(true)), keys: [])
    } else if case .array(let keys)? = json["keys"] {
      self.init(rule: .undelimited(quotes: KeyValueText.quotes(json)), keys: keys.map(\.scalarText))
    } else {
      return nil
    }
  }

  private static func json(_ quotes: [(open: Character, close: Character)]) -> JSONValue {
    .array(quotes.flatMap { [.string(String($0.open)), .string(String($0.close))] })
  }

  private static func quotes(_ json: JSONValue) -> [(open: Character, close: Character)] {
    guard case .array(let marks)? = json["quotes"] else { return [] }
    let characters = marks.compactMap { $0.scalarText.first }
    return stride(from: 0, to: characters.count - 1, by: 2).map { (characters[$0], characters[$0 + 1]) }
  }
}

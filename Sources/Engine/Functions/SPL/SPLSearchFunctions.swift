/// What the comparisons and words of `search` are made of. They are true or false, never null, so that NOT
/// holds for events without the field.
package enum SPLSearchFunctions {
  package static let all: [ScalarFunction] = [
    equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, exists, term, exactCase, phrase,
    subnet,
  ]

  private static func test(
    _ name: String, _ summary: String, _ meaning: PredicateMeaning, notation: Notation = .call,
    _ prepare: @escaping @Sendable (String) -> TextTest
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([.any("field"), .string("value").constant], returns: .fixed(.bool)), summary,
      notes: ["Of several values, one is enough. False for an absent field."], nulls: .neverNull,
      notation: notation,
      kernel: .vector { call in
        guard case .constant(let constant) = call.arguments[1], case .string(let text) = constant.value else {
          return .constant(.bool(false), .bool, count: call.count)
        }
        return anyValue(of: call.arguments[0], count: call.count, prepare(text))
      }, meaning: meaning, examples: [])
  }

  /// True in the rows in which a test holds for one of the values.
  static func anyValue(of column: Column, count: Int, _ test: @escaping TextTest) -> Column {
    func holds(_ value: Value) -> Bool {
      SPLValue.texts(value).contains { text in
        var text = text
        return text.withUTF8 { test($0) }
      }
    }
    if case .constant(let constant) = column {
      return .constant(.bool(holds(constant.value)), .bool, count: count)
    }
    guard case .string(let strings) = column, strings.type == .string else {
      return .bools((0..<count).map { holds(column.value(at: $0)) })
    }
    return strings.codes.withBuffer { codes in
      guard let validity = strings.validity else {
        return .bools(codes.map { test(strings.dictionary[$0]) })
      }
      return validity.withBuffer { valid in
        .bools((0..<count).map { valid[$0] && test(strings.dictionary[codes[$0]]) })
      }
    }
  }

  private static let same = PredicateMeaning(.equals, ignoresCase: true, hasWildcards: true)
  private static let different = PredicateMeaning(
    .equals, ignoresCase: true, isNegated: true, hasWildcards: true)

  static let equal = test(
    "search=", "Is true if a field has a value, in any case; `*` is a wildcard.", same,
    notation: .infix(.comparison)
  ) {
    text in
    let pattern = WildcardText(text)
    return { pattern.matches($0) }
  }

  static let notEqual = test(
    "search!=", "Is true if a field has a value that does not fit.", different,
    notation: .infix(.comparison)
  ) {
    text in
    let pattern = WildcardText(text)
    return { !pattern.matches($0) }
  }

  private static func ordering(_ name: String, _ summary: String, _ relation: SPLRelation) -> ScalarFunction {
    test(name, summary, relation.meaning, notation: .infix(.comparison)) { text in
      relation.test(against: .string(text))
    }
  }

  static let less = ordering("search<", "Is true if a field has a smaller value.", .less)
  static let lessOrEqual = ordering("search<=", "Is true if a field has no larger value.", .lessOrEqual)
  static let greater = ordering("search>", "Is true if a field has a larger value.", .greater)
  static let greaterOrEqual = ordering(
    "search>=", "Is true if a field has no smaller value.", .greaterOrEqual)

  package static let exists = ScalarFunction(
    [.spl("search exists")], Signature([.any("field")], returns: .fixed(.bool)),
    "Is true if the event has the field, empty or not.", nulls: .neverNull,
    kernel: .vector { call in
      guard let validity = call.arguments[0].validity else {
        return .constant(.bool(true), .bool, count: call.count)
      }
      return .bool(BoolColumn(values: validity, validity: nil))
    }, meaning: PredicateMeaning(.present), examples: [])

  package static let term = test(
    "search term", "Is true if a text has a word between breakers, in any case.",
    PredicateMeaning(.term, ignoresCase: true, hasWildcards: true)
  ) { text in
    let term = SearchTerm(text)
    return { term.occurs(in: $0) }
  }

  package static let exactCase = test(
    "search CASE", "Is true if a text has a word between breakers, as written.",
    PredicateMeaning(.term, hasWildcards: true)
  ) { text in
    let term = SearchTerm(text, ignoresCase: false)
    return { term.occurs(in: $0) }
  }

  package static let phrase = test(
    "search phrase", "Is true if a text has another in it, in any case.",
    PredicateMeaning(.contains, ignoresCase: true, hasWildcards: true)
  ) { text in
    if text.contains("*") {
      let pattern = WildcardText("*" + text + "*")
      return { pattern.matches($0) }
    }
    let needle = TextNeedle(text, ignoresCase: true)
    return { needle.isContained(in: $0) }
  }

  static let subnet = test(
    "search cidr", "Is true if a field has an address of a subnet.", PredicateMeaning(.matches(.subnet))
  ) { text in
    guard let network = SubnetText(text) else { return { _ in false } }
    return { network.contains(String(decoding: $0, as: UTF8.self)) }
  }
}

/// A subnet of IPv4 or IPv6 addresses in CIDR notation; contains only addresses of its own family.
struct SubnetText: Sendable {
  private let network: IPv6Network
  private let isShort: Bool

  init?(_ text: String) {
    guard let network = IPv6Network(text) else { return nil }
    self.network = network
    isShort = IPv4Address(text.prefix { $0 != "/" }) != nil
  }

  func contains(_ text: String) -> Bool {
    guard let address = IPv6Network(text) else { return false }
    return (IPv4Address(text.prefix { $0 != "/" }) != nil) == isShort && network.contains(address)
  }
}

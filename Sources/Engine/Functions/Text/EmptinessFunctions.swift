/// Whether there is a value at all: `isempty`, `isnull` and their opposites.
package enum EmptinessFunctions {
  package static let all: [ScalarFunction] = [isEmpty, isNotEmpty, isNull, isNotNull]

  static let isEmpty = record(
    [.kql("isempty")], "Is true for the empty text and for null.", emptyTexts: true, isNegated: false,
    examples: [
      .kql(#"isempty("")"#, gives: "true"), .kql("isempty(int(null))", gives: "true"),
      .kql(#"isempty(" ")"#, gives: "false"),
    ])

  static let isNotEmpty = record(
    [.kql("isnotempty"), .kqlAlias("notempty")], "Is true for all but the empty text and null.",
    emptyTexts: true, isNegated: true,
    examples: [
      .kql(#"isnotempty("a")"#, gives: "true"), .kql(#"isnotempty("")"#, gives: "false"),
      .kql("isnotempty(dynamic(null))", gives: "false"),
    ])

  static let isNull = record(
    [.kql("isnull")], "Is true for null; a text is never null.", emptyTexts: false, isNegated: false,
    examples: [
      .kql("isnull(long(null))", gives: "true"), .kql(#"isnull("")"#, gives: "false"),
      .kql("isnull(dynamic([]))", gives: "false"), .kql(#"isnull(parse_json(""))"#, gives: "true"),
    ])

  static let isNotNull = record(
    [.kql("isnotnull"), .kqlAlias("notnull")], "Is true for all but null; a text is never null.",
    emptyTexts: false, isNegated: true,
    examples: [
      .kql("isnotnull(1)", gives: "true"), .kql("isnotnull(datetime(null))", gives: "false"),
    ])

  private static func record(
    _ names: [FunctionName], _ summary: String, emptyTexts: Bool, isNegated: Bool, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      names, Signature([.any("value")], returns: .fixed(.bool)), summary, nulls: .neverNull,
      kernel: .vector { call in
        EmptinessKernel.test(
          call.arguments[0], count: call.count, emptyTexts: emptyTexts, isNegated: isNegated)
      },
      meaning: emptyTexts
        ? PredicateMeaning(.empty, isNegated: isNegated) : PredicateMeaning(.present, isNegated: !isNegated),
      examples: examples)
  }
}

enum EmptinessKernel {
  /// Null, and with `emptyTexts` the empty text; in text columns null is the empty text.
  static func test(_ column: Column, count: Int, emptyTexts: Bool, isNegated: Bool) -> Column {
    switch column {
    case .constant(let constant):
      let isAbsent = isAbsent(constant.value, constant.type, emptyTexts: emptyTexts)
      return .constant(.bool(isAbsent != isNegated), .bool, count: count)
    case .string(let strings) where strings.type == .string && !emptyTexts:
      return .constant(.bool(isNegated), .bool, count: count)
    case .string(let strings) where emptyTexts:
      let dictionary = strings.dictionary
      // In a dynamic column the empty text is "" between quotes.
      let emptyLength = strings.type == .dynamic ? 2 : 0
      var values = strings.codes.withBuffer { codes in
        codes.map { code in
          let text = dictionary[code]
          return (text.count == 0 || text.count == emptyLength && text[0] == UInt8(ascii: "\"")) != isNegated
        }
      }
      if let validity = strings.validity {
        for row in 0..<count where !validity[row] { values[row] = !isNegated }
      }
      return .bools(values)
    case .values(let values): return .bools(values.values.array.map { $0.isNull != isNegated })
    case .bool, .int64, .real, .string:
      guard let validity = column.validity else { return .constant(.bool(isNegated), .bool, count: count) }
      return .bools(validity.withBuffer { $0.map { $0 == isNegated } })
    }
  }

  private static func isAbsent(_ value: Value, _ type: DataType, emptyTexts: Bool) -> Bool {
    if value.isNull { return emptyTexts || type != .string }
    switch value {
    case .string(let text), .dynamic(.string(let text)): return emptyTexts && text.isEmpty
    case .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return false
    }
  }
}

extension SPLRowFunctions {
  /// Texts one after the other; null if one is.
  package static let joinTexts = ScalarFunction(
    [.spl("[strcat]")], Signature([Parameter.string("part").repeated], returns: .fixed(.string)),
    "Joins texts.",
    kernel: .scalar { arguments in .string(arguments.map(\.splText).joined()) }, examples: [])

  /// Whether a text is another, byte by byte; null is no text.
  package static let sameText = ScalarFunction(
    [.spl("[same text]")], Signature([.string("text"), .string("other")], returns: .fixed(.bool)),
    "Is true for the same text.",
    nulls: .neverNull,
    kernel: .scalar { arguments in
      guard arguments.count == 2, case .string = arguments[0] else { return .bool(false) }
      return .bool(arguments[0] == arguments[1])
    }, examples: [])

  /// Whether an integer is within bounds.
  package static let isBetween = ScalarFunction(
    [.spl("[between]")],
    Signature(
      [.long("value"), .long("lower").constant, .long("upper").constant], returns: .fixed(.bool)),
    "Is true within bounds.", nulls: .neverNull,
    kernel: .vector { call in
      guard case .int64(let column)? = call.arguments.first?.materialized,
        let lower = call.integer(1), let upper = call.integer(2)
      else { return .constant(.bool(false), .bool, count: call.count) }
      let inside = column.values.withBuffer { $0.map { $0 >= lower && $0 <= upper } }
      return .bool(BoolColumn(values: Vector(inside), validity: nil))
    }, examples: [])

  /// A share of a hundred as `top` prints it, such as `66.666667`.
  package static let percentage = ScalarFunction(
    [.spl("[percentage]")], Signature([.number("part"), .number("whole")], returns: .fixed(.string)),
    "Gives a share of a hundred.",
    kernel: .scalar { arguments in
      guard arguments.count == 2, let part = arguments[0].number, let whole = arguments[1].number, whole != 0
      else { return .null }
      return .string(NumberText.formatted("%.6f", part / whole * 100))
    }, examples: [])

  /// A text by which addresses sort as numbers do; null for what is no IPv4 address.
  package static let addressKey = ScalarFunction(
    [.spl("[address key]")], Signature([.string("text")], returns: .fixed(.string)),
    "Gives the key by which an address sorts.",
    kernel: .scalar { arguments in
      guard case .string(let text)? = arguments.first else { return .null }
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 4 else { return .null }
      var key = ""
      for part in parts {
        guard let byte = UInt8(part) else { return .null }
        let digits = String(byte)
        key += String(repeating: "0", count: 3 - digits.count) + digits
      }
      return .string(key)
    }, examples: [])
}

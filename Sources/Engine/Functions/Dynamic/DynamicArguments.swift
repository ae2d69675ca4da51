/// How functions of dynamic values read their arguments.
extension Value {
  /// The elements of an array; nil for anything else.
  var elements: [JSONValue]? {
    if case .dynamic(.array(let elements)) = self { elements } else { nil }
  }

  /// The members of a bag; nil for anything else.
  var members: [JSONValue.Member]? {
    if case .dynamic(.object(let members)) = self { members } else { nil }
  }

  var integer: Int64? {
    switch self {
    case .long(let number): number
    case .real(let number): Int64(exactly: number)
    case .dynamic(let json): json.scalar?.integer
    case .null, .bool, .decimal, .datetime, .timespan, .guid, .string: nil
    }
  }

  var text: String? {
    switch self {
    case .string(let text), .dynamic(.string(let text)): text
    case .null, .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: nil
    }
  }

  static func array(_ elements: [JSONValue]) -> Value { .dynamic(.array(elements)) }
}

extension JSONValue {
  /// Equal for values that sets count as one: 5 and 5.0, bags with their keys in another order.
  var identity: JSONValue {
    switch self {
    case .null, .bool, .long, .string: self
    case .real(let number): Int64(exactly: number).map { .long($0) } ?? self
    case .array(let elements): .array(elements.map(\.identity))
    case .object(let members):
      .object(
        members.map { Member($0.key, $0.value.identity) }
          .sorted { $0.key.precedes($1.key) })
    }
  }

  /// A number's value; nil for what is none.
  var number: Double? {
    switch self {
    case .long(let value): Double(value)
    case .real(let value): value
    case .null, .bool, .string, .array, .object: nil
    }
  }
}

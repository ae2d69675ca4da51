/// Several values of one SPL field: none is null, one is itself, more are an array.
package enum SPLValues {
  package static func value(of elements: [JSONValue]) -> Value {
    switch elements.count {
    case 0: .null
    case 1: .dynamic(elements[0])
    default: .dynamic(.array(elements))
    }
  }

  /// A value among several: a whole number has no fraction, as `2` and not `2.0`.
  package static func json(of value: Value) -> JSONValue {
    guard case .real(let number) = value, let whole = Int64(exactly: number) else { return value.json }
    return .long(whole)
  }

  /// The values of a field, none for null.
  package static func elements(of value: Value) -> [JSONValue] {
    switch value {
    case .null, .dynamic(.null): []
    case .dynamic(.array(let elements)): elements
    case .datetime, .timespan: [.string(value.splText)]
    case .bool, .long, .real, .decimal, .guid, .string, .dynamic: [value.json]
    }
  }

  /// The texts of a field's values.
  package static func texts(of value: Value) -> [String] {
    switch value {
    case .null, .dynamic(.null): []
    case .dynamic(.array(let elements)): elements.map(\.scalarText)
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string, .dynamic: [value.splText]
    }
  }
}

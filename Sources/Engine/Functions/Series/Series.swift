/// An array of numbers as the series functions read it: null where an element is no number.
struct Series {
  var values: [Double?]
  /// No element is a real, so that results may stay integers.
  var isInteger: Bool

  /// nil if the value is no array.
  init?(_ value: Value) {
    guard let elements = value.elements else { return nil }
    self.init(elements: elements)
  }

  init(elements: [JSONValue]) {
    isInteger = true
    values = []
    values.reserveCapacity(elements.count)
    for element in elements {
      if case .real = element { isInteger = false }
      values.append(Series.number(element))
    }
  }

  /// A number; the texts that stand for NaN and infinities in JSON count too.
  static func number(_ element: JSONValue) -> Double? {
    switch element {
    case .long(let value): Double(value)
    case .real(let value): value
    case .string("NaN"): .nan
    case .string("Infinity"): .infinity
    case .string("-Infinity"): -.infinity
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// The numbers, if there is at least one element and none is null.
  var numbers: [Double]? {
    var result: [Double] = []
    result.reserveCapacity(values.count)
    for value in values {
      guard let value else { return nil }
      result.append(value)
    }
    return result.isEmpty ? nil : result
  }

  static func array(_ values: [Double?]) -> JSONValue {
    .array(values.map { value in value.map { real($0) } ?? .null })
  }

  /// Whole numbers as integers, the rest as reals.
  static func array(_ values: [Double?], asIntegers: Bool) -> JSONValue {
    guard asIntegers else { return array(values) }
    return .array(
      values.map { value in
        guard let value else { return .null }
        return Int64(exactly: value.rounded()).map { .long($0) } ?? real(value)
      })
  }

  /// A real as JSON has it: what is not finite is a text.
  private static func real(_ value: Double) -> JSONValue {
    if value.isFinite { return .real(value) }
    return .string(value.isNaN ? "NaN" : value > 0 ? "Infinity" : "-Infinity")
  }
}

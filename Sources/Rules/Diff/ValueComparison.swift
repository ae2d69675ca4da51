package import Engine

/// How the values of two columns are compared: exactly within a language, by meaning across languages.
///
/// | the columns | compared as |
/// |---|---|
/// | of one language and type | values, exactly; null and "" are two values |
/// | of one language, two number types | numbers |
/// | one is a datetime | moments: epoch seconds and texts of times count, to the microsecond |
/// | one is a timespan | seconds |
/// | one is a number | numbers, to 12 digits; a text counts if all of it is a number |
/// | one is a bool | true, 1 and `true`; false, 0 and `false` |
/// | one is dynamic | by content: an array of one value is that value, the order of more does not count, and a text that is an array or object counts as one |
/// | else | texts |
///
/// Across languages null, "", an empty array and an absent field are one and the same.
package enum ValueComparison: String, Hashable, Sendable {
  case exact, moment, seconds, number, truth, content, text

  package init(_ old: DataType, _ new: DataType, isAcrossLanguages: Bool) {
    let types = [old, new]
    if !isAcrossLanguages {
      if old == new {
        self = .exact
      } else {
        self = old.isNumeric && new.isNumeric ? .number : .exact
      }
    } else if types.contains(.datetime) {
      self = .moment
    } else if types.contains(.timespan) {
      self = .seconds
    } else if types.contains(where: \.isNumeric) {
      self = .number
    } else if types.contains(.bool) {
      self = .truth
    } else if types.contains(.dynamic) {
      self = .content
    } else {
      self = .text
    }
  }

  /// A value in the form in which equal values are equal.
  package func canonical(_ value: Value) -> CanonicalValue {
    if self == .exact {
      // Not a number is never equal to itself.
      if case .real(let number) = value, number.isNaN { return .text("NaN") }
      return .exact(value)
    }
    guard let scalar = ValueComparison.scalar(value) else { return list(value) }
    if self == .content, case .string(let text) = scalar, let tree = ValueComparison.tree(text) {
      return canonical(.dynamic(tree))
    }
    if scalar.isNull || scalar == .string("") { return .absent }
    switch self {
    case .exact, .content, .text: return .text(ValueComparison.text(of: scalar))
    case .moment: return moment(scalar) ?? .text(ValueComparison.text(of: scalar))
    case .seconds: return seconds(scalar) ?? .text(ValueComparison.text(of: scalar))
    case .number:
      return ValueComparison.number(scalar) ?? .text(ValueComparison.text(of: scalar))
    case .truth: return truth(scalar) ?? .text(ValueComparison.text(of: scalar))
    }
  }

  // MARK: -

  /// The value itself, or the only element of a list; nil for a longer list or a bag.
  private static func scalar(_ value: Value) -> Value? {
    guard case .dynamic(let tree) = value else { return value }
    switch tree {
    case .null: return .null
    case .bool(let truth): return .bool(truth)
    case .long(let number): return .long(number)
    case .real(let number): return .real(number)
    case .string(let text): return .string(text)
    case .array(let elements):
      let filled = elements.filter { $0 != .null && $0 != .string("") }
      if filled.isEmpty { return .null }
      guard filled.count == 1, let only = filled.first else { return nil }
      return scalar(.dynamic(only))
    case .object(let members): return members.isEmpty ? .null : nil
    }
  }

  private func list(_ value: Value) -> CanonicalValue {
    guard case .dynamic(let tree) = value else { return .text(ValueComparison.text(of: value)) }
    switch tree {
    case .array(let elements):
      let texts = elements.filter { $0 != .null && $0 != .string("") }
        .map(ValueComparison.text)
      return .list(texts.sorted())
    case .null, .bool, .long, .real, .string, .object: return .text(tree.text)
    }
  }

  /// An element among others: a JSON text is its tree.
  private static func text(of element: JSONValue) -> String {
    switch scalar(.dynamic(element)) {
    case .string(let text)?: tree(text)?.text ?? text
    case let value?: text(of: value)
    case nil: element.text
    }
  }

  private static func text(of value: Value) -> String {
    switch value {
    case .real, .decimal: number(value)?.numberText ?? value.splText
    case .datetime(let ticks): Ticks.datetimeText(ticks)
    case .string(let text): text
    case .null, .bool, .long, .timespan, .guid, .dynamic: value.splText
    }
  }

  /// The object or array that a text is; nil for any other text.
  private static func tree(_ text: String) -> JSONValue? {
    guard text.hasPrefix("{") || text.hasPrefix("[") else { return nil }
    return JSONValue(parsing: text)
  }

  private static func number(_ value: Value) -> CanonicalValue? {
    switch value {
    case .long(let number): .whole(number)
    case .string(let text):
      NumberText.integer(text).map { .whole($0) } ?? NumberText.real(text).map { CanonicalValue($0) }
    case .real, .decimal: value.number.map { CanonicalValue($0) }
    case .null, .bool, .datetime, .timespan, .guid, .dynamic: nil
    }
  }

  private func moment(_ value: Value) -> CanonicalValue? {
    switch value {
    case .datetime(let ticks): return .microseconds(ticks / Ticks.perMicrosecond)
    case .string(let text):
      if let seconds = NumberText.real(text) { return moment(.real(seconds)) }
      return DatetimeParsing.parseKQL(text).map { .microseconds($0 / Ticks.perMicrosecond) }
    case .long, .real, .decimal:
      return value.number.flatMap { Ticks.fromUnix(seconds: $0) }
        .map { .microseconds($0 / Ticks.perMicrosecond) }
    case .null, .bool, .timespan, .guid, .dynamic: return nil
    }
  }

  private func seconds(_ value: Value) -> CanonicalValue? {
    switch value {
    case .timespan(let ticks): return .microseconds(ticks / Ticks.perMicrosecond)
    case .string(let text):
      if let seconds = NumberText.real(text) { return self.seconds(.real(seconds)) }
      return TimespanParsing.parseKQL(text).map { .microseconds($0 / Ticks.perMicrosecond) }
    case .long, .real, .decimal:
      guard let number = value.number, abs(number) < 9e12 else { return nil }
      return .microseconds(Int64((number * 1_000_000).rounded()))
    case .null, .bool, .datetime, .guid, .dynamic: return nil
    }
  }

  private func truth(_ value: Value) -> CanonicalValue? {
    switch value {
    case .bool(let truth): return .truth(truth)
    case .long(1), .real(1): return .truth(true)
    case .long(0), .real(0): return .truth(false)
    case .string(let text):
      switch text.lowercased() {
      case "true", "1": return .truth(true)
      case "false", "0": return .truth(false)
      default: return nil
      }
    case .null, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
  }
}

/// A value as it is compared; equal ones mean the same.
package enum CanonicalValue: Hashable, Sendable {
  case absent
  case exact(Value)
  /// Whole numbers and others apart, so that large ones stay exact.
  case whole(Int64)
  case real(Double)
  case microseconds(Int64)
  case truth(Bool)
  case text(String)
  case list([String])

  /// A number, to 12 digits.
  init(_ number: Double) {
    if let whole = Int64(exactly: number) {
      self = .whole(whole)
      return
    }
    guard number.isFinite else {
      self = .text(Value.text(of: number))
      return
    }
    // A power of ten that leaves 12 digits before the point.
    var scale = 1.0
    var size = abs(number)
    while size < 1e11, scale < 1e300 {
      size *= 10
      scale *= 10
    }
    while size >= 1e12, size < 1e300 {
      size /= 10
      scale /= 10
    }
    let rounded = (number * scale).rounded() / scale
    self = Int64(exactly: rounded).map { .whole($0) } ?? .real(rounded)
  }

  fileprivate var numberText: String {
    switch self {
    case .whole(let number): String(number)
    case .real(let number): Value.splText(of: number)
    case .absent, .exact, .microseconds, .truth, .text, .list: ""
    }
  }
}

/// How SPL sees a value: its text, the number it looks like, and the several values it may hold.
///
///     SPLValue.number(.string("10"))  // 10
///     SPLValue.elements(.dynamic(.array([.string("a"), .string("b")])))  // "a", "b"
package enum SPLValue {
  /// The number that a value is or looks like; nil for other texts and for several values.
  static func number(_ value: Value) -> Double? {
    switch value {
    case .long(let number): return Double(number)
    case .real(let number): return number
    case .decimal: return value.number
    case .string(var text): return text.withUTF8 { number($0) }
    case .datetime(let ticks): return Ticks.unixSeconds(of: ticks)
    case .timespan(let ticks): return Double(ticks) / Double(Ticks.perSecond)
    case .dynamic(let json): return json.scalar.flatMap { number($0) }
    case .null, .bool, .guid: return nil
    }
  }

  /// The number that a text looks like: decimal digits with a sign, a point and an exponent; no blanks.
  static func number(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let first = text.first, text.count <= 64 else { return nil }
    let isStart =
      first &- 0x30 < 10 || first == UInt8(ascii: "-") || first == UInt8(ascii: ".")
      || first == UInt8(ascii: "+")
    guard isStart else { return nil }
    var hasDigit = false
    for byte in text {
      switch byte {
      case 0x30...0x39: hasDigit = true
      case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
        break
      default: return nil
      }
    }
    return hasDigit ? Double(String(decoding: text, as: UTF8.self)) : nil
  }

  /// The text of a value; numbers in dynamic values are written as all other numbers.
  package static func text(_ value: Value) -> String {
    if case .dynamic(let json) = value, let scalar = json.scalar { return scalar.splText }
    return value.splText
  }

  static func text(_ json: JSONValue) -> String { json.scalar.map(\.splText) ?? json.scalarText }

  /// The values inside: none of null, those of an array, else the value itself.
  static func elements(_ value: Value) -> [Value] {
    switch value {
    case .null, .dynamic(.null): []
    case .dynamic(.array(let elements)):
      elements.compactMap { $0 == .null ? nil : $0.scalar ?? .dynamic($0) }
    case .dynamic(let json): [json.scalar ?? value]
    case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .string: [value]
    }
  }

  static func texts(_ value: Value) -> [String] { elements(value).map { text($0) } }

  /// Null for no text, the text for one, an array for several.
  static func collapsed(_ texts: [String]) -> Value {
    if texts.count == 1 { return .dynamic(.string(texts[0])) }
    return texts.isEmpty ? .null : .dynamic(.array(texts.map { .string($0) }))
  }

  /// The order of two single values: as numbers if both look like numbers, else as texts. NaN has none.
  static func order(_ left: Value, _ right: Value) -> Int? {
    if let first = number(left), let second = number(right) { return order(first, second) }
    var first = text(left)
    var second = text(right)
    return first.withUTF8 { first in second.withUTF8 { second in StringDictionary.compare(first, second) } }
  }

  @inline(__always)
  static func order(_ left: Double, _ right: Double) -> Int? {
    left < right ? -1 : left > right ? 1 : left == right ? 0 : nil
  }

  static func isEqual(_ left: Value, _ right: Value) -> Bool { order(left, right) == 0 }
}

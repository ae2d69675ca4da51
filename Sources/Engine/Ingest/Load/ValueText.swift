/// The text of a raw value: escapes resolved, broken UTF-8 repaired.
enum ValueText {
  /// Absent and null are "".
  static func withText<Result>(
    _ value: FieldValue, _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    switch value.kind {
    case .absent, .null: return body(UnsafeBufferPointer(start: value.start, count: 0))
    case .isFalse, .isTrue, .number: return body(value.bytes)
    case .string, .object, .array, .many:
      if JSONBytes.isASCII(value.start, value.count) { return body(value.bytes) }
      var repaired = String(decoding: value.bytes, as: UTF8.self)
      return repaired.withUTF8(body)
    case .escapedString:
      var text = JSONText.unescaped(value.bytes) ?? String(decoding: value.bytes, as: UTF8.self)
      return text.withUTF8(body)
    }
  }

  /// The value as compact JSON; text that is itself an object or an array is taken as that.
  static func json(_ value: FieldValue) -> [UInt8]? {
    switch value.kind {
    case .absent, .null: return nil
    case .isFalse, .isTrue, .number: return Array(value.bytes)
    case .object, .array, .many: return compact(value.bytes)
    case .string, .escapedString:
      return withText(value) { text in
        if let first = text.first, first == 0x7B || first == 0x5B, JSONValue(parsing: text) != nil {
          return compact(text)
        }
        return quoted(text)
      }
    }
  }

  /// The values of a `{}` path as a JSON array of their texts.
  static func textArray(_ value: FieldValue) -> [UInt8]? {
    guard value.kind == .many, case .array(let elements)? = JSONValue(parsing: value.bytes) else {
      return withText(value, quoted)
    }
    let texts = elements.compactMap { element -> String? in
      switch element {
      case .null: "null"
      case .object, .array: nil
      case .bool, .long, .real, .string: element.scalarText
      }
    }
    if texts.isEmpty { return nil }
    var result: [UInt8] = texts.count > 1 ? [0x5B] : []
    for text in texts {
      if result.count > 1 { result.append(0x2C) }
      JSONValue.writeQuoted(text, to: &result)
    }
    return texts.count > 1 ? result + [0x5D] : result
  }

  static func quoted(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    JSONValue.writeQuoted(String(decoding: text, as: UTF8.self), to: &result)
    return result
  }

  /// The same JSON without blanks between its parts.
  private static func compact(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var isInside = false
    var isEscaped = false
    for byte in text {
      if isInside {
        result.append(byte)
        if isEscaped {
          isEscaped = false
        } else if byte == 0x5C {
          isEscaped = true
        } else if byte == 0x22 {
          isInside = false
        }
      } else if !JSONBytes.isBlank(byte) {
        result.append(byte)
        isInside = byte == 0x22
      }
    }
    return result
  }
}

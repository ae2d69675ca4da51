#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes the entry of a string or dynamic column from a raw value.
struct TextConversion {
  let form: FieldForm
  let type: DataType

  /// Interns the value; false if it is null, which takes the code of "".
  func intern(_ value: FieldValue, into dictionary: SharedTextDictionary, _ code: inout UInt32) -> Bool {
    if type == .dynamic {
      let json = dynamicText(value)
      code = (json ?? []).withUnsafeBufferPointer { dictionary.intern(copying: $0) }
      return json != nil
    }
    if value.kind == .null, form == .optionalText {
      code = Array("null".utf8).withUnsafeBufferPointer { dictionary.intern(copying: $0) }
      return true
    }
    if form == .optionalText, value.kind.isContainer {
      code = dictionary.intern(copying: UnsafeBufferPointer(start: nil, count: 0))
      return false
    }
    ValueText.withText(value) { text in
      let isSame = text.baseAddress == value.start && !text.isEmpty
      code = isSame ? dictionary.intern(shared: value.start, text.count) : dictionary.intern(copying: text)
    }
    return form != .optionalText || value.kind != .absent
  }

  private func dynamicText(_ value: FieldValue) -> [UInt8]? {
    guard form == .optionalText else { return ValueText.json(value) }
    switch value.kind {
    case .absent: return nil
    case .null: return Array("\"null\"".utf8)
    case .many: return ValueText.textArray(value)
    case .isFalse, .isTrue, .number, .string, .escapedString:
      return ValueText.withText(value, ValueText.quoted)
    case .object, .array: return nil
    }
  }
}

/// Makes scalars from raw values; nil where the text does not say one.
enum ScalarConversion {
  static func bool(_ value: FieldValue) -> Bool? {
    switch value.kind {
    case .isTrue: true
    case .isFalse: false
    case .absent, .null, .object, .array, .many: nil
    case .number, .string, .escapedString:
      ValueText.withText(value) { text in
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
      }
    }
  }

  static func long(_ value: FieldValue, _ type: DataType) -> Int64? {
    switch value.kind {
    case .isTrue: return 1
    case .isFalse: return 0
    case .absent, .null, .object, .array, .many: return nil
    case .number, .string, .escapedString: break
    }
    let whole = ValueText.withText(value) { text -> Int64? in
      let text = String(decoding: text, as: UTF8.self)
      if let exact = Int64(text) { return exact }
      guard let real = Double(text) else { return nil }
      return Int64(exactly: real.rounded(.towardZero))
    }
    guard let whole else { return nil }
    return type == .int ? Int32(exactly: whole).map { Int64($0) } : whole
  }

  /// A number without fraction or exponent that fits 64 bits.
  static func isWhole(_ value: FieldValue) -> Bool {
    Int64(String(decoding: value.bytes, as: UTF8.self)) != nil
  }

  static func real(_ value: FieldValue) -> Double? {
    guard value.kind == .number || value.kind.isString else { return nil }
    return ValueText.withText(value) { Double(String(decoding: $0, as: UTF8.self)) }
  }

  static func boxed(_ value: FieldValue, _ type: DataType) -> Value? {
    guard value.kind == .number || value.kind.isString else { return nil }
    let text = ValueText.withText(value) { String(decoding: $0, as: UTF8.self) }
    if type == .guid { return GUID(text: text).map { .guid($0) } }
    return Decimal(string: text).map { .decimal($0) }
  }
}

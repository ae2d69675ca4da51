/// Texts to dynamic: once for each distinct text, without a tree where the text is compact JSON already.
enum ParseJSONKernel {
  static func parse(_ column: Column, count: Int) -> Column {
    switch column {
    case .constant(let constant): return .constant(parse(constant.value), .dynamic, count: count)
    case .string(let strings) where strings.type == .string: return parse(strings, count: count)
    case .string: return column
    case .bool, .int64, .real, .values: return ConversionKernels.convert(column, to: .dynamic)
    }
  }

  /// JSON becomes what it says; any other text stays a text; the empty text is null.
  static func parse(_ value: Value) -> Value {
    guard case .string(let text) = value else { return ValueConversion.convert(value, to: .dynamic) }
    if text.isEmpty { return .null }
    let json = JSONValue(parsing: text) ?? .string(text)
    return json == .null ? .null : .dynamic(json)
  }

  /// Codes of the new dictionary: not worked out yet, and null.
  private static let unknown = UInt32.max
  private static let null = UInt32.max - 1

  private static func parse(_ column: StringColumn, count: Int) -> Column {
    if let shared = sharing(column, count: count) { return shared }
    let source = column.dictionary
    var builder = StringDictionaryBuilder()
    let nullText = builder.intern("null")
    // A dictionary much larger than the rows is not worth a table.
    var known = [UInt32](repeating: unknown, count: source.count <= 4 * count + 1024 ? source.count : 0)
    var codes = [UInt32](repeating: nullText, count: count)
    var validity = [Bool](repeating: true, count: count)
    var hasNull = false
    column.codes.withBuffer { rows in
      for row in 0..<count {
        var code = unknown
        if let valid = column.validity, !valid[row] { code = null }
        let place = Int(rows[row])
        if code == unknown, place < known.count { code = known[place] }
        if code == unknown {
          code = Self.code(of: source[rows[row]], in: &builder)
          if place < known.count { known[place] = code }
        }
        if code == null {
          validity[row] = false
          hasNull = true
        } else {
          codes[row] = code
        }
      }
    }
    return .string(
      StringColumn(
        type: .dynamic, codes: Vector(codes), dictionary: builder.finish(),
        validity: hasNull ? Vector(validity) : nil))
  }

  /// The same texts as dynamic, without a copy; nil if one of them is not JSON as columns hold it.
  private static func sharing(_ column: StringColumn, count: Int) -> Column? {
    let source = column.dictionary
    var isJSON = [Bool](repeating: false, count: source.count <= 4 * count + 1024 ? source.count : 0)
    var validity = column.validity?.array ?? [Bool](repeating: true, count: count)
    var hasNull = column.validity != nil
    let isShared = column.codes.withBuffer { codes in
      for row in 0..<count where validity[row] {
        let code = codes[row]
        if !isJSON.isEmpty, isJSON[Int(code)] { continue }
        let text = source[code]
        if text.isEmpty
          || (text.count == 4 && text[0] == UInt8(ascii: "n") && CompactJSONScanner.isCanonical(text))
        {
          validity[row] = false
          hasNull = true
        } else if CompactJSONScanner.isCanonical(text) {
          if !isJSON.isEmpty { isJSON[Int(code)] = true }
        } else {
          return false
        }
      }
      return true
    }
    guard isShared else { return nil }
    return .string(
      StringColumn(
        type: .dynamic, codes: column.codes, dictionary: source, validity: hasNull ? Vector(validity) : nil))
  }

  private static func code(of text: UnsafeBufferPointer<UInt8>, in builder: inout StringDictionaryBuilder)
    -> UInt32
  {
    if text.isEmpty { return null }
    if CompactJSONScanner.isCanonical(text) {
      let isNull = text.count == 4 && text[0] == UInt8(ascii: "n")
      return isNull ? null : builder.intern(text)
    }
    let value = JSONValue(parsing: text) ?? .string(String(decoding: text, as: UTF8.self))
    return value == .null ? null : builder.intern(value.text)
  }
}

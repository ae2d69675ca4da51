/// Numbers the distinct values of one key column, over chunks with any dictionaries, in order of appearance.
///
/// Code 0 is null. Texts are hashed once for each dictionary entry that occurs, not once a row.
struct KeyColumnEncoder: ~Copyable {
  static let null: UInt32 = 0

  let type: DataType
  private var words = CodeTable()
  private var texts = StringDictionaryBuilder()
  private var boxed: [Value: UInt32] = [:]
  private var boxedValues: [Value] = []
  /// For each dictionary seen: entry to code, `UInt32.max` where not looked at yet.
  private var maps: [ObjectIdentifier: [UInt32]] = [:]
  private var dictionaries: [StringDictionary] = []

  init(type: DataType) { self.type = type }

  /// Codes given so far, null included.
  var count: Int {
    switch type {
    case .string, .dynamic: texts.count + 1
    case .decimal, .guid: boxedValues.count + 1
    case .bool, .int, .long, .real, .datetime, .timespan: words.count + 1
    }
  }

  /// The code of each row; new values get new codes.
  mutating func encode(_ column: Column) -> [UInt32] {
    switch column {
    case .constant(let constant):
      let code = encode(constant.value)
      return [UInt32](repeating: code, count: constant.count)
    case .bool(let bools):
      let codes: [UInt32] = bools.values.withBuffer { $0.map { words.intern($0 ? 1 : 0) + 1 } }
      return masked(codes, bools.validity)
    case .int64(let integers):
      return masked(encode(integers.values), integers.validity)
    case .real(let reals):
      let codes = reals.values.withBuffer { values in
        values.map { words.intern(KeyColumnEncoder.word($0)) + 1 }
      }
      return masked(codes, reals.validity)
    case .string(let strings): return masked(encode(strings), strings.validity)
    case .values(let values): return values.values.array.map { encode($0) }
    }
  }

  private mutating func encode(_ values: Vector<Int64>) -> [UInt32] {
    values.withBuffer { values in
      [UInt32](unsafeUninitializedCapacity: values.count) { codes, initialized in
        var last: Int64 = 0
        var lastCode: UInt32 = 0
        for row in 0..<values.count {
          // Neighbours are often equal (a time bin): no look-up then.
          if lastCode == 0 || values[row] != last {
            last = values[row]
            lastCode = words.intern(UInt64(bitPattern: last)) + 1
          }
          codes.initializeElement(at: row, to: lastCode)
        }
        initialized = values.count
      }
    }
  }

  private mutating func encode(_ column: StringColumn) -> [UInt32] {
    let dictionary = column.dictionary
    let id = ObjectIdentifier(dictionary)
    var map: [UInt32]
    if let known = maps.removeValue(forKey: id) {
      map = known
    } else {
      map = [UInt32](repeating: UInt32.max, count: dictionary.count)
      // Held, so that no other dictionary can take its identity.
      dictionaries.append(dictionary)
    }
    let codes = column.codes.withBuffer { source in
      map.withUnsafeMutableBufferPointer { map in
        [UInt32](unsafeUninitializedCapacity: source.count) { codes, initialized in
          for row in 0..<source.count {
            let entry = source[row]
            var code = map[Int(entry)]
            if code == UInt32.max {
              code = texts.intern(dictionary[entry]) + 1
              map[Int(entry)] = code
            }
            codes.initializeElement(at: row, to: code)
          }
          initialized = source.count
        }
      }
    }
    maps[id] = map
    return codes
  }

  private func masked(_ codes: [UInt32], _ validity: Vector<Bool>?) -> [UInt32] {
    guard let validity else { return codes }
    return validity.withBuffer { valid in
      codes.withUnsafeBufferPointer { codes in
        [UInt32](unsafeUninitializedCapacity: codes.count) { target, initialized in
          for row in 0..<codes.count {
            target.initializeElement(at: row, to: valid[row] ? codes[row] : KeyColumnEncoder.null)
          }
          initialized = codes.count
        }
      }
    }
  }

  mutating func encode(_ value: Value) -> UInt32 {
    if value.isNull { return KeyColumnEncoder.null }
    switch value {
    case .null: return KeyColumnEncoder.null
    case .bool(let element): return words.intern(element ? 1 : 0) + 1
    case .long(let element), .datetime(let element), .timespan(let element):
      if type == .real { return words.intern(KeyColumnEncoder.word(Double(element))) + 1 }
      return words.intern(UInt64(bitPattern: element)) + 1
    case .real(let element): return words.intern(KeyColumnEncoder.word(element)) + 1
    case .string(let text): return texts.intern(text) + 1
    case .dynamic(let json): return texts.intern(json.text) + 1
    case .decimal, .guid:
      if let code = boxed[value] { return code }
      boxedValues.append(value)
      let code = UInt32(truncatingIfNeeded: boxedValues.count)
      boxed[value] = code
      return code
    }
  }

  /// -0.0 groups with 0.0, and all NaNs together.
  static func word(_ value: Double) -> UInt64 {
    value == 0 ? 0 : value.isNaN ? Double.nan.bitPattern : value.bitPattern
  }

  /// The values of some codes, as a column.
  func column(of codes: [UInt32]) -> Column {
    let validity: Vector<Bool>? =
      codes.contains(KeyColumnEncoder.null) ? Vector(codes.map { $0 != KeyColumnEncoder.null }) : nil
    switch type {
    case .string, .dynamic:
      var dictionary = StringDictionaryBuilder(capacity: texts.count)
      for code in 0..<UInt32(texts.count) { _ = dictionary.append(texts.text(code)) }
      if texts.count == 0 { _ = dictionary.append("") }
      let shifted = codes.map { $0 == KeyColumnEncoder.null ? 0 : $0 - 1 }
      return .string(
        StringColumn(type: type, codes: Vector(shifted), dictionary: dictionary.finish(), validity: validity))
    case .decimal, .guid:
      return Column.of(type, codes.map { $0 == KeyColumnEncoder.null ? .null : boxedValues[Int($0) - 1] })
    case .bool:
      return .bool(
        BoolColumn(
          values: Vector(codes.map { $0 != KeyColumnEncoder.null && words.keys[Int($0) - 1] == 1 }),
          validity: validity))
    case .int, .long, .datetime, .timespan:
      let values = codes.map { $0 == KeyColumnEncoder.null ? 0 : Int64(bitPattern: words.keys[Int($0) - 1]) }
      return .int64(Int64Column(type: type, values: Vector(values), validity: validity))
    case .real:
      let values = codes.map { $0 == KeyColumnEncoder.null ? 0 : Double(bitPattern: words.keys[Int($0) - 1]) }
      return .real(RealColumn(values: Vector(values), validity: validity))
    }
  }

  /// The value of a code; null for code 0.
  func value(of code: UInt32) -> Value {
    if code == KeyColumnEncoder.null { return .null }
    let index = Int(code) - 1
    switch type {
    case .string: return .string(String(decoding: texts.text(code - 1), as: UTF8.self))
    case .dynamic: return JSONValue(parsing: texts.text(code - 1)).map { .dynamic($0) } ?? .null
    case .decimal, .guid: return boxedValues[index]
    case .bool: return .bool(words.keys[index] == 1)
    case .int, .long: return .long(Int64(bitPattern: words.keys[index]))
    case .datetime: return .datetime(Int64(bitPattern: words.keys[index]))
    case .timespan: return .timespan(Int64(bitPattern: words.keys[index]))
    case .real: return .real(Double(bitPattern: words.keys[index]))
    }
  }

  /// The UTF-8 of a string or dynamic value, valid until the next change; nil for other types and null.
  func bytes(of code: UInt32) -> UnsafeBufferPointer<UInt8>? {
    guard code != KeyColumnEncoder.null, type == .string || type == .dynamic else { return nil }
    return texts.text(code - 1)
  }

  /// For each code of another encoder of the same type, the code here.
  mutating func absorb(_ other: borrowing KeyColumnEncoder) -> [UInt32] {
    var mapping: [UInt32] = [KeyColumnEncoder.null]
    mapping.reserveCapacity(other.count)
    switch type {
    case .string, .dynamic:
      for code in 0..<UInt32(other.texts.count) { mapping.append(texts.intern(other.texts.text(code)) + 1) }
    case .decimal, .guid: for value in other.boxedValues { mapping.append(encode(value)) }
    case .bool, .int, .long, .real, .datetime, .timespan:
      for key in other.words.keys { mapping.append(words.intern(key) + 1) }
    }
    return mapping
  }
}

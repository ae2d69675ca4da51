/// Numbers the distinct values of a column; an array may count as its elements, one level deep.
///
/// Code 0 is null. Arrays are taken apart once for each distinct one:
///
///     rows ["a","b"], ["a"], "c"   ->   codes 1 2, 1, 3
struct ElementEncoder: ~Copyable {
  private let type: DataType
  private let dialect: Dialect
  private let flattens: Bool
  private var rows: KeyColumnEncoder
  /// Where arrays are taken apart: JSON text, or plain text where elements are texts.
  private var elements = StringDictionaryBuilder()
  /// For each row code, where its elements stand in `expanded`; a negative start is not known yet.
  private var starts: [Int] = []
  private var counts: [Int] = []
  private var expanded: [UInt32] = []

  init(type: DataType, dialect: Dialect, flattens: Bool) {
    self.type = type
    self.dialect = dialect
    self.flattens = flattens && type == .dynamic
    rows = KeyColumnEncoder(type: type)
  }

  /// Codes given so far, null included.
  var count: Int { flattens ? elements.count + 1 : rows.count }

  /// Calls with the group and the code of each value, in row order.
  @inline(__always)
  mutating func forEach(
    _ column: Column, groups: UnsafeBufferPointer<UInt32>, _ body: (UInt32, UInt32) -> Void
  ) {
    let codes = rows.encode(column)
    if !flattens {
      codes.withUnsafeBufferPointer { codes in
        for row in 0..<codes.count { body(groups[row], codes[row]) }
      }
      return
    }
    starts.grow(to: rows.count, filling: -1)
    counts.grow(to: rows.count, filling: 0)
    for row in 0..<codes.count {
      let code = Int(codes[row])
      if starts[code] < 0 { expand(codes[row]) }
      for position in starts[code]..<starts[code] + counts[code] { body(groups[row], expanded[position]) }
    }
  }

  /// The code of each row; nil if arrays count as their elements.
  mutating func plainCodes(_ column: Column) -> [UInt32]? { flattens ? nil : rows.encode(column) }

  private mutating func expand(_ code: UInt32) {
    starts[Int(code)] = expanded.count
    guard case .dynamic(let json) = rows.value(of: code) else {
      expanded.append(KeyColumnEncoder.null)
      counts[Int(code)] = 1
      return
    }
    if case .array(let array) = json {
      for element in array { expanded.append(intern(element)) }
    } else {
      expanded.append(intern(json))
    }
    counts[Int(code)] = expanded.count - starts[Int(code)]
  }

  private mutating func intern(_ element: JSONValue) -> UInt32 {
    if element == .null { return KeyColumnEncoder.null }
    return elements.intern(
      dialect.elements == .texts ? Value.dynamic(element).text(in: dialect) : element.text) + 1
  }

  /// The value of a code.
  func value(of code: UInt32) -> Value {
    if !flattens { return rows.value(of: code) }
    if code == KeyColumnEncoder.null { return .null }
    let text = String(decoding: elements.text(code - 1), as: UTF8.self)
    if dialect.elements == .texts { return .string(text) }
    return JSONValue(parsing: text).map { .dynamic($0) } ?? .null
  }

  /// Values that are taken in as these codes, one for each: an element stands in an array of its own.
  func column(of codes: [UInt32]) -> Column {
    if !flattens { return rows.column(of: codes) }
    var dictionary = StringDictionaryBuilder(capacity: count)
    for code in 0..<UInt32(count) {
      var json: [UInt8] = [0x5B]
      writeJSON(of: code, to: &json)
      json.append(0x5D)
      _ = json.withUnsafeBufferPointer { dictionary.append($0) }
    }
    return .string(StringColumn(type: .dynamic, codes: Vector(codes), dictionary: dictionary.finish()))
  }

  /// Appends the JSON of a code as an element of a list.
  func writeJSON(of code: UInt32, to bytes: inout [UInt8]) {
    let isNull = code == KeyColumnEncoder.null
    if dialect.elements == .texts, !isNull {
      JSONValue.writeQuoted(value(of: code).text(in: dialect), to: &bytes)
    } else if flattens, !isNull {
      bytes.append(contentsOf: elements.text(code - 1))
    } else if type == .dynamic, let text = rows.bytes(of: code) {
      bytes.append(contentsOf: text)
    } else {
      value(of: code).json.write(to: &bytes)
    }
  }

  /// For each code of another encoder of the same kind, the code here.
  mutating func absorb(_ other: borrowing ElementEncoder) -> [UInt32] {
    if !flattens { return rows.absorb(other.rows) }
    var mapping: [UInt32] = [KeyColumnEncoder.null]
    mapping.reserveCapacity(other.count)
    for code in 0..<UInt32(other.elements.count) {
      mapping.append(elements.intern(other.elements.text(code)) + 1)
    }
    return mapping
  }
}

/// Writes the metadata of Arrow: tables of fields in the form of FlatBuffers, which is built from its end to its begin.
///
/// The bytes are kept in reverse. A place is how many bytes stand behind the begin of something, the end of the buffer
/// included.
struct FlatBufferBuilder {
  /// A field of a table; they stand in the order of the schema.
  enum Field {
    /// The default, which is not written.
    case none
    case byte(UInt8)
    case short(Int16)
    case int(Int32)
    case long(Int64)
    /// A table, a text or a list that was written before.
    case reference(Int)
  }

  private var reversed: [UInt8] = []

  private mutating func align(to size: Int, before count: Int = 0) {
    while (reversed.count + count) % size != 0 { reversed.append(0) }
  }

  private mutating func push(_ value: some FixedWidthInteger) {
    align(to: value.bitWidth / 8)
    withUnsafeBytes(of: value.littleEndian) { reversed.append(contentsOf: $0.reversed()) }
  }

  private mutating func push(reference place: Int) {
    align(to: 4)
    push(UInt32(truncatingIfNeeded: reversed.count + 4 - place))
  }

  mutating func text(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    align(to: 4, before: bytes.count + 1)
    reversed.append(0)
    reversed.append(contentsOf: bytes.reversed())
    push(UInt32(truncatingIfNeeded: bytes.count))
    return reversed.count
  }

  mutating func list(_ places: [Int]) -> Int {
    align(to: 4, before: 4 * places.count)
    for place in places.reversed() { push(reference: place) }
    push(UInt32(truncatingIfNeeded: places.count))
    return reversed.count
  }

  /// A list of pairs, which stand in it themselves.
  mutating func list(_ pairs: [(Int64, Int64)]) -> Int {
    align(to: 8, before: 16 * pairs.count)
    for pair in pairs.reversed() {
      push(pair.1)
      push(pair.0)
    }
    push(UInt32(truncatingIfNeeded: pairs.count))
    return reversed.count
  }

  mutating func table(_ fields: [Field]) -> Int {
    let start = reversed.count
    var places: [Int] = []
    for field in fields {
      switch field {
      case .none:
        places.append(0)
        continue
      case .byte(let value): push(value)
      case .short(let value): push(value)
      case .int(let value): push(value)
      case .long(let value): push(value)
      case .reference(let place): push(reference: place)
      }
      places.append(reversed.count)
    }
    push(Int32(0))
    let table = reversed.count
    for place in places.reversed() { push(UInt16(truncatingIfNeeded: place == 0 ? 0 : table - place)) }
    push(UInt16(truncatingIfNeeded: table - start))
    push(UInt16(truncatingIfNeeded: 4 + 2 * places.count))
    // The table begins with the way to the list of its fields.
    let way = UInt32(truncatingIfNeeded: reversed.count - table)
    for byte in 0..<4 { reversed[table - 1 - byte] = UInt8(truncatingIfNeeded: way >> (8 * UInt32(byte))) }
    return table
  }

  /// The bytes, whose number is a multiple of 8.
  mutating func finish(_ root: Int) -> [UInt8] {
    align(to: 8, before: 4)
    push(reference: root)
    return reversed.reversed()
  }
}

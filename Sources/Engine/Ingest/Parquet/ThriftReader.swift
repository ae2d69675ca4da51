/// Reads Thrift's compact protocol, in which Parquet writes what it says of a file and of its pages.
///
/// ```
///   struct   field header, value, field header, value, …, 0
///   header   DDDDTTTT     how far the field's number is from the last one, and its type; D = 0: the number follows
///   number   zigzag, seven bits a byte
/// ```
/// Every read is bounded, and nothing that is counted may be longer than the bytes that are left.
struct ThriftReader {
  enum Kind: UInt8 {
    case isTrue = 1
    case isFalse, byte, short, int, long, double, binary, list, set, map, structure
  }

  struct Header {
    var number: Int
    var kind: Kind
  }

  private static let depthLimit = 32

  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private static let malformed = ParquetDamage("what it says of itself is malformed")

  private mutating func byte() throws(ParquetDamage) -> UInt8 {
    guard position < bytes.count else { throw ThriftReader.malformed }
    position += 1
    return bytes[position - 1]
  }

  private mutating func varint() throws(ParquetDamage) -> UInt64 {
    guard let base = bytes.baseAddress, let value = Varint.read(base, &position, end: bytes.count) else {
      throw ThriftReader.malformed
    }
    return value
  }

  private mutating func zigzag() throws(ParquetDamage) -> Int64 { Varint.signed(try varint()) }

  /// The next field; nil at the end of the structure. `last` is the number of the field before, 0 at the beginning.
  mutating func field(_ last: inout Int) throws(ParquetDamage) -> Header? {
    let head = try byte()
    if head == 0 { return nil }
    guard let kind = Kind(rawValue: head & 0x0F) else { throw ThriftReader.malformed }
    let number = head &>> 4 == 0 ? try zigzag() : Int64(last) + Int64(head &>> 4)
    guard (0...Int64(Int16.max)).contains(number) else { throw ThriftReader.malformed }
    last = Int(number)
    return Header(number: last, kind: kind)
  }

  mutating func integer(_ header: Header) throws(ParquetDamage) -> Int64 {
    switch header.kind {
    case .byte: return Int64(Int8(bitPattern: try byte()))
    case .short, .int, .long: return try zigzag()
    case .isTrue, .isFalse, .double, .binary, .list, .set, .map, .structure: throw ThriftReader.malformed
    }
  }

  /// A number that counts or measures something.
  mutating func size(_ header: Header) throws(ParquetDamage) -> Int {
    let value = try integer(header)
    guard value >= 0, value < 1 << 56 else { throw ParquetDamage("a size is out of range") }
    return Int(value)
  }

  func bool(_ header: Header) throws(ParquetDamage) -> Bool {
    switch header.kind {
    case .isTrue: return true
    case .isFalse: return false
    case .byte, .short, .int, .long, .double, .binary, .list, .set, .map, .structure:
      throw ThriftReader.malformed
    }
  }

  mutating func binary(_ header: Header) throws(ParquetDamage) -> UnsafeBufferPointer<UInt8> {
    guard header.kind == .binary else { throw ThriftReader.malformed }
    return try binary()
  }

  mutating func text(_ header: Header) throws(ParquetDamage) -> String {
    String(decoding: try binary(header), as: UTF8.self)
  }

  private mutating func binary() throws(ParquetDamage) -> UnsafeBufferPointer<UInt8> {
    let count = try varint()
    guard count <= UInt64(bytes.count - position) else { throw ThriftReader.malformed }
    position += Int(count)
    return bytes.part(position - Int(count)..<position)
  }

  /// How many elements of this kind follow.
  mutating func list(_ header: Header, of kind: Kind) throws(ParquetDamage) -> Int {
    guard header.kind == .list else { throw ThriftReader.malformed }
    let (found, count) = try list()
    guard found == kind || count == 0 else { throw ThriftReader.malformed }
    return count
  }

  private mutating func list() throws(ParquetDamage) -> (kind: Kind, count: Int) {
    let head = try byte()
    guard let kind = Kind(rawValue: head & 0x0F) else { throw ThriftReader.malformed }
    let count = head &>> 4 == 15 ? try varint() : UInt64(head &>> 4)
    guard count <= UInt64(bytes.count - position) else { throw ThriftReader.malformed }
    return (kind, Int(count))
  }

  func expectStructure(_ header: Header) throws(ParquetDamage) {
    guard header.kind == .structure else { throw ThriftReader.malformed }
  }

  /// Steps over a field that nothing reads.
  mutating func skip(_ header: Header) throws(ParquetDamage) { try skip(header.kind, depth: 0) }

  private mutating func skip(_ kind: Kind, depth: Int) throws(ParquetDamage) {
    guard depth < ThriftReader.depthLimit else { throw ThriftReader.malformed }
    switch kind {
    case .isTrue, .isFalse: break
    case .byte: _ = try byte()
    case .short, .int, .long: _ = try varint()
    case .double:
      guard position + 8 <= bytes.count else { throw ThriftReader.malformed }
      position += 8
    case .binary: _ = try binary()
    case .list, .set:
      let (element, count) = try list()
      for _ in 0..<count { try skipElement(element, depth + 1) }
    case .map:
      let count = try varint()
      if count == 0 { return }
      let kinds = try byte()
      guard let key = Kind(rawValue: kinds &>> 4), let value = Kind(rawValue: kinds & 0x0F),
        count <= UInt64(bytes.count - position)
      else { throw ThriftReader.malformed }
      for _ in 0..<count {
        try skipElement(key, depth + 1)
        try skipElement(value, depth + 1)
      }
    case .structure:
      var last = 0
      while let field = try field(&last) { try skip(field.kind, depth: depth + 1) }
    }
  }

  /// A bool in a list has a byte of its own.
  private mutating func skipElement(_ kind: Kind, _ depth: Int) throws(ParquetDamage) {
    switch kind {
    case .isTrue, .isFalse: _ = try byte()
    case .byte, .short, .int, .long, .double, .binary, .list, .set, .map, .structure:
      try skip(kind, depth: depth)
    }
  }
}

/// Numbers in as few bytes as they need: seven bits a byte, the lowest first, all but the last with the highest bit set.
enum Varint {
  /// Reads one and steps behind it; nil if it is cut off, or longer than 64 bits.
  @inline(__always)
  static func read(_ base: UnsafePointer<UInt8>, _ position: inout Int, end: Int) -> UInt64? {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while shift < 64, position < end {
      let next = base[position]
      position += 1
      value |= UInt64(next & 0x7F) &<< shift
      if next < 0x80 { return value }
      shift += 7
    }
    return nil
  }

  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  /// Numbers below zero are the odd ones.
  static func signed(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value &>> 1) ^ -Int64(bitPattern: value & 1)
  }

  static func unsigned(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1 ^ value >> 63) }
}

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension JSONBytes {
  /// Appends the text that a JSON string means; false if an escape in it is none.
  static func unescape(_ value: FieldValue, into buffer: PaddedBuffer) -> Bool {
    if buffer.capacity < buffer.count + value.count { buffer.reserve(buffer.count + value.count) }
    var position = value.start
    let end = value.start + value.count
    while position < end {
      guard let found = memchr(position, 0x5C, end - position) else {
        buffer.append(position, count: end - position)
        break
      }
      let slash = position + (UnsafeRawPointer(found) - UnsafeRawPointer(position))
      buffer.append(position, count: slash - position)
      guard slash + 1 < end else { return false }
      switch slash[1] {
      case UInt8(ascii: "n"): buffer.append(0x0A)
      case UInt8(ascii: "t"): buffer.append(0x09)
      case UInt8(ascii: "r"): buffer.append(0x0D)
      case UInt8(ascii: "b"): buffer.append(0x08)
      case UInt8(ascii: "f"): buffer.append(0x0C)
      case 0x22, 0x5C, 0x2F: buffer.append(slash[1])
      case UInt8(ascii: "u"):
        // A pair of escapes may stand for one character.
        let isHigh = end - slash >= 12 && slash[2] | 0x20 == 0x64 && slash[3] < 0x63 && slash[6] == 0x5C
        let length = isHigh ? 12 : 6
        guard end - slash >= length,
          let text = JSONText.unescaped(UnsafeBufferPointer(start: slash, count: length))
        else { return false }
        buffer.append(Array(text.utf8))
        position = slash + length
        continue
      default: return false
      }
      position = slash + 2
    }
    return true
  }
}

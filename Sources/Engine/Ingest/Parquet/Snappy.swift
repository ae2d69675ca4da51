/// Snappy's raw format, as pages of Parquet have it.
///
/// ```
///   length as varint, then elements     LLLLLL00 literal    LLL OO 01 / 10 / 11  copies with 1, 2 or 4 bytes of offset
/// ```
enum Snappy {
  /// Appends the bytes; `size` is how many there must be. Nil if the data are whole.
  static func decompress(
    _ input: UnsafeBufferPointer<UInt8>, size: Int, into output: PaddedBuffer
  ) -> UnpackFailure? {
    guard let source = input.baseAddress else { return .truncated }
    var position = 0
    guard let stated = Varint.read(source, &position, end: input.count) else {
      return .invalid("its length is malformed")
    }
    guard stated == UInt64(size) else { return .invalid("its length is another one") }
    output.reserve(output.count + size)
    let target = output.base + output.count
    var written = 0
    while position < input.count {
      let tag = Int(source[position])
      position += 1
      if tag & 3 == 0 {
        var length = tag >> 2
        if length >= 60 {
          let bytes = length - 59
          guard position + bytes <= input.count else { return .truncated }
          length = 0
          for index in 0..<bytes { length |= Int(source[position + index]) << (index * 8) }
          position += bytes
        }
        length += 1
        guard length <= input.count - position else { return .truncated }
        guard length <= size - written else { return .invalid("it is longer than stated") }
        (target + written).update(from: source + position, count: length)
        position += length
        written += length
        continue
      }
      let length: Int
      let offset: Int
      switch tag & 3 {
      case 1:
        guard position < input.count else { return .truncated }
        length = (tag >> 2 & 7) + 4
        offset = (tag >> 5) << 8 | Int(source[position])
        position += 1
      case 2:
        guard position + 2 <= input.count else { return .truncated }
        length = tag >> 2 + 1
        offset = input.little16(position)
        position += 2
      default:
        guard position + 4 <= input.count else { return .truncated }
        length = tag >> 2 + 1
        offset = input.little32(position)
        position += 4
      }
      guard offset > 0, offset <= written else { return .invalid("distance reaches before the start") }
      guard length <= size - written else { return .invalid("it is longer than stated") }
      BlockCopy.repeated(target + written, distance: offset, count: length)
      written += length
    }
    guard written == size else { return .truncated }
    output.count += size
    return nil
  }
}

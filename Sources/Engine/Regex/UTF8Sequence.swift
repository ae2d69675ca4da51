/// Byte ranges, one per byte, that spell a run of scalars in UTF-8.
///
///     U+0080...U+07FF  ->  [C2-DF][80-BF]
struct UTF8Sequence: Hashable, Sendable {
  var bytes: [ClosedRange<UInt8>]

  /// The sequences of a set, in order of their scalars.
  static func sequences(of set: ScalarSet) -> [UTF8Sequence] {
    var result: [UTF8Sequence] = []
    for range in set.ranges { append(range.lowerBound, range.upperBound, to: &result) }
    return result
  }

  private static func append(_ low: UInt32, _ high: UInt32, to result: inout [UTF8Sequence]) {
    // Split where the length of the encoding changes.
    for limit in [0x7F, 0x7FF, 0xFFFF] as [UInt32] where low <= limit && high > limit {
      append(low, limit, to: &result)
      append(limit + 1, high, to: &result)
      return
    }
    // Split until every byte but the first differing ones runs over all continuations.
    if high > 0x7F {
      for shift in [6, 12, 18] as [UInt32] {
        let mask = (UInt32(1) << shift) - 1
        guard low & ~mask != high & ~mask else { break }
        if low & mask != 0 {
          append(low, low | mask, to: &result)
          append((low | mask) + 1, high, to: &result)
          return
        }
        if high & mask != mask {
          append(low, (high & ~mask) - 1, to: &result)
          append(high & ~mask, high, to: &result)
          return
        }
      }
    }
    let (first, last) = (encode(low), encode(high))
    result.append(UTF8Sequence(bytes: zip(first, last).map { $0...$1 }))
  }

  static func encode(_ scalar: UInt32) -> [UInt8] {
    func continuation(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(truncatingIfNeeded: scalar >> shift & 0x3F) }
    return switch scalar {
    case 0...0x7F: [UInt8(scalar)]
    case 0x80...0x7FF: [0xC0 | UInt8(scalar >> 6), continuation(0)]
    case 0x800...0xFFFF: [0xE0 | UInt8(scalar >> 12), continuation(6), continuation(0)]
    default:
      [
        0xF0 | UInt8(truncatingIfNeeded: scalar >> 18 & 7), continuation(12), continuation(6),
        continuation(0),
      ]
    }
  }
}

/// Finds a literal, sixteen places at a time by its two rarest bytes.
///
///     LiteralFinder(pattern).first(in: text, from: 0)  // the offset, or nil
///
/// Unchecked: the pointers are written in `init` and only read after it.
final class LiteralFinder: @unchecked Sendable {
  let pattern: LiteralPattern
  private let values: UnsafeMutableBufferPointer<UInt8>
  private let masks: UnsafeMutableBufferPointer<UInt8>
  /// Offsets in the literal of the bytes looked for first.
  private let rare: Int
  private let other: Int
  private let reach: Int

  init(_ pattern: LiteralPattern) {
    self.pattern = pattern
    values = .allocate(capacity: pattern.count)
    _ = values.initialize(from: pattern.values)
    masks = .allocate(capacity: pattern.count)
    _ = masks.initialize(from: pattern.masks)
    let order = pattern.values.indices.sorted { one, two in
      let (first, second) = (Self.frequency(pattern.values[one]), Self.frequency(pattern.values[two]))
      return first == second ? one < two : first < second
    }
    rare = order.first ?? 0
    other = order.dropFirst().first ?? rare
    reach = max(rare, other)
  }

  deinit {
    values.deallocate()
    masks.deallocate()
  }

  /// How common a byte is in machine-written text; only the order matters.
  private static func frequency(_ byte: UInt8) -> Int {
    let common = Array("etaoinsrhldcumfpg1.w0y2b/v3k-54:6x8_79jqz ".utf8)
    return common.firstIndex(of: byte).map { 100 - $0 } ?? (byte < 0x80 ? 10 : 5)
  }

  func first(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    let count = text.count
    guard let base = text.baseAddress, !values.isEmpty, start >= 0, count - values.count >= start else {
      return nil
    }
    let last = count &- values.count
    var place = start
    let lastChunk = count &- reach &- 16
    if lastChunk >= start {
      let raw = UnsafeRawPointer(base)
      let (rareValue, rareMask) = (SIMD16(repeating: values[rare]), SIMD16(repeating: masks[rare]))
      let (otherValue, otherMask) = (SIMD16(repeating: values[other]), SIMD16(repeating: masks[other]))
      while place <= last {
        // The last chunk may overlap the one before: what it finds again was refused already.
        let chunk = min(place, lastChunk)
        let one = raw.loadUnaligned(fromByteOffset: chunk &+ rare, as: SIMD16<UInt8>.self) | rareMask
        let two = raw.loadUnaligned(fromByteOffset: chunk &+ other, as: SIMD16<UInt8>.self) | otherMask
        let lanes = unsafeBitCast((one .== rareValue) .& (two .== otherValue), to: SIMD2<UInt64>.self)
        if lanes[0] | lanes[1] != 0 {
          for half in 0..<2 {
            var bits = lanes[half]
            while bits != 0 {
              let lane = bits.trailingZeroBitCount >> 3
              let candidate = chunk &+ half &* 8 &+ lane
              if candidate >= start, candidate <= last, stands(at: base + candidate) {
                return candidate
              }
              bits &= ~(0xFF << UInt64(lane &* 8))
            }
          }
        }
        place = chunk &+ 16
      }
      return nil
    }
    while place <= last {
      if stands(at: base + place) { return place }
      place &+= 1
    }
    return nil
  }

  @inline(__always)
  private func stands(at base: UnsafePointer<UInt8>) -> Bool {
    for index in 0..<values.count where base[index] | masks[index] != values[index] { return false }
    return true
  }
}

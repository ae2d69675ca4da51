/// Looks for a text within bytes of a padded buffer, 16 places at a time.
///
/// A place is looked at closely only if the first and the last byte of the text fit there:
///
/// ```
///   {"bucketName":"logs"}     looking for "name": n at 8 and e at 11 fit, so the bytes between are compared
/// ```
enum PaddedSearch {
  /// Case folds only ASCII. Up to 16 bytes behind `text` must be readable.
  static func contains(
    _ text: UnsafeBufferPointer<UInt8>, _ part: UnsafeBufferPointer<UInt8>, ignoringCase: Bool
  ) -> Bool {
    guard let needle = part.baseAddress, part.count > 0 else { return true }
    guard let start = text.baseAddress, text.count >= part.count else { return false }
    let span = part.count - 1
    let (first, firstFold) = pattern(needle[0], ignoringCase)
    let (last, lastFold) = pattern(needle[span], ignoringCase)
    let lastPlace = text.count - part.count
    var place = 0
    while place <= lastPlace {
      let raw = UnsafeRawPointer(start + place)
      let heads = raw.loadUnaligned(as: SIMD16<UInt8>.self) | firstFold
      let tails = raw.loadUnaligned(fromByteOffset: span, as: SIMD16<UInt8>.self) | lastFold
      let headMask: SIMDMask<SIMD16<Int8>> = heads .== first
      let tailMask: SIMDMask<SIMD16<Int8>> = tails .== last
      var found = (headMask .& tailMask).bits
      while found != 0 {
        let candidate = place + found.trailingZeroBitCount
        if candidate <= lastPlace, matches(start + candidate, needle, part.count, ignoringCase) {
          return true
        }
        found &= found &- 1
      }
      place += 16
    }
    return false
  }

  /// The byte to compare with once its case bit is set, and that bit.
  private static func pattern(_ byte: UInt8, _ ignoringCase: Bool) -> (SIMD16<UInt8>, SIMD16<UInt8>) {
    let isLetter = (byte | 0x20) &- 0x61 < 26
    let fold: UInt8 = ignoringCase && isLetter ? 0x20 : 0
    return (SIMD16<UInt8>(repeating: byte | fold), SIMD16<UInt8>(repeating: fold))
  }

  private static func matches(
    _ text: UnsafePointer<UInt8>, _ part: UnsafePointer<UInt8>, _ count: Int, _ ignoringCase: Bool
  ) -> Bool {
    if !ignoringCase { return JSONBytes.equal(text, part, count) }
    for index in 0..<count where lowered(text[index]) != lowered(part[index]) { return false }
    return true
  }

  @inline(__always)
  private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
}

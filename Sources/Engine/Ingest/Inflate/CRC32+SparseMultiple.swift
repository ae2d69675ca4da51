/// Long texts are reduced without tables, by a multiple of the polynomial that has few terms.
///
/// In units of 16 bytes, x^300 + x^155 + x^117 + x^89 + 1 is a multiple of gzip's polynomial. (All its exponents are
/// whole units, so nothing has to be shifted.) A unit of the text may therefore be cleared if it is added 145, 183,
/// 211 and 300 units further on: the checksum stays as it was. The ring remembers the last 300 cleared units:
///
/// ```
///   u[i] = text[i] ^ u[i-145] ^ u[i-183] ^ u[i-211] ^ u[i-300]
///
///   unit i of a lap      0 … 144      145 … 182    183 … 210    211 … 299
///   u[i-145] stands at   i + 155      i - 145      i - 145      i - 145
///   u[i-183]             i + 117      i + 117      i - 183      i - 183
///   u[i-211]             i + 89       i + 89       i + 89       i - 211
///   u[i-300]             i            i            i            i
/// ```
extension CRC32 {
  /// Units in the ring.
  private static let lap = 300
  static let lapBytes = lap * 16
  /// Shorter texts are left to the tables.
  static let leastSparse = 3 * lapBytes

  private typealias Unit = SIMD16<UInt8>

  /// Clears whole laps of a text and leaves in the ring what stands in their place: a text of one lap whose register
  /// begins as zero.
  ///
  /// - Precondition: `count` is at least `leastSparse`.
  /// - Returns: the bytes that the ring stands for.
  func clearLaps(_ start: UnsafePointer<UInt8>, count: Int) -> Int {
    var text = UnsafeRawPointer(start)
    let laps = count / CRC32.lapBytes - 1
    ring.initializeMemory(as: UInt8.self, repeating: 0, count: CRC32.lapBytes)
    // The register begins as ones, which is as if they were added to the first four bytes.
    ring.storeBytes(of: 0xFFFF_FFFF, as: UInt32.self)
    for _ in 0..<laps {
      sweep(text, 0, 145) { unit($0, 0) ^ unit($0, 155) ^ unit($0, 117) ^ unit($0, 89) }
      sweep(text, 145, 183) { unit($0, 0) ^ unit($0, -145) ^ unit($0, 117) ^ unit($0, 89) }
      sweep(text, 183, 211) { unit($0, 0) ^ unit($0, -145) ^ unit($0, -183) ^ unit($0, 89) }
      sweep(text, 211, 300) { unit($0, 0) ^ unit($0, -145) ^ unit($0, -183) ^ unit($0, -211) }
      text += CRC32.lapBytes
    }
    // Nothing of this lap is cleared, so only the one before it adds to it.
    sweep(text, 0, 145) { unit($0, 0) ^ unit($0, 155) ^ unit($0, 117) ^ unit($0, 89) }
    sweep(text, 145, 183) { unit($0, 0) ^ unit($0, 117) ^ unit($0, 89) }
    sweep(text, 183, 211) { unit($0, 0) ^ unit($0, 89) }
    sweep(text, 211, 300) { unit($0, 0) }
    return (laps + 1) * CRC32.lapBytes
  }

  // MARK: -

  /// Sets some units of the ring to those of the text and what is to be added.
  @inline(__always)
  private func sweep(
    _ text: UnsafeRawPointer, _ first: Int, _ end: Int, _ added: (UnsafeMutableRawPointer) -> Unit
  ) {
    var offset = first &* 16
    while offset < end &* 16 {
      let place = ring + offset
      let sum = text.loadUnaligned(fromByteOffset: offset, as: Unit.self) ^ added(place)
      place.storeBytes(of: sum, as: Unit.self)
      offset &+= 16
    }
  }

  @inline(__always)
  private func unit(_ place: UnsafeMutableRawPointer, _ distance: Int) -> Unit {
    place.loadUnaligned(fromByteOffset: distance &* 16, as: Unit.self)
  }
}

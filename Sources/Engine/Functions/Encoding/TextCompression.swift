/// Texts in gzip and zlib form, as short as the functions of a query need them.
///
/// Compressed forms are made of stored blocks: any reader takes them, but they are no shorter than the text.
enum TextCompression {
  /// No more than a text may have, whatever the input says.
  private static var limits: FileLimits {
    var limits = FileLimits()
    limits.bytes = TextLimit.bytes
    limits.ratio = 2048
    return limits
  }

  static func gunzip(_ bytes: [UInt8]) -> String? {
    if bytes.isEmpty { return nil }
    let gunzip = Gunzip(output: PaddedBuffer())
    let damage = bytes.withUnsafeBufferPointer {
      gunzip.decompress($0, limit: limits.output(compressed: bytes.count).bytes)
    }
    if damage?.isLimit == true { TextLimit.refuse() }
    return damage == nil ? String(validating: gunzip.output.bytes, as: UTF8.self) : nil
  }

  /// A header of two bytes, a deflate stream, and a checksum of four.
  static func inflateZlib(_ bytes: [UInt8]) -> String? {
    guard bytes.count >= 6, bytes[0] & 15 == 8, (Int(bytes[0]) << 8 | Int(bytes[1])) % 31 == 0,
      bytes[1] & 0x20 == 0
    else { return nil }
    let decoder = DeflateDecoder(output: PaddedBuffer())
    let failure = bytes.withUnsafeBufferPointer { input -> UnpackFailure? in
      guard let base = input.baseAddress else { return .truncated }
      return decoder.inflate(base, from: 2, to: input.count, limit: TextLimit.bytes)
    }
    if failure == .outputLimit { TextLimit.refuse() }
    guard failure == nil, bytes.count - decoder.position >= 4 else { return nil }
    let sum = bytes[decoder.position..<decoder.position + 4].reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    guard sum == adler32(decoder.output.bytes) else { return nil }
    return String(validating: decoder.output.bytes, as: UTF8.self)
  }

  static func gzip(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let sum = bytes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { CRC32().checksum($0, count: buffer.count) } ?? 0
    }
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    let length = UInt32(truncatingIfNeeded: bytes.count)
    return header + stored(bytes) + lowestFirst(sum) + lowestFirst(length)
  }

  static func deflateZlib(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    let sum = bytes.withUnsafeBufferPointer { adler32($0) }
    return [0x78, 0x01] + stored(bytes) + lowestFirst(sum).reversed()
  }

  /// A deflate stream of blocks that hold up to 65,535 bytes each as they are.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var start = 0
    repeat {
      let end = min(bytes.count, start + 65_535)
      let length = UInt16(end - start)
      result.append(end == bytes.count ? 1 : 0)
      for word in [length, ~length] {
        result.append(UInt8(truncatingIfNeeded: word))
        result.append(UInt8(truncatingIfNeeded: word >> 8))
      }
      result.append(contentsOf: bytes[start..<end])
      start = end
    } while start < bytes.count
    return result
  }

  private static func lowestFirst(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) }
  }

  static func adler32(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return high << 16 | low
  }
}

/// Decompresses gzip files (RFC 1952) with any number of members; checks their checksums and lengths.
final class Gunzip: FileDecoder {
  let output: PaddedBuffer
  private let decoder: DeflateDecoder
  private let crc = CRC32()

  init(output: PaddedBuffer) {
    self.output = output
    decoder = DeflateDecoder(output: output)
  }

  static func isGzip(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
  }

  /// Fills `output` from the start; nil if all members are whole.
  func decompress(_ input: UnsafeBufferPointer<UInt8>, limit: Int) -> PackDamage? {
    output.count = 0
    defer { output.sealPadding() }
    guard let base = input.baseAddress else { return PackDamage(reason: "empty gzip file", offset: 0) }
    reserveFromTrailer(input, limit: limit)
    var position = 0
    while position < input.count {
      guard let header = Gunzip.headerEnd(input, position) else {
        if position == 0 { return PackDamage(reason: "gzip header is cut off or damaged", offset: 0) }
        let isPadding = input[position...].allSatisfy { $0 == 0 }
        return isPadding ? nil : PackDamage(reason: "no gzip data after the last member", offset: position)
      }
      let start = output.count
      let failure = decoder.inflate(base, from: header, to: input.count, limit: limit)
      position = decoder.position
      if let failure {
        let place = failure == .truncated ? input.count : position
        return PackDamage(failure, "gzip", at: place, limit: limit)
      }
      guard input.count - position >= 8 else {
        return PackDamage(reason: "gzip data is cut off before its checksum", offset: input.count)
      }
      let length = output.count - start
      guard Gunzip.little32(input, position) == crc.checksum(output.base + start, count: length) else {
        return PackDamage(reason: "gzip checksum does not match", offset: position)
      }
      guard Gunzip.little32(input, position + 4) == UInt32(truncatingIfNeeded: length) else {
        return PackDamage(reason: "gzip length does not match", offset: position + 4)
      }
      position += 8
    }
    return nil
  }

  // MARK: -

  /// The last four bytes tell the length of the last member: believed only as a hint, and only within reason.
  private func reserveFromTrailer(_ input: UnsafeBufferPointer<UInt8>, limit: Int) {
    guard input.count >= 18 else { return }
    let hint = Int(Gunzip.little32(input, input.count - 4))
    guard hint <= limit, hint / 64 <= input.count else { return }
    output.reserve(hint + DeflateDecoder.fastOutput)
  }

  private static func little32(_ input: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(input[at + $1]) << UInt32($1 * 8) }
  }

  /// Where the deflate data of the member at `start` begins; nil if there is no whole header.
  static func headerEnd(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    guard input.count - start >= 18, input[start] == 0x1F, input[start + 1] == 0x8B, input[start + 2] == 8
    else { return nil }
    let flags = input[start + 3]
    guard flags & 0xE0 == 0 else { return nil }
    var position = start + 10
    if flags & 4 != 0 {
      guard position + 2 <= input.count else { return nil }
      position += 2 + Int(input[position]) + Int(input[position + 1]) << 8
    }
    for flag in [UInt8(8), 16] where flags & flag != 0 {
      guard position < input.count, let zero = input[position...].firstIndex(of: 0) else { return nil }
      position = zero + 1
    }
    if flags & 2 != 0 { position += 2 }
    return position <= input.count ? position : nil
  }
}

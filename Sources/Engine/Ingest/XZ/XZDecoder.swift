/// Decompresses xz: streams one behind the other, with blocks of LZMA2 and their checksums.
///
/// ```
///   stream = FD "7zXZ" 00, flags, blocks, index, footer      block = header, chunks of LZMA2, filling, checksum
/// ```
final class XZDecoder: StreamDecoder {
  static let format = "xz"
  static let magic: [UInt8] = [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]

  let output: PaddedBuffer
  var limit = 0
  private lazy var crc32 = CRC32()
  private static let crc64: [UInt64] = (0..<256).map { byte in
    var value = UInt64(byte)
    for _ in 0..<8 { value = value >> 1 ^ (value & 1 == 1 ? 0xC96C_5795_D787_0F42 : 0) }
    return value
  }

  init(output: PaddedBuffer) { self.output = output }

  static func isXZ(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.starts(with: magic) }

  func stream(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int {
    guard start + 12 <= input.count else { throw .truncated }
    guard input[start...].starts(with: XZDecoder.magic), input[start + 6] == 0 else {
      throw .invalid("no stream begins here")
    }
    try check32(input, start + 6, 2)
    let kind = Int(input[start + 7])
    var position = start + 12
    var sizes: [(stored: Int, size: Int)] = []
    while true {
      guard position < input.count else { throw .truncated }
      if input[position] == 0 { break }
      let before = output.count
      let blockStart = position
      position = try block(input, position, kind)
      sizes.append((position - blockStart, output.count - before))
    }
    position = try index(input, position, sizes)
    // Filling between streams.
    while position + 4 <= input.count, input.little32(position) == 0 { position += 4 }
    return position
  }

  private func check32(_ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) throws(UnpackFailure)
  {
    guard start + count + 4 <= input.count, let base = input.baseAddress else { throw .truncated }
    guard Int(crc32.checksum(base + start, count: count)) == input.little32(start + count) else {
      throw .invalid("the checksum of a header does not match")
    }
  }

  /// Seven bits a byte, the lowest first.
  private static func number(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ end: Int
  ) throws(UnpackFailure) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 56, by: 7) {
      guard position < end else { throw .invalid("a header is damaged") }
      let byte = input[position]
      position += 1
      value |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw .invalid("a header is damaged")
  }

  // MARK: - Blocks

  private func block(_ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ kind: Int) throws(UnpackFailure)
    -> Int
  {
    let headerEnd = start + (Int(input[start]) + 1) * 4
    guard headerEnd <= input.count else { throw .truncated }
    try check32(input, start, headerEnd - 4 - start)
    let flags = input[start + 1]
    guard flags & 0x3C == 0 else { throw .invalid("reserved bits are set") }
    var position = start + 2
    let stored = try flags & 0x40 != 0 ? XZDecoder.number(input, &position, headerEnd) : nil
    let size = try flags & 0x80 != 0 ? XZDecoder.number(input, &position, headerEnd) : nil
    let filter = try XZDecoder.number(input, &position, headerEnd)
    guard flags & 3 == 0, filter == 0x21 else { throw .invalid("it uses a filter that is not read") }
    let before = output.count
    let end = try chunks(input, headerEnd)
    guard stored ?? (end - headerEnd) == end - headerEnd,
      size ?? (output.count - before) == output.count - before
    else { throw .invalid("the size of a block does not match") }
    // Filled up to four bytes.
    position = headerEnd + (end - headerEnd + 3) / 4 * 4
    return try check(input, position, kind, before)
  }

  private func check(
    _ input: UnsafeBufferPointer<UInt8>, _ position: Int, _ kind: Int, _ before: Int
  ) throws(UnpackFailure) -> Int {
    let size = kind == 0 ? 0 : kind < 4 ? 4 : kind < 7 ? 8 : kind < 10 ? 16 : kind < 13 ? 32 : 64
    guard position + size <= input.count else { throw .truncated }
    let count = output.count - before
    var matches = true
    if kind == 1 {
      matches = Int(crc32.checksum(output.base + before, count: count)) == input.little32(position)
    } else if kind == 4 {
      var sum = UInt64.max
      for index in before..<output.count {
        sum = XZDecoder.crc64[Int((sum ^ UInt64(output.base[index])) & 0xFF)] ^ sum &>> 8
      }
      let stated = (0..<8).reduce(UInt64(0)) { $0 | UInt64(input[position + $1]) << UInt64($1 * 8) }
      matches = ~sum == stated
    }
    guard matches else { throw .invalid("the checksum does not match") }
    return position + size
  }

  /// Decodes LZMA2; where it ends.
  private func chunks(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int {
    var decoder = LZMADecoder()
    var dictionary = -1
    var position = start
    while true {
      if RunLimits.isOutOfTime { throw .outOfTime }
      guard position < input.count else { throw .truncated }
      let control = Int(input[position])
      if control == 0 { return position + 1 }
      let isPlain = control < 0x80
      guard !isPlain || control < 3 else { throw .invalid("a chunk of an unknown kind") }
      guard position + (isPlain ? 3 : 6) <= input.count else { throw .truncated }
      if control == 1 || control >= 0xE0 { dictionary = output.count }
      guard dictionary >= 0 else { throw .invalid("a chunk comes before its dictionary") }
      let low = Int(input[position + 1]) << 8 | Int(input[position + 2])
      if isPlain {
        position += 3
        let available = min(low + 1, input.count - position)
        try output.makeRoom(for: available, limit: limit)
        if let base = input.baseAddress { output.append(base + position, count: available) }
        guard available == low + 1 else { throw .truncated }
        position += available
        continue
      }
      let size = (control & 0x1F) << 16 + low + 1
      let stored = Int(input[position + 3]) << 8 + Int(input[position + 4]) + 1
      position += 5
      if control >= 0xC0 {
        guard decoder.setProperties(input[position]) else { throw .invalid("a chunk has unknown properties") }
        position += 1
      }
      if control >= 0xA0 {
        guard decoder.hasProperties else { throw .invalid("a chunk comes before its properties") }
        decoder.reset()
      }
      let isCut = position + stored > input.count
      try output.makeRoom(for: size, limit: limit)
      let before = output.count
      do throws(UnpackFailure) {
        try decoder.decode(
          input, from: position, to: min(position + stored, input.count), bytes: size, output: output,
          dictionary: dictionary)
      } catch {
        // What stands before the cut is good.
        if isCut, error == .truncated { throw error }
        // What a damaged chunk gave is not certain.
        output.count = before
        throw error == .truncated ? .invalid("a chunk is damaged") : error
      }
      if isCut { throw .truncated }
      position += stored
    }
  }

  // MARK: - The index

  /// The index lists the blocks, and the footer closes the stream, which ends at the returned place.
  private func index(
    _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ sizes: [(stored: Int, size: Int)]
  ) throws(UnpackFailure) -> Int {
    var position = start + 1
    guard try XZDecoder.number(input, &position, input.count) == sizes.count else {
      throw .invalid("the index does not match")
    }
    for (stored, size) in sizes {
      let listed = try XZDecoder.number(input, &position, input.count)
      guard (listed + 3) / 4 * 4 == stored, try XZDecoder.number(input, &position, input.count) == size else {
        throw .invalid("the index does not match")
      }
    }
    position = start + (position - start + 3) / 4 * 4
    try check32(input, start, position - start)
    position += 4
    guard position + 12 <= input.count else { throw .truncated }
    guard input[position + 10] == 0x59, input[position + 11] == 0x5A else {
      throw .invalid("the footer is damaged")
    }
    return position + 12
  }
}

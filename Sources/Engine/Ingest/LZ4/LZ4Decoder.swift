/// Decompresses LZ4 frames, one behind the other, with their checksums; without dictionaries.
///
/// ```
///   frame = magic, flags, largest block, (size), header sum, blocks, 0, (checksum)      block = size, data, (checksum)
///   old   = magic, blocks of 8 MiB                                                      as `lz4 -l` writes
/// ```
/// The highest bit of a block's size says that it is stored as it is. A block may repeat bytes of those before.
final class LZ4Decoder: StreamDecoder {
  static let format = "LZ4"
  private static let magic: [UInt8] = [0x04, 0x22, 0x4D, 0x18]
  private static let oldMagic: [UInt8] = [0x02, 0x21, 0x4C, 0x18]
  private static let oldBlock = 8 << 20
  /// A match reaches back so far.
  private static let window = 1 << 16

  let output: PaddedBuffer
  var limit = 0

  init(output: PaddedBuffer) { self.output = output }

  static func isLZ4(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.starts(with: magic) || bytes.starts(with: oldMagic)
  }

  // MARK: - Frames

  private struct Header {
    var blocksAreLinked: Bool
    var blocksHaveSums: Bool
    var hasSum: Bool
    var size: Int?
    var largestBlock: Int
  }

  func stream(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int {
    guard start + 4 <= input.count else { throw .truncated }
    if let end = try input.endOfSkippedFrame(start) { return end }
    if input[start...].starts(with: LZ4Decoder.oldMagic) { return try oldFrame(input, start + 4) }
    guard input[start...].starts(with: LZ4Decoder.magic) else { throw .invalid("no frame begins here") }
    var position = start + 4
    let header = try header(input, &position)
    let frameStart = output.count
    while try block(input, &position, header, frameStart) {}
    if let size = header.size, size != output.count - frameStart {
      throw .invalid("the size does not match")
    }
    if header.hasSum {
      guard position + 4 <= input.count else { throw .truncated }
      let sum = XXH32.of(UnsafePointer(output.base + frameStart), count: output.count - frameStart)
      guard Int(sum) == input.little32(position) else { throw .invalid("the checksum does not match") }
      position += 4
    }
    return position
  }

  private func header(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) throws(UnpackFailure) -> Header {
    let start = position
    guard start + 3 <= input.count, let base = input.baseAddress else { throw .truncated }
    let (flags, sizes) = (input[start], input[start + 1])
    guard flags >> 6 == 1, flags & 2 == 0, sizes & 0x8F == 0, sizes >> 4 >= 4 else {
      throw .invalid("its header is of a kind that is not known")
    }
    guard flags & 1 == 0 else { throw .invalid("it needs a dictionary, which is not read") }
    let hasSize = flags & 8 != 0
    let end = start + (hasSize ? 10 : 2)
    guard end < input.count else { throw .truncated }
    guard UInt8(truncatingIfNeeded: XXH32.of(base + start, count: end - start) >> 8) == input[end] else {
      throw .invalid("the checksum of its header does not match")
    }
    position = end + 1
    return Header(
      blocksAreLinked: flags & 0x20 == 0, blocksHaveSums: flags & 0x10 != 0, hasSum: flags & 4 != 0,
      size: hasSize ? input.little64(start + 2) ?? .max : nil, largestBlock: 1 << (8 + 2 * Int(sizes >> 4)))
  }

  // MARK: - Blocks

  /// Decodes a block; false at the end mark.
  private func block(
    _ input: UnsafeBufferPointer<UInt8>, _ position: inout Int, _ header: Header, _ frameStart: Int
  ) throws(UnpackFailure) -> Bool {
    guard position + 4 <= input.count else { throw .truncated }
    let word = input.little32(position)
    position += 4
    if word == 0 { return false }
    let size = word & 0x7FFF_FFFF
    guard size <= header.largestBlock else { throw .invalid("a block is too large") }
    guard let base = input.baseAddress else { throw .truncated }
    let stored = min(size, input.count - position)
    let isCut = stored + (header.blocksHaveSums ? 4 : 0) > input.count - position || stored < size
    if !isCut, header.blocksHaveSums {
      guard Int(XXH32.of(base + position, count: size)) == input.little32(position + size) else {
        throw .invalid("the checksum of a block does not match")
      }
    }
    if word >> 31 == 1 {
      try reserve(stored)
      output.append(base + position, count: stored)
    } else {
      let reach = header.blocksAreLinked ? min(output.count - frameStart, LZ4Decoder.window) : 0
      try unpack(
        input.part(position..<position + stored), header.largestBlock, reach: reach, isCut: stored < size)
    }
    if isCut { throw .truncated }
    position += size + (header.blocksHaveSums ? 4 : 0)
    return true
  }

  /// Blocks up to the end, or up to another frame.
  private func oldFrame(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int {
    var position = start
    while position < input.count {
      guard position + 4 <= input.count else { throw .truncated }
      if LZ4Decoder.isLZ4(input.part(position..<position + 4)) { return position }
      let size = input.little32(position)
      guard size <= LZ4Decoder.oldBlock + LZ4Decoder.oldBlock / 255 + 16 else {
        throw .invalid("a block is too large")
      }
      position += 4
      let isCut = size > input.count - position
      try unpack(input.part(position..<position + size), LZ4Decoder.oldBlock, reach: 0, isCut: isCut)
      if isCut { throw .truncated }
      position += size
    }
    return position
  }

  private func unpack(
    _ block: UnsafeBufferPointer<UInt8>, _ largest: Int, reach: Int, isCut: Bool
  ) throws(UnpackFailure) {
    // A byte stands for 255 at most.
    let most = min(largest, block.count * 255)
    let fitting = min(most, limit - output.count)
    try reserve(fitting)
    let before = output.count
    guard let failure = LZ4.block(block, most: fitting, reach: reach, into: output) else { return }
    // What stands before the cut is good.
    if isCut, failure == .truncated { return }
    // What a damaged block gave is not certain.
    output.count = before
    switch failure {
    case .outputLimit where fitting == most: throw .invalid("a block is longer than its frame says")
    case .truncated: throw .invalid("a block is damaged")
    case .invalid, .outputLimit, .memoryLimit, .outOfTime: throw failure
    }
  }

  private func reserve(_ count: Int) throws(UnpackFailure) {
    if RunLimits.isOutOfTime { throw .outOfTime }
    try output.makeRoom(for: count, limit: limit)
  }
}

/// Decodes deflate streams (RFC 1951) at memory speed, with every read and write bounded.
///
/// Far from both ends a fast loop with few checks runs (`DeflateDecoder+FastLoop`); near an end each symbol is
/// decoded with care, so that a cut stream gives exactly the bytes that were certain.
///
/// ```
///   let decoder = DeflateDecoder(output: buffer)
///   decoder.inflate(bytes, from: 10, to: count, limit: 1 << 30)   // nil = fine
///   decoder.position                                              // just behind the stream
/// ```
final class DeflateDecoder {
  /// Free output that an iteration of the fast loop needs: 6 literals, the longest match and 14 bytes beyond it.
  static let fastOutput = 320
  /// Unread input that an iteration of the fast loop needs: two refills.
  static let fastInput = 16
  /// Unread input that the fast loop needs to begin: it refills before its first iteration.
  static let fastStart = fastInput + 8

  private let codeLengthTable = DeflateTable(.codeLengths)
  private let dynamicLiterals = DeflateTable(.literals)
  private let dynamicDistances = DeflateTable(.distances)
  private let fixedLiterals = DeflateTable(.literals)
  private let fixedDistances = DeflateTable(.distances)
  private let lengths: UnsafeMutablePointer<UInt8>

  var input: UnsafePointer<UInt8>
  var inputEnd = 0
  /// The next byte to read.
  var position = 0
  var bits: UInt64 = 0
  var bitCount = 0
  let output: PaddedBuffer
  /// Where this stream's output starts; a match may not reach before it.
  var outputStart = 0
  /// The output may not grow beyond this many bytes in all.
  var outputLimit = 0

  init(output: PaddedBuffer) {
    self.output = output
    input = UnsafePointer(output.base)
    lengths = .allocate(capacity: 512)
    lengths.initialize(repeating: 0, count: 512)
    for symbol in 0..<288 {
      lengths[symbol] = symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8
    }
    _ = fixedLiterals.build(lengths, count: 288)
    lengths.update(repeating: 5, count: 32)
    _ = fixedDistances.build(lengths, count: 32)
  }

  deinit {
    lengths.deallocate()
  }

  /// Appends the decoded bytes of one stream to the output; nil if it came to its end.
  func inflate(
    _ input: UnsafePointer<UInt8>, from start: Int, to end: Int, limit: Int
  ) -> UnpackFailure? {
    self.input = input
    (position, inputEnd) = (start, end)
    (bits, bitCount) = (0, 0)
    outputStart = output.count
    outputLimit = limit
    do {
      while try !block() {}
    } catch {
      return error
    }
    position -= bitCount >> 3
    return nil
  }

  // MARK: - Blocks

  /// True if it was the last one.
  private func block() throws(UnpackFailure) -> Bool {
    if RunLimits.isOutOfTime { throw .outOfTime }
    let header = try take(3)
    switch header >> 1 {
    case 0: try storedBlock()
    case 1: try symbols(fixedLiterals, fixedDistances)
    case 2:
      try readCodes()
      try symbols(dynamicLiterals, dynamicDistances)
    default: throw .invalid("invalid block type")
    }
    return header & 1 == 1
  }

  private func storedBlock() throws(UnpackFailure) {
    position -= bitCount >> 3
    (bits, bitCount) = (0, 0)
    guard inputEnd - position >= 4 else { throw .truncated }
    let length = Int(input[position]) | Int(input[position + 1]) << 8
    let complement = Int(input[position + 2]) | Int(input[position + 3]) << 8
    guard length == complement ^ 0xFFFF else { throw .invalid("stored block length is damaged") }
    position += 4
    let available = min(length, inputEnd - position)
    guard outputLimit - output.count >= available else { throw .outputLimit }
    try makeRoom(available)
    (output.base + output.count).update(from: input + position, count: available)
    output.count += available
    position += available
    guard available == length else { throw .truncated }
  }

  private func readCodes() throws(UnpackFailure) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let codeLengthCount = try take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else { throw .invalid("too many codes") }
    lengths.update(repeating: 0, count: 512)
    let order: [Int] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    for index in 0..<codeLengthCount { lengths[order[index]] = try UInt8(take(3)) }
    guard codeLengthTable.build(lengths, count: 19) else { throw .invalid("invalid code lengths") }
    let total = literalCount + distanceCount
    var index = 0
    while index < total {
      let entry = try decode(codeLengthTable)
      let symbol = Int(entry >> 16)
      if symbol < 16 {
        lengths[index] = UInt8(symbol)
        index += 1
        continue
      }
      if symbol == 16, index == 0 { throw .invalid("nothing to repeat") }
      let value = symbol == 16 ? lengths[index - 1] : 0
      let (extra, base) = symbol == 16 ? (2, 3) : symbol == 17 ? (3, 3) : (7, 11)
      let count = try take(extra) + base
      guard index + count <= total else { throw .invalid("code lengths overflow") }
      (lengths + index).update(repeating: value, count: count)
      index += count
    }
    guard lengths[256] != 0 else { throw .invalid("no end-of-block code") }
    guard dynamicLiterals.build(lengths, count: literalCount) else {
      throw .invalid("invalid literal code")
    }
    guard dynamicDistances.build(lengths + literalCount, count: distanceCount) else {
      throw .invalid("invalid distance code")
    }
  }

  // MARK: - Symbols

  private func symbols(_ literals: DeflateTable, _ distances: DeflateTable) throws(UnpackFailure) {
    while true {
      try makeRoom(DeflateDecoder.fastOutput)
      if inputEnd - position >= DeflateDecoder.fastStart,
        outputLimit - output.count >= DeflateDecoder.fastOutput
      {
        switch fastLoop(literals, distances) {
        case .endOfBlock: return
        case .nearAnEnd: continue
        case .invalid: throw .invalid("invalid code or distance")
        }
      }
      if try !symbol(literals, distances) { return }
    }
  }

  /// Decodes one literal or match with care; false at the end of the block.
  private func symbol(_ literals: DeflateTable, _ distances: DeflateTable) throws(UnpackFailure) -> Bool {
    let entry = try decode(literals)
    if entry & DeflateTable.literalFlag != 0 {
      guard output.count < outputLimit else { throw .outputLimit }
      output.base[output.count] = UInt8(truncatingIfNeeded: entry >> 16)
      output.count += 1
      return true
    }
    if entry & DeflateTable.endFlag != 0 { return false }
    let length = try take(DeflateDecoder.extraBits(entry)) + Int(entry >> 16)
    let far = try decode(distances)
    let distance = try take(DeflateDecoder.extraBits(far)) + Int(far >> 16)
    guard distance <= output.count - outputStart else { throw .invalid("distance reaches before the start") }
    guard output.count + length <= outputLimit else { throw .outputLimit }
    BlockCopy.repeated(output.base + output.count, distance: distance, count: length)
    output.count += length
    return true
  }

  @inline(__always) private static func extraBits(_ entry: UInt32) -> Int {
    Int(entry & 0xFF) &- Int((entry >> 8) & 0x1F)
  }

  /// Reads one codeword and drops it, but not its extra bits.
  private func decode(_ table: DeflateTable) throws(UnpackFailure) -> UInt32 {
    refill()
    var entry = table.entries[Int(bits & (1 << UInt64(table.primaryBits) - 1))]
    if entry & DeflateTable.subtableFlag != 0 {
      guard bitCount > table.primaryBits else { throw .truncated }
      drop(table.primaryBits)
      let mask = UInt64(1) << UInt64((entry >> 8) & 0x1F) - 1
      entry = table.entries[Int((entry >> 16) & 0x7FFF) &+ Int(bits & mask)]
    }
    let length = Int((entry >> 8) & 0x1F)
    // A code with a hole: what is left in the input decides between cut and damaged.
    if entry & DeflateTable.specialFlag != 0, entry & DeflateTable.endFlag == 0 {
      if bitCount == 0 { throw .truncated }
      throw .invalid("invalid code")
    }
    guard bitCount >= length else { throw .truncated }
    drop(length)
    return entry
  }

  // MARK: - Bits

  private func refill() {
    while bitCount < 56, position < inputEnd {
      bits |= UInt64(input[position]) << UInt64(bitCount)
      position += 1
      bitCount += 8
    }
  }

  private func take(_ count: Int) throws(UnpackFailure) -> Int {
    refill()
    guard bitCount >= count else { throw .truncated }
    let value = Int(bits & (UInt64(1) << UInt64(count) - 1))
    drop(count)
    return value
  }

  private func drop(_ count: Int) {
    bits >>= UInt64(count)
    bitCount -= count
  }

  private func makeRoom(_ needed: Int) throws(UnpackFailure) {
    guard output.capacity - output.count < needed else { return }
    let doubled = max(
      min(output.capacity * 2, outputLimit + DeflateDecoder.fastOutput), output.count + needed)
    guard RunLimits.admits(doubled - output.count) else { throw .memoryLimit }
    output.reserve(doubled)
  }
}

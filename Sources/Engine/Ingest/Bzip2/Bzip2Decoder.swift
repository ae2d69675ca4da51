/// Decompresses bzip2: streams one behind the other, with the checksums of their blocks.
///
/// ```
///   stream = "BZh9", blocks, end mark        block = Huffman codes of places in a list that moves (MTF, runs)
///                                                   of a sorted text (Burrows–Wheeler) of runs
/// ```
final class Bzip2Decoder: StreamDecoder {
  static let format = "bzip2"
  private static let blockMark = 0x3141_5926_5359
  private static let endMark = 0x1772_4538_5090

  let output: PaddedBuffer
  var limit = 0
  /// The sorted text: a byte, and above it the place of the one that follows.
  private var sorted: [UInt32] = []
  private static let sums: [UInt32] = (0..<256).map { byte in
    var value = UInt32(byte) << 24
    for _ in 0..<8 { value = value << 1 ^ (value >> 31 == 1 ? 0x04C1_1DB7 : 0) }
    return value
  }

  init(output: PaddedBuffer) { self.output = output }

  static func isBzip2(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count >= 14, bytes.starts(with: "BZh".utf8), (0x31...0x39).contains(bytes[3]) else {
      return false
    }
    return bytes[4] == 0x31 && bytes[5] == 0x41 || bytes[4] == 0x17 && bytes[5] == 0x72
  }

  func release() { sorted = [] }

  func stream(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int {
    guard start + 14 <= input.count else { throw .truncated }
    guard input[start...].starts(with: "BZh".utf8), (0x31...0x39).contains(input[start + 3]) else {
      throw .invalid("no stream begins here")
    }
    let blockSize = 100_000 * Int(input[start + 3] - 0x30)
    var bits = Bzip2Bits(input, from: start + 4)
    var all: UInt32 = 0
    while true {
      if RunLimits.isOutOfTime { throw .outOfTime }
      let mark = try bits.take(24) << 24 | bits.take(24)
      let stated = UInt32(try bits.take(16) << 16 | bits.take(16))
      if mark == Bzip2Decoder.endMark {
        guard stated == all else { throw .invalid("the checksum does not match") }
        bits.align()
        return bits.byte
      }
      guard mark == Bzip2Decoder.blockMark else { throw .invalid("no block begins here") }
      let before = output.count
      let sum: UInt32
      do throws(UnpackFailure) {
        sum = try block(&bits, blockSize)
      } catch {
        // What a damaged block gave is not certain.
        if error != .outputLimit { output.count = before }
        throw error
      }
      guard sum == stated else {
        output.count = before
        throw .invalid("the checksum of a block does not match")
      }
      all = (all << 1 | all >> 31) ^ sum
    }
  }

  // MARK: - Blocks

  /// Appends the bytes of a block; its checksum.
  private func block(_ bits: inout Bzip2Bits, _ blockSize: Int) throws(UnpackFailure) -> UInt32 {
    guard try bits.take(1) == 0 else { throw .invalid("a block is randomised, as no program does any more") }
    let origin = try bits.take(24)
    var used: [UInt8] = []
    let groups = try bits.take(16)
    for group in 0..<16 where groups >> (15 - group) & 1 == 1 {
      let members = try bits.take(16)
      for member in 0..<16 where members >> (15 - member) & 1 == 1 { used.append(UInt8(group * 16 + member)) }
    }
    guard !used.isEmpty else { throw .invalid("a block without bytes") }
    let codeCount = try bits.take(3)
    let selectorCount = try bits.take(15)
    guard (2...6).contains(codeCount), selectorCount > 0 else { throw .invalid("invalid codes") }
    let selectors = try selectors(&bits, selectorCount, codeCount)
    let codes = try codes(&bits, codeCount, symbols: used.count + 2)
    var counts = [Int](repeating: 0, count: 256)
    if sorted.count < blockSize {
      guard RunLimits.admits(blockSize * 4) else { throw .memoryLimit }
      sorted = [UInt32](repeating: 0, count: blockSize)
    }
    let size = try symbols(&bits, codes, selectors, used, blockSize, &counts)
    guard origin < size else { throw .invalid("the origin lies outside of its block") }
    return try unsorted(size, origin, counts)
  }

  private func selectors(_ bits: inout Bzip2Bits, _ count: Int, _ codes: Int) throws(UnpackFailure) -> [UInt8]
  {
    var recent = (0..<codes).map { UInt8($0) }
    var selectors: [UInt8] = []
    selectors.reserveCapacity(count)
    for _ in 0..<count {
      var place = 0
      while try bits.take(1) == 1 {
        place += 1
        guard place < codes else { throw .invalid("invalid selector") }
      }
      let code = recent.remove(at: place)
      recent.insert(code, at: 0)
      selectors.append(code)
    }
    return selectors
  }

  private func codes(_ bits: inout Bzip2Bits, _ count: Int, symbols: Int) throws(UnpackFailure) -> [Bzip2Code]
  {
    var codes: [Bzip2Code] = []
    for _ in 0..<count {
      var lengths: [Int] = []
      var length = try bits.take(5)
      for _ in 0..<symbols {
        while true {
          guard (1...20).contains(length) else { throw .invalid("invalid code length") }
          if try bits.take(1) == 0 { break }
          length += try bits.take(1) == 0 ? 1 : -1
        }
        lengths.append(length)
      }
      guard let code = Bzip2Code(lengths: lengths) else { throw .invalid("invalid code lengths") }
      codes.append(code)
    }
    return codes
  }

  /// Fills `sorted` with the bytes of a block, and counts each; how many there are.
  private func symbols(
    _ bits: inout Bzip2Bits, _ codes: [Bzip2Code], _ selectors: [UInt8], _ used: [UInt8], _ blockSize: Int,
    _ counts: inout [Int]
  ) throws(UnpackFailure) -> Int {
    var recent = used
    let end = used.count + 1
    var size = 0
    var run = 0
    var step = 1
    for selector in selectors {
      let code = codes[Int(selector)]
      for _ in 0..<50 {
        let symbol = try code.decode(&bits)
        if symbol < 2 {
          // A run's length in digits that are one or two.
          guard step <= blockSize else { throw .invalid("a run is too long") }
          run += step << symbol
          step <<= 1
          continue
        }
        if run > 0 {
          guard run <= blockSize - size else { throw .invalid("a block is too long") }
          let byte = recent[0]
          counts[Int(byte)] += run
          for index in size..<size + run { sorted[index] = UInt32(byte) }
          size += run
          (run, step) = (0, 1)
        }
        if symbol == end { return size }
        guard size < blockSize, symbol - 1 < recent.count else { throw .invalid("a block is too long") }
        let byte = recent.remove(at: symbol - 1)
        recent.insert(byte, at: 0)
        counts[Int(byte)] += 1
        sorted[size] = UInt32(byte)
        size += 1
      }
    }
    throw .invalid("a block has no end")
  }

  /// Follows the sorted text from its origin and writes out its runs.
  private func unsorted(_ size: Int, _ origin: Int, _ counts: [Int]) throws(UnpackFailure) -> UInt32 {
    var starts = [Int](repeating: 0, count: 256)
    var sum = 0
    for byte in 0..<256 {
      starts[byte] = sum
      sum += counts[byte]
    }
    for index in 0..<size {
      let byte = Int(sorted[index] & 0xFF)
      sorted[starts[byte]] |= UInt32(index) << 8
      starts[byte] += 1
    }
    var check: UInt32 = 0xFFFF_FFFF
    var place = Int(sorted[origin] >> 8)
    var last = -1
    var repeats = 0
    for _ in 0..<size {
      let entry = sorted[place]
      place = Int(entry >> 8)
      let byte = UInt8(truncatingIfNeeded: entry)
      if repeats == 4 {
        // Behind four of a kind stands how many more there are.
        try append(UInt8(truncatingIfNeeded: last), Int(byte), &check)
        (last, repeats) = (-1, 0)
        continue
      }
      repeats = Int(byte) == last ? repeats + 1 : 1
      last = Int(byte)
      try append(byte, 1, &check)
    }
    return ~check
  }

  @inline(__always)
  private func append(_ byte: UInt8, _ count: Int, _ check: inout UInt32) throws(UnpackFailure) {
    try output.makeRoom(for: count, limit: limit)
    for _ in 0..<count {
      output.base[output.count] = byte
      output.count &+= 1
      check = check &<< 8 ^ Bzip2Decoder.sums[Int(check &>> 24 ^ UInt32(byte))]
    }
  }
}

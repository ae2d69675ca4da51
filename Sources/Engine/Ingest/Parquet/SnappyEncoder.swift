/// Compresses to Snappy's raw format: see `Snappy`.
///
/// Blocks of 64 KiB are looked through once; what four bytes hash to is where they were seen last.
struct SnappyEncoder {
  private static let blockBytes = 1 << 16
  private static let hashBits = 14
  private var table = [UInt16](repeating: 0, count: 1 << SnappyEncoder.hashBits)

  mutating func compress(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(input.count / 3 + 64)
    Varint.append(UInt64(input.count), to: &output)
    guard let base = input.baseAddress else { return output }
    for start in stride(from: 0, to: input.count, by: SnappyEncoder.blockBytes) {
      block(base + start, min(SnappyEncoder.blockBytes, input.count - start), &output)
    }
    return output
  }

  private mutating func block(_ base: UnsafePointer<UInt8>, _ count: Int, _ output: inout [UInt8]) {
    let raw = UnsafeRawPointer(base)
    var literal = 0
    var position = 1
    if count > 15 {
      for index in table.indices { table[index] = 0 }
      let last = count - 4
      var misses = 32
      while position <= last {
        let word = raw.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        let slot = Int((word &* 0x1E35_A7BD) &>> UInt32(32 - SnappyEncoder.hashBits))
        let candidate = Int(table[slot])
        table[slot] = UInt16(truncatingIfNeeded: position)
        guard candidate < position, raw.loadUnaligned(fromByteOffset: candidate, as: UInt32.self) == word
        else {
          position += misses >> 5
          misses += 1
          continue
        }
        var length = 4
        while position + length < count, base[candidate + length] == base[position + length] { length += 1 }
        SnappyEncoder.appendLiteral(base + literal, position - literal, &output)
        SnappyEncoder.appendCopy(position - candidate, length, &output)
        position += length
        literal = position
        misses = 32
      }
    }
    SnappyEncoder.appendLiteral(base + literal, count - literal, &output)
  }

  private static func appendLiteral(_ start: UnsafePointer<UInt8>, _ count: Int, _ output: inout [UInt8]) {
    guard count > 0 else { return }
    let length = count - 1
    if length < 60 {
      output.append(UInt8(length) << 2)
    } else if length < 256 {
      output += [60 << 2, UInt8(length)]
    } else {
      output += [61 << 2, UInt8(length & 0xFF), UInt8(length >> 8)]
    }
    output.append(contentsOf: UnsafeBufferPointer(start: start, count: count))
  }

  private static func appendCopy(_ distance: Int, _ count: Int, _ output: inout [UInt8]) {
    var left = count
    while left > 0 {
      // The last copy has four bytes or more.
      let length = left > 64 ? (left < 68 ? 60 : 64) : left
      output += [UInt8(length - 1) << 2 | 2, UInt8(distance & 0xFF), UInt8(distance >> 8)]
      left -= length
    }
  }
}

/// The code of literals: a table over the next bits, of at most 11.
struct ZstdHuffmanTable {
  private static let maximumBits = 11

  /// The symbol in the low byte, its bits above it.
  private var entries: [UInt16]
  private let bits: Int

  /// - Parameter weights: of all symbols but the last, whose weight follows.
  init?(weights: [UInt8]) {
    var sum = 0
    for weight in weights where weight > 0 {
      guard weight <= ZstdHuffmanTable.maximumBits + 1 else { return nil }
      sum += 1 << (Int(weight) - 1)
    }
    guard sum > 0, weights.count <= 255 else { return nil }
    let bits = Int.bitWidth - sum.leadingZeroBitCount
    let rest = 1 << bits - sum
    guard bits <= ZstdHuffmanTable.maximumBits, rest & (rest - 1) == 0, rest > 0 else { return nil }
    let all = weights + [UInt8(rest.trailingZeroBitCount + 1)]
    var entries = [UInt16](repeating: 0, count: 1 << bits)
    var position = 0
    for weight in 1...bits {
      for (symbol, own) in all.enumerated() where Int(own) == weight {
        let count = 1 << (weight - 1)
        guard position + count <= entries.count else { return nil }
        for index in position..<position + count {
          entries[index] = UInt16(symbol) | UInt16(bits + 1 - weight) << 8
        }
        position += count
      }
    }
    guard position == entries.count else { return nil }
    self.entries = entries
    self.bits = bits
  }

  /// Reads the weights; what was read ends at the returned place.
  static func read(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) throws(UnpackFailure) -> (table: ZstdHuffmanTable, end: Int) {
    guard start < end else { throw .truncated }
    let head = Int(input[start])
    var weights: [UInt8] = []
    var position = start + 1
    if head >= 128 {
      let count = head - 127
      guard position + (count + 1) / 2 <= end else { throw .truncated }
      for index in 0..<count {
        let byte = input[position + index / 2]
        weights.append(index % 2 == 0 ? byte >> 4 : byte & 15)
      }
      position += (count + 1) / 2
    } else {
      guard position + head <= end else { throw .truncated }
      weights = try packedWeights(input, from: position, to: position + head)
      position += head
    }
    guard let table = ZstdHuffmanTable(weights: weights) else {
      throw .invalid("the code of literals is damaged")
    }
    return (table, position)
  }

  /// Two states take turns.
  private static func packedWeights(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int
  ) throws(UnpackFailure) -> [UInt8] {
    let (table, place) = try ZstdStateTable.read(
      input, from: start, to: end, maximumLog: 6, maximumSymbol: 12)
    guard let base = input.baseAddress, var bits = ZstdBackwardBits(base + place, count: end - place) else {
      throw .invalid("the code of literals is damaged")
    }
    var states = [Int(bits.take(table.log)), Int(bits.take(table.log))]
    var weights: [UInt8] = []
    var turn = 0
    while weights.count < 255 {
      let state = table.states[states[turn]]
      weights.append(state.symbol)
      if bits.left < Int(state.bits) {
        weights.append(table.states[states[1 - turn]].symbol)
        return weights
      }
      states[turn] = Int(state.base) + Int(bits.take(Int(state.bits)))
      turn = 1 - turn
    }
    throw .invalid("the code of literals is damaged")
  }

  /// Decodes one stream that must give so many literals.
  func decode(
    _ start: UnsafePointer<UInt8>, count: Int, into target: UnsafeMutablePointer<UInt8>, literals: Int
  ) throws(UnpackFailure) {
    guard var stream = ZstdBackwardBits(start, count: count) else { throw .invalid("literals are damaged") }
    entries.withUnsafeBufferPointer { entries in
      for index in 0..<literals {
        let entry = entries[Int(stream.peek(bits))]
        target[index] = UInt8(truncatingIfNeeded: entry)
        stream.drop(Int(entry &>> 8))
        if stream.left < 0 { break }
      }
    }
    guard stream.left == 0 else { throw .invalid("literals are damaged") }
  }
}

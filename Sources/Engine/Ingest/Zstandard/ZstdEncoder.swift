/// Compresses to a frame of Zstandard: see `ZstdDecoder`.
///
/// What five bytes hash to is where they were seen last; the first match is taken. Sequences are written by the standard
/// tables, literals by a Huffman code of their own where that is shorter.
///
/// ```
///   frame   28 B5 2F FD  descriptor  size of the content  block, block, …
///   block   header (3 bytes)  literals  count of sequences  0 (standard tables)  bits, read from their end
/// ```
struct ZstdEncoder {
  private static let blockBytes = 1 << 17
  private static let hashBits = 15
  private static let shortest = 5

  /// Literals, then a match; the offset as it is coded.
  fileprivate struct Sequence {
    var literals: Int
    var match: Int
    var offset: Int
  }

  private var seen = [Int32](repeating: -1, count: 1 << ZstdEncoder.hashBits)
  private var sequences: [Sequence] = []
  private var literals: [UInt8] = []
  /// The distance of the last match, which has a number of its own.
  private var lastDistance = 1

  mutating func compress(_ input: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var output: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
    output.reserveCapacity(input.count / 4 + 64)
    // A single segment: its size stands in place of that of a window.
    if input.count < 256 {
      output += [0x20, UInt8(input.count)]
    } else if input.count < 65536 + 256 {
      output.append(0x60)
      output.appendLittle(input.count - 256, bytes: 2)
    } else {
      output.append(0xA0)
      output.appendLittle(input.count)
    }
    for index in seen.indices { seen[index] = -1 }
    lastDistance = 1
    guard let base = input.baseAddress, input.count > 0 else { return output + [1, 0, 0] }
    for start in stride(from: 0, to: input.count, by: ZstdEncoder.blockBytes) {
      let end = min(start + ZstdEncoder.blockBytes, input.count)
      let before = lastDistance
      let block = input.count < 1 << 31 ? block(base, start, end) : nil
      let isLast = end == input.count ? 1 : 0
      if let block, block.count < end - start {
        output.appendLittle(block.count << 3 | 4 | isLast, bytes: 3)
        output += block
      } else {
        // A block as it stands has no matches that would count for the next one.
        lastDistance = before
        output.appendLittle((end - start) << 3 | isLast, bytes: 3)
        output.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
      }
    }
    return output
  }

  private mutating func block(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> [UInt8]? {
    find(base, start, end)
    var bytes = ZstdLiteralWriter.section(literals)
    if sequences.isEmpty { return bytes + [0] }
    if sequences.count < 128 {
      bytes.append(UInt8(sequences.count))
    } else if sequences.count < 0x7F00 {
      bytes += [UInt8(sequences.count >> 8 + 128), UInt8(sequences.count & 0xFF)]
    } else {
      bytes.append(255)
      bytes.appendLittle(sequences.count - 0x7F00, bytes: 2)
    }
    bytes.append(0)
    guard let bits = ZstdSequenceWriter.bits(of: sequences) else { return nil }
    return bytes + bits
  }

  private mutating func find(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) {
    sequences.removeAll(keepingCapacity: true)
    literals.removeAll(keepingCapacity: true)
    let raw = UnsafeRawPointer(base)
    func five(_ at: Int) -> UInt64 {
      UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &<< 24
    }
    func slot(_ bytes: UInt64) -> Int {
      Int((bytes &* 0x9E37_79B1_85EB_CA87) &>> UInt64(64 - ZstdEncoder.hashBits))
    }
    var literal = start
    var position = start
    var misses = 64
    while position + 8 <= end {
      let bytes = five(position)
      let place = slot(bytes)
      let candidate = Int(seen[place])
      seen[place] = Int32(truncatingIfNeeded: position)
      guard candidate >= 0, five(candidate) == bytes else {
        position += misses >> 6
        misses += 1
        continue
      }
      var length = ZstdEncoder.shortest
      while position + length < end, base[candidate + length] == base[position + length] { length += 1 }
      var begin = position
      let distance = position - candidate
      // A short match from far away takes more bits than its literals.
      guard distance == lastDistance || length * 4 > Int.bitWidth - distance.leadingZeroBitCount + 10 else {
        position += 1
        continue
      }
      while begin > literal, begin > distance, base[begin - 1] == base[begin - 1 - distance] {
        begin -= 1
        length += 1
      }
      literals.append(contentsOf: UnsafeBufferPointer(start: base + literal, count: begin - literal))
      let repeats = distance == lastDistance && begin > literal
      sequences.append(
        Sequence(literals: begin - literal, match: length, offset: repeats ? 1 : distance + 3))
      lastDistance = distance
      position = begin + length
      literal = position
      misses = 64
      if position + 6 <= end { seen[slot(five(position - 2))] = Int32(truncatingIfNeeded: position - 2) }
    }
    literals.append(contentsOf: UnsafeBufferPointer(start: base + literal, count: end - literal))
  }
}

/// Bits in the order in which `ZstdBackwardBits` does not read them: the last ones are read first.
struct ZstdBitWriter {
  private var bytes: [UInt8] = []
  private var window: UInt64 = 0
  private var held = 0

  /// - Parameter value: has no bits beyond these, of which there are at most 56.
  mutating func add(_ value: UInt64, _ count: Int) {
    window |= value &<< UInt64(held)
    held += count
    while held >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: window))
      window &>>= 8
      held -= 8
    }
  }

  /// The bytes, with the mark of their end.
  consuming func finished() -> [UInt8] {
    add(1, 1)
    if held > 0 { bytes.append(UInt8(truncatingIfNeeded: window)) }
    return bytes
  }
}

/// Writes sequences by the standard tables.
enum ZstdSequenceWriter {
  /// A table of states backwards: for each symbol, and each state that follows, the state that leads there.
  private struct Table {
    let states: [ZstdStateTable.State]
    let log: Int
    private let before: [[UInt16]]

    init(_ table: ZstdStateTable) {
      (states, log) = (table.states, table.log)
      let symbols = Int(table.states.map(\.symbol).max() ?? 0) + 1
      var before = [[UInt16]](repeating: [UInt16](repeating: 0, count: 1 << table.log), count: symbols)
      for (number, state) in table.states.enumerated() {
        for next in Int(state.base)..<Int(state.base) + 1 << Int(state.bits) {
          before[Int(state.symbol)][next] = UInt16(number)
        }
      }
      self.before = before
    }

    var symbolCount: Int { before.count }

    /// Any state of the symbol.
    func last(_ symbol: Int) -> Int { Int(before[symbol][0]) }

    /// Steps back to a state of the symbol, and writes what leads from there to the state at hand.
    func step(_ state: inout Int, _ symbol: Int, _ bits: inout ZstdBitWriter) {
      let from = Int(before[symbol][state])
      bits.add(UInt64(state - Int(states[from].base)), Int(states[from].bits))
      state = from
    }
  }

  private static let literalLengths = ZstdCodes.standardLiteralLengths.map { Table($0) }
  private static let matchLengths = ZstdCodes.standardMatchLengths.map { Table($0) }
  private static let offsets = ZstdCodes.standardOffsets.map { Table($0) }

  /// The codes of small lengths; of greater ones the highest bit tells.
  private static let literalCodes = codes(of: ZstdCodes.literalLengths, below: 64)
  private static let matchCodes = codes(of: ZstdCodes.matchLengths, below: 131)

  private static func codes(of table: [(base: Int, bits: Int)], below end: Int) -> [UInt8] {
    (0..<end).map { value in UInt8(table.lastIndex { $0.base <= value } ?? 0) }
  }

  private static func highestBit(_ value: Int) -> Int { Int.bitWidth - 1 - value.leadingZeroBitCount }

  /// Nil for an offset that the standard table has no code for.
  fileprivate static func bits(of sequences: [ZstdEncoder.Sequence]) -> [UInt8]? {
    guard let literalLengths, let matchLengths, let offsets else { return nil }
    var bits = ZstdBitWriter()
    var (literalState, matchState, offsetState) = (0, 0, 0)
    var isLast = true
    for sequence in sequences.reversed() {
      let literal =
        sequence.literals < literalCodes.count
        ? Int(literalCodes[sequence.literals]) : highestBit(sequence.literals) + 19
      let match =
        sequence.match < matchCodes.count
        ? Int(matchCodes[sequence.match]) : highestBit(sequence.match - 3) + 36
      let offset = highestBit(sequence.offset)
      guard literal < literalLengths.symbolCount, match < matchLengths.symbolCount,
        offset < offsets.symbolCount
      else { return nil }
      if isLast {
        (literalState, matchState) = (literalLengths.last(literal), matchLengths.last(match))
        offsetState = offsets.last(offset)
      } else {
        offsets.step(&offsetState, offset, &bits)
        matchLengths.step(&matchState, match, &bits)
        literalLengths.step(&literalState, literal, &bits)
      }
      isLast = false
      let (literalBase, literalBits) = ZstdCodes.literalLengths[literal]
      bits.add(UInt64(sequence.literals - literalBase), literalBits)
      let (matchBase, matchBits) = ZstdCodes.matchLengths[match]
      bits.add(UInt64(sequence.match - matchBase), matchBits)
      bits.add(UInt64(sequence.offset - 1 << offset), offset)
    }
    bits.add(UInt64(matchState), matchLengths.log)
    bits.add(UInt64(offsetState), offsets.log)
    bits.add(UInt64(literalState), literalLengths.log)
    return bits.finished()
  }
}

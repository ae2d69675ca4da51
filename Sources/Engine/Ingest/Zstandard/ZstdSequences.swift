/// What the codes of sequences mean, and how often they come where a block does not say.
enum ZstdCodes {
  /// The least value of each code, and the bits that are added.
  static let literalLengths: [(base: Int, bits: Int)] =
    (0..<16).map { ($0, 0) } + [
      (16, 1), (18, 1), (20, 1), (22, 1), (24, 2), (28, 2), (32, 3), (40, 3), (48, 4), (64, 6), (128, 7),
      (256, 8),
      (512, 9), (1024, 10), (2048, 11), (4096, 12), (8192, 13), (16384, 14), (32768, 15), (65536, 16),
    ]
  static let matchLengths: [(base: Int, bits: Int)] =
    (0..<32).map { ($0 + 3, 0) } + [
      (35, 1), (37, 1), (39, 1), (41, 1), (43, 2), (47, 2), (51, 3), (59, 3), (67, 4), (83, 4), (99, 5),
      (131, 7),
      (259, 8), (515, 9), (1027, 10), (2051, 11), (4099, 12), (8195, 13), (16387, 14), (32771, 15),
      (65539, 16),
    ]

  static let standardLiteralLengths = ZstdStateTable(
    [4, 3] + [Int](repeating: 2, count: 11) + [1, 1, 1] + [Int](repeating: 2, count: 9) + [
      3, 2, 1, 1, 1, 1, 1,
    ]
      + [-1, -1, -1, -1], log: 6)
  static let standardMatchLengths = ZstdStateTable(
    [1, 4, 3] + [Int](repeating: 2, count: 6) + [Int](repeating: 1, count: 37)
      + [Int](repeating: -1, count: 7),
    log: 6)
  static let standardOffsets = ZstdStateTable(
    [1, 1, 1, 1, 1, 1, 2, 2, 2] + [Int](repeating: 1, count: 15) + [Int](repeating: -1, count: 5), log: 5)
}

/// The tables that a block of sequences is read by; each may be that of the block before.
struct ZstdSequenceTables {
  private var literalLengths: ZstdStateTable?
  private var offsets: ZstdStateTable?
  private var matchLengths: ZstdStateTable?

  /// Reads those that a block brings; what was read ends at the returned place.
  mutating func read(
    _ input: UnsafeBufferPointer<UInt8>, modes: UInt8, from start: Int, to end: Int
  ) throws(UnpackFailure) -> Int {
    guard modes & 3 == 0 else { throw .invalid("reserved bits are set") }
    var position = start
    func table(
      _ mode: UInt8, _ known: ZstdStateTable?, _ standard: ZstdStateTable?, _ log: Int, _ symbol: Int
    ) throws(UnpackFailure) -> ZstdStateTable? {
      switch mode & 3 {
      case 0: return standard
      case 1:
        guard position < end else { throw .truncated }
        position += 1
        guard Int(input[position - 1]) <= symbol else { throw .invalid("a table is damaged") }
        return ZstdStateTable(always: input[position - 1])
      case 2:
        let (table, after) = try ZstdStateTable.read(
          input, from: position, to: end, maximumLog: log, maximumSymbol: symbol)
        position = after
        return table
      default:
        guard let known else { throw .invalid("a table is missing") }
        return known
      }
    }
    literalLengths = try table(modes >> 6, literalLengths, ZstdCodes.standardLiteralLengths, 9, 35)
    offsets = try table(modes >> 4, offsets, ZstdCodes.standardOffsets, 8, 31)
    matchLengths = try table(modes >> 2, matchLengths, ZstdCodes.standardMatchLengths, 9, 52)
    return position
  }

  /// Reads so many sequences, for `take`; the stream must be used up by them.
  func forEach(
    _ count: Int, _ start: UnsafePointer<UInt8>, bytes: Int,
    _ take: (_ literals: Int, _ offset: Int, _ match: Int) throws(UnpackFailure) -> Void
  ) throws(UnpackFailure) {
    guard var bits = ZstdBackwardBits(start, count: bytes), let literalLengths, let offsets, let matchLengths
    else {
      throw .invalid("sequences are damaged")
    }
    var literalState = Int(bits.take(literalLengths.log))
    var offsetState = Int(bits.take(offsets.log))
    var matchState = Int(bits.take(matchLengths.log))
    for index in 0..<count {
      let literal = literalLengths.states[literalState]
      let far = offsets.states[offsetState]
      let match = matchLengths.states[matchState]
      let offset = 1 << Int(far.symbol) + Int(bits.take(Int(far.symbol)))
      let (matchBase, matchBits) = ZstdCodes.matchLengths[Int(match.symbol)]
      let matchLength = matchBase + Int(bits.take(matchBits))
      let (literalBase, literalBits) = ZstdCodes.literalLengths[Int(literal.symbol)]
      let literalLength = literalBase + Int(bits.take(literalBits))
      if index + 1 < count {
        literalState = Int(literal.base) + Int(bits.take(Int(literal.bits)))
        matchState = Int(match.base) + Int(bits.take(Int(match.bits)))
        offsetState = Int(far.base) + Int(bits.take(Int(far.bits)))
      }
      guard bits.left >= 0 else { throw .invalid("sequences are damaged") }
      try take(literalLength, offset, matchLength)
    }
    guard bits.left == 0 else { throw .invalid("sequences are damaged") }
  }
}

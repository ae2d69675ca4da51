extension JSONBytes {
  /// Values may nest this deep: a record with such a member is what the tree parser still reads.
  static let depthLimit = JSONTreeParser.depthLimit - 1

  enum NestedEnd {
    case found(Position)
    case unfinished
    case tooDeep

    var isUnfinished: Bool {
      switch self {
      case .unfinished: true
      case .found, .tooDeep: false
      }
    }
  }

  /// Where the open brackets around `start` are closed. `start` must stand outside any string.
  ///
  /// Works on 64 bytes at once: quotes become a mask of what lies inside strings, and brackets outside of them are
  /// counted. A block that cannot bring the depth to zero costs no branch for each bracket.
  ///
  /// ```
  ///   {"a":[1,"]"]}      quotes   .1.1....1.1..
  ///                      strings  .11.....11...      (prefix xor: from an opening quote up to the closing one)
  ///                      closes   ...........11      (the one inside the string is gone)
  /// ```
  ///
  /// Which kind of bracket closes which is not checked here.
  static func nestedEnd(
    _ start: Position, _ end: Position, depth startDepth: Int = 1, limit: Int = depthLimit
  ) -> NestedEnd {
    var position = start
    var depth = startDepth
    var insideString: UInt64 = 0
    var escapesNext = false
    while position < end {
      let block = Block(position)
      var quotes = block.mask(equalTo: 0x22)
      if escapesNext || block.hasBackslash {
        quotes &= ~escapedBits(block.mask(equalTo: 0x5C), &escapesNext)
      }
      let folded = block.folded
      var opens = folded.mask(equalTo: 0x7B)
      var closes = folded.mask(equalTo: 0x7D)
      if opens | closes == 0 {
        insideString ^= 0 &- UInt64(truncatingIfNeeded: quotes.nonzeroBitCount & 1)
        position += 64
        continue
      }
      let strings = prefixXor(quotes) ^ insideString
      insideString = UInt64(bitPattern: Int64(bitPattern: strings) &>> 63)
      var outside = ~strings
      if end - position < 64 { outside &= (1 &<< UInt64(end - position)) &- 1 }
      opens &= outside
      closes &= outside
      let closeCount = closes.nonzeroBitCount
      let openCount = opens.nonzeroBitCount
      if closeCount < depth, depth &+ openCount <= limit {
        depth &+= openCount &- closeCount
      } else {
        var brackets = opens | closes
        while brackets != 0 {
          let bit = brackets.trailingZeroBitCount
          if closes &>> UInt64(bit) & 1 == 1 {
            depth &-= 1
            if depth == 0 { return .found(position + bit + 1) }
          } else {
            depth &+= 1
            if depth > limit { return .tooDeep }
          }
          brackets &= brackets &- 1
        }
      }
      position += 64
    }
    return .unfinished
  }

  // MARK: -

  /// 64 bytes in four registers.
  private struct Block {
    let first, second, third, fourth: SIMD16<UInt8>

    @inline(__always)
    init(_ position: Position) {
      let raw = UnsafeRawPointer(position)
      first = raw.loadUnaligned(as: SIMD16<UInt8>.self)
      second = raw.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
      third = raw.loadUnaligned(fromByteOffset: 32, as: SIMD16<UInt8>.self)
      fourth = raw.loadUnaligned(fromByteOffset: 48, as: SIMD16<UInt8>.self)
    }

    @inline(__always)
    init(_ first: SIMD16<UInt8>, _ second: SIMD16<UInt8>, _ third: SIMD16<UInt8>, _ fourth: SIMD16<UInt8>) {
      (self.first, self.second, self.third, self.fourth) = (first, second, third, fourth)
    }

    /// With bit 5 set, `[` and `{` are one value, and so are `]` and `}`.
    @inline(__always)
    var folded: Block {
      let bit = SIMD16<UInt8>(repeating: 0x20)
      return Block(first | bit, second | bit, third | bit, fourth | bit)
    }

    @inline(__always)
    var hasBackslash: Bool {
      let slash = SIMD16<UInt8>(repeating: 0x5C)
      let any: SIMDMask<SIMD16<Int8>> =
        (first .== slash) .| (second .== slash) .| (third .== slash) .| (fourth .== slash)
      let words = unsafeBitCast(any, to: SIMD2<UInt64>.self)
      return words[0] | words[1] != 0
    }

    /// Bit n is set where byte n has the value.
    @inline(__always)
    func mask(equalTo byte: UInt8) -> UInt64 {
      let wanted = SIMD16<UInt8>(repeating: byte)
      return bits(first .== wanted) | bits(second .== wanted) &<< 16
        | bits(third .== wanted) &<< 32 | bits(fourth .== wanted) &<< 48
    }

    @inline(__always)
    private func bits(_ lanes: SIMDMask<SIMD16<Int8>>) -> UInt64 { UInt64(lanes.bits) }
  }

  @inline(__always)
  private static func prefixXor(_ bits: UInt64) -> UInt64 {
    var sum = bits
    sum ^= sum &<< 1
    sum ^= sum &<< 2
    sum ^= sum &<< 4
    sum ^= sum &<< 8
    sum ^= sum &<< 16
    sum ^= sum &<< 32
    return sum
  }

  /// The bytes that a backslash before them escapes.
  private static func escapedBits(_ slashes: UInt64, _ escapesNext: inout Bool) -> UInt64 {
    var escaped: UInt64 = escapesNext ? 1 : 0
    var open = slashes & ~escaped
    escapesNext = false
    while open != 0 {
      let bit = open.trailingZeroBitCount
      if bit == 63 {
        escapesNext = true
        break
      }
      escaped |= 2 &<< UInt64(bit)
      open &= ~(3 &<< UInt64(bit))
    }
    return escaped
  }
}

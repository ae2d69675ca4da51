extension DeflateDecoder {
  enum FastLoopEnd { case endOfBlock, nearAnEnd, invalid }

  /// Decodes while at least `fastInput` bytes of input and `fastOutput` bytes of output are left.
  ///
  /// The entry of the next symbol is looked up before a match is copied, so that one does not wait for the other.
  ///
  /// - Invariant: an iteration reads at most 8 bytes at each of two positions, the second at most 7 bytes behind the
  ///   first, and writes at most 6 literals and 272 bytes for a match: `fastInput` and `fastOutput` are more.
  func fastLoop(_ literals: DeflateTable, _ distances: DeflateTable) -> FastLoopEnd {
    let literalEntries = UnsafePointer(literals.entries)
    let distanceEntries = UnsafePointer(distances.entries)
    let start = UnsafeRawPointer(input)
    var next = start + position
    let lastInput = start + (inputEnd - DeflateDecoder.fastInput)
    let outputBase = UnsafeMutableRawPointer(output.base)
    let streamStart = outputBase + outputStart
    var target = outputBase + output.count
    let lastOutput = outputBase + (min(output.capacity, outputLimit) - DeflateDecoder.fastOutput)
    var bits = self.bits
    var count = UInt64(truncatingIfNeeded: self.bitCount)
    var result = FastLoopEnd.nearAnEnd

    DeflateDecoder.refill(&bits, &count, &next)
    var entry = literalEntries[Int(truncatingIfNeeded: bits & 0x7FF)]
    while next <= lastInput, target <= lastOutput {
      if entry & DeflateTable.literalFlag != 0 {
        DeflateDecoder.literal(entry, &bits, &count, &target)
        entry = literalEntries[Int(truncatingIfNeeded: bits & 0x7FF)]
        if entry & DeflateTable.literalFlag != 0 {
          DeflateDecoder.literal(entry, &bits, &count, &target)
          entry = literalEntries[Int(truncatingIfNeeded: bits & 0x7FF)]
          if entry & DeflateTable.literalFlag != 0 {
            DeflateDecoder.literal(entry, &bits, &count, &target)
            DeflateDecoder.refill(&bits, &count, &next)
            entry = literalEntries[Int(truncatingIfNeeded: bits & 0x7FF)]
            continue
          }
        }
        DeflateDecoder.refill(&bits, &count, &next)
      }
      if entry & DeflateTable.specialFlag != 0 {
        if entry & DeflateTable.subtableFlag != 0 {
          bits &>>= 11
          count &-= 11
          let mask = (UInt64(1) &<< UInt64((entry &>> 8) & 0x1F)) &- 1
          entry = literalEntries[Int((entry &>> 16) & 0x7FFF) &+ Int(truncatingIfNeeded: bits & mask)]
          if entry & DeflateTable.literalFlag != 0 {
            DeflateDecoder.literal(entry, &bits, &count, &target)
            DeflateDecoder.refill(&bits, &count, &next)
            entry = literalEntries[Int(truncatingIfNeeded: bits & 0x7FF)]
            continue
          }
        }
        if entry & DeflateTable.specialFlag != 0 {
          if entry & DeflateTable.endFlag == 0 {
            result = .invalid
            break
          }
          let dropped = UInt64(entry & 0xFF)
          bits &>>= dropped
          count &-= dropped
          result = .endOfBlock
          break
        }
      }
      // At least 45 bits are left: length extra 5, distance code 15, distance extra 13.
      let length = DeflateDecoder.value(entry, &bits, &count)
      var far = distanceEntries[Int(truncatingIfNeeded: bits & 0xFF)]
      if far & DeflateTable.subtableFlag != 0 {
        bits &>>= 8
        count &-= 8
        let mask = (UInt64(1) &<< UInt64((far &>> 8) & 0x1F)) &- 1
        far = distanceEntries[Int((far &>> 16) & 0x7FFF) &+ Int(truncatingIfNeeded: bits & mask)]
      }
      if far & DeflateTable.specialFlag != 0 {
        result = .invalid
        break
      }
      let distance = DeflateDecoder.value(far, &bits, &count)
      if distance > target - streamStart {
        result = .invalid
        break
      }
      DeflateDecoder.refill(&bits, &count, &next)
      entry = literalEntries[Int(truncatingIfNeeded: bits & 0x7FF)]
      DeflateDecoder.copyMatch(target, distance, length)
      target += length
    }

    position = next - start
    output.count = target - outputBase
    self.bits = bits
    bitCount = Int(count)
    giveBackBits()
    return result
  }

  // MARK: -

  /// Returns the whole bytes that were read ahead, and clears the bits beyond.
  private func giveBackBits() {
    let whole = bitCount >> 3
    position -= whole
    bitCount &= 7
    bits &= (1 << UInt64(bitCount)) - 1
  }

  /// Afterwards at least 56 bits are there; those above `count` are already the right ones.
  @inline(__always)
  private static func refill(_ bits: inout UInt64, _ count: inout UInt64, _ next: inout UnsafeRawPointer) {
    bits |= UInt64(littleEndian: next.loadUnaligned(as: UInt64.self)) &<< count
    next += Int(truncatingIfNeeded: (63 &- count) &>> 3)
    count |= 56
  }

  /// Writes one literal or two; a single one is followed by a byte that does not count.
  @inline(__always)
  private static func literal(
    _ entry: UInt32, _ bits: inout UInt64, _ count: inout UInt64, _ target: inout UnsafeMutableRawPointer
  ) {
    let pair = UInt16(truncatingIfNeeded: (entry &>> 16) & 0x7FFF)
    target.storeBytes(of: pair.littleEndian, as: UInt16.self)
    target += 1 &+ Int((entry &>> 13) & 1)
    let dropped = UInt64(entry & 0xFF)
    bits &>>= dropped
    count &-= dropped
  }

  /// The base value of a length or distance entry plus its extra bits.
  @inline(__always)
  private static func value(_ entry: UInt32, _ bits: inout UInt64, _ count: inout UInt64) -> Int {
    let dropped = UInt64(entry & 0xFF)
    let codeword = UInt64((entry &>> 8) & 0x1F)
    let extra = (bits & ((UInt64(1) &<< dropped) &- 1)) &>> codeword
    bits &>>= dropped
    count &-= dropped
    return Int(entry &>> 16) &+ Int(truncatingIfNeeded: extra)
  }

  @inline(__always)
  private static func copyChunk(
    _ target: UnsafeMutableRawPointer, _ source: UnsafeMutableRawPointer, _ offset: Int
  ) {
    let chunk = source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
    target.storeBytes(of: chunk, toByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  @inline(__always)
  private static func copyMatch(_ target: UnsafeMutableRawPointer, _ distance: Int, _ length: Int) {
    let source = target - distance
    if distance >= 16 {
      // Most matches end within the first 48 bytes: copying these always costs less than a branch for each length.
      copyChunk(target, source, 0)
      copyChunk(target, source, 16)
      copyChunk(target, source, 32)
      var offset = 48
      while offset < length {
        copyChunk(target, source, offset)
        copyChunk(target, source, offset &+ 16)
        offset &+= 32
      }
    } else if distance >= 8 {
      var offset = 0
      repeat {
        let chunk = source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        target.storeBytes(of: chunk, toByteOffset: offset, as: UInt64.self)
        offset &+= 8
      } while offset < length
    } else if distance == 1 {
      let chunk = UInt64(source.load(as: UInt8.self)) &* 0x0101_0101_0101_0101
      var offset = 0
      repeat {
        target.storeBytes(of: chunk, toByteOffset: offset, as: UInt64.self)
        offset &+= 8
      } while offset < length
    } else {
      var offset = 0
      repeat {
        let byte = source.load(fromByteOffset: offset, as: UInt8.self)
        target.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        offset &+= 1
      } while offset < length
    }
  }
}

/// Reads what stands in a page, with every read bounded.
struct ParquetBytes {
  let base: UnsafePointer<UInt8>
  var position: Int
  let end: Int

  var left: Int { end - position }

  mutating func varint() throws(ParquetDamage) -> UInt64 {
    guard let value = Varint.read(base, &position, end: end) else {
      throw position < end ? ParquetDamage("a number of a page is malformed") : .cut
    }
    return value
  }

  mutating func zigzag() throws(ParquetDamage) -> Int64 { Varint.signed(try varint()) }

  mutating func little32() throws(ParquetDamage) -> Int {
    guard left >= 4 else { throw .cut }
    let value = (0..<4).reduce(0) { $0 | Int(base[position + $1]) << ($1 * 8) }
    position += 4
    return value
  }

  /// The part of so many bytes that begins here.
  mutating func part(_ count: Int) throws(ParquetDamage) -> ParquetBytes {
    guard count >= 0, count <= left else { throw .cut }
    position += count
    return ParquetBytes(base: base, position: position - count, end: position)
  }
}

/// Small numbers of a known width: runs of one number, and stretches that are packed bit by bit.
///
/// ```
///   header = count << 1       then the number in whole bytes      a run
///   header = groups << 1 | 1  then groups of eight numbers        packed, the lowest bit first
/// ```
enum ParquetRuns {
  /// Appends exactly `count` numbers.
  static func read(
    _ bytes: inout ParquetBytes, width: Int, count: Int, into target: inout [UInt32]
  ) throws(ParquetDamage) {
    guard (0...32).contains(width) else { throw ParquetDamage("numbers of a page are too wide") }
    let wanted = target.count + count
    target.reserveCapacity(wanted)
    let valueBytes = (width + 7) / 8
    while target.count < wanted {
      let header = try bytes.varint()
      let missing = wanted - target.count
      if header & 1 == 0 {
        let run = Int(min(header &>> 1, UInt64(missing)))
        guard run > 0 else { throw ParquetDamage("a run of a page is empty") }
        guard bytes.left >= valueBytes else { throw .cut }
        var value: UInt32 = 0
        for index in 0..<valueBytes {
          value |= UInt32(bytes.base[bytes.position + index]) << UInt32(index * 8)
        }
        bytes.position += valueBytes
        guard width == 32 || value < 1 << UInt32(width) else {
          throw ParquetDamage("a number of a page is out of range")
        }
        target.append(contentsOf: repeatElement(value, count: run))
      } else {
        let groups = header &>> 1
        guard groups > 0 else { throw ParquetDamage("a run of a page is empty") }
        let values = Int(min(groups, UInt64(missing + 7) / 8)) * 8
        let stored = groups.multipliedReportingOverflow(by: UInt64(width))
        let used = min(values, missing)
        guard !stored.overflow, (used * width + 7) / 8 <= bytes.left else { throw .cut }
        unpack(bytes, width, used, &target)
        // The last group may be cut to the numbers that are there.
        bytes.position += Int(min(stored.partialValue, UInt64(bytes.left)))
      }
    }
  }

  private static func unpack(_ bytes: ParquetBytes, _ width: Int, _ count: Int, _ target: inout [UInt32]) {
    if width == 0 { return target.append(contentsOf: repeatElement(0, count: count)) }
    let mask: UInt64 = (1 << UInt64(width)) - 1
    var position = bytes.position
    var window: UInt64 = 0
    var held = 0
    var done = 0
    // Eight bytes at a time, as long as they are all there.
    let raw = UnsafeRawPointer(bytes.base)
    while done < count, position + (done * width) >> 3 + 8 <= bytes.end {
      let bit = done * width
      let word = raw.loadUnaligned(fromByteOffset: position + bit >> 3, as: UInt64.self)
      target.append(UInt32(truncatingIfNeeded: UInt64(littleEndian: word) >> UInt64(bit & 7) & mask))
      done += 1
    }
    if done == count { return }
    position += (done * width) >> 3
    // What is left of the byte at hand.
    let begun = (done * width) & 7
    if begun > 0 {
      window = UInt64(bytes.base[position]) >> UInt64(begun)
      held = 8 - begun
      position += 1
    }
    for _ in done..<count {
      while held < width {
        // What is behind the end was found to be not needed.
        window |= UInt64(position < bytes.end ? bytes.base[position] : 0) << UInt64(held)
        position += 1
        held += 8
      }
      target.append(UInt32(truncatingIfNeeded: window & mask))
      window >>= UInt64(width)
      held -= width
    }
  }

  /// Levels as the first writers packed them: the highest bit first.
  static func readOldLevels(
    _ bytes: inout ParquetBytes, width: Int, count: Int, into target: inout [UInt32]
  ) throws(ParquetDamage) {
    let stored = (count * width + 7) / 8
    guard stored <= bytes.left else { throw .cut }
    for index in 0..<count {
      var value: UInt32 = 0
      for bit in index * width..<(index + 1) * width {
        value = value << 1 | UInt32(bytes.base[bytes.position + bit / 8] >> UInt8(7 - bit % 8) & 1)
      }
      target.append(value)
    }
    bytes.position += stored
  }

  /// Bits that levels up to this one need.
  static func width(of level: Int) -> Int { Int.bitWidth - level.leadingZeroBitCount }
}

/// Numbers as differences from the one before, in blocks with widths of their own.
enum ParquetDeltas {
  /// Appends the numbers; there must be `count`.
  static func read(
    _ bytes: inout ParquetBytes, count: Int, into target: inout [Int64]
  ) throws(ParquetDamage) {
    let blockSize = try bytes.varint()
    let parts = try bytes.varint()
    let total = try bytes.varint()
    let first = try bytes.zigzag()
    guard blockSize > 0, blockSize <= 1 << 20, parts > 0, parts <= blockSize, blockSize % parts == 0,
      (blockSize / parts) % 8 == 0
    else { throw ParquetDamage("the blocks of a page are malformed") }
    guard total == UInt64(count) else {
      throw ParquetDamage("a page has another number of values than stated")
    }
    guard count > 0 else { return }
    target.reserveCapacity(target.count + count)
    let partSize = Int(blockSize / parts)
    var value = first
    target.append(value)
    var left = count - 1
    while left > 0 {
      let smallest = try bytes.zigzag()
      let widths = try bytes.part(Int(parts))
      for part in 0..<Int(parts) where left > 0 {
        let width = Int(widths.base[widths.position + part])
        guard width <= 64 else { throw ParquetDamage("numbers of a page are too wide") }
        let used = min(left, partSize)
        let stored = partSize * width / 8
        guard (used * width + 7) / 8 <= bytes.left else { throw .cut }
        var bit = 0
        for _ in 0..<used {
          value = value &+ smallest &+ Int64(bitPattern: bits(bytes, bit, width))
          target.append(value)
          bit += width
        }
        left -= used
        bytes.position += min(stored, bytes.left)
      }
    }
  }

  /// A number of up to 64 bits, the lowest first.
  @inline(__always)
  private static func bits(_ bytes: ParquetBytes, _ bit: Int, _ width: Int) -> UInt64 {
    if width == 0 { return 0 }
    var value: UInt64 = 0
    var position = bytes.position + bit >> 3
    var have = 0
    let shift = bit & 7
    while have < width + shift {
      let byte = UInt64(position < bytes.end ? bytes.base[position] : 0)
      let place = have - shift
      value |= place >= 0 ? (place < 64 ? byte << UInt64(place) : 0) : byte >> UInt64(-place)
      position += 1
      have += 8
    }
    return width == 64 ? value : value & ((1 << UInt64(width)) - 1)
  }
}

/// The values of a page, or of a dictionary: numbers as they are, texts by where they stand.
final class ParquetValues {
  /// Bools, numbers and the bits of reals.
  private(set) var words: [Int64] = []
  /// Where each text begins in `buffer` and how long it is: also of values of fixed length.
  private(set) var starts: [Int] = []
  private(set) var counts: [Int] = []
  /// What the page holds, unpacked.
  let buffer = PaddedBuffer(capacity: 1 << 12)
  /// Places in the dictionary, where the page has those.
  private(set) var codes: [UInt32] = []
  private(set) var isCoded = false

  private(set) var count = 0

  func reset() {
    words.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    codes.removeAll(keepingCapacity: true)
    isCoded = false
    count = 0
    buffer.shrink(above: 64 << 20)
    buffer.count = 0
  }

  @inline(__always)
  func text(_ index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer.base + starts[index], count: counts[index])
  }

  /// Reads `count` values that stand in a part of `buffer`.
  func read(
    _ range: Range<Int>, encoding: Int, type: ParquetType, count: Int, dictionary: ParquetValues?
  ) throws(ParquetDamage) {
    self.count = count
    if count == 0 { return }
    var bytes = ParquetBytes(
      base: UnsafePointer(buffer.base), position: range.lowerBound, end: range.upperBound)
    switch encoding {
    case 0: try plain(&bytes, type, count)
    case 2, 8:
      guard let dictionary else { throw ParquetDamage("the dictionary of a column is missing") }
      guard bytes.left > 0 else { throw .cut }
      let width = Int(bytes.base[bytes.position])
      bytes.position += 1
      try ParquetRuns.read(&bytes, width: width, count: count, into: &codes)
      guard (codes.max() ?? 0) < UInt32(clamping: dictionary.count) else {
        throw ParquetDamage("a value is not in the dictionary of its column")
      }
      isCoded = true
    case 3 where type.physical == .boolean:
      var part = try bytes.part(try bytes.little32())
      var bits: [UInt32] = []
      try ParquetRuns.read(&part, width: 1, count: count, into: &bits)
      words = bits.map { Int64($0) }
    case 5 where type.physical == .int32 || type.physical == .int64:
      try ParquetDeltas.read(&bytes, count: count, into: &words)
      if type.physical == .int32 { words = words.map { Int64(Int32(truncatingIfNeeded: $0)) } }
    case 6 where type.physical == .bytes: try lengths(&bytes, count)
    case 7 where type.physical == .bytes || type.physical == .fixed: try prefixes(&bytes, type, count)
    case 9: try streams(&bytes, type, count)
    default:
      throw ParquetDamage(.unsupported, "an encoding of values that is not read (\(encoding))")
    }
  }

  // MARK: - Encodings

  private static func width(_ type: ParquetType) -> Int {
    switch type.physical {
    case .boolean: 0
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .bytes: 0
    case .fixed: type.length
    }
  }

  private func plain(_ bytes: inout ParquetBytes, _ type: ParquetType, _ count: Int) throws(ParquetDamage) {
    let raw = UnsafeRawPointer(bytes.base)
    switch type.physical {
    case .boolean:
      guard (count + 7) / 8 <= bytes.left else { throw .cut }
      words.reserveCapacity(count)
      for index in 0..<count {
        words.append(Int64(bytes.base[bytes.position + index >> 3] &>> UInt8(index & 7) & 1))
      }
    case .int32, .float:
      guard count <= bytes.left / 4 else { throw .cut }
      words.reserveCapacity(count)
      for index in 0..<count {
        let value = raw.loadUnaligned(fromByteOffset: bytes.position + index * 4, as: UInt32.self)
        let bits = UInt32(littleEndian: value)
        words.append(type.physical == .int32 ? Int64(Int32(bitPattern: bits)) : Int64(bits))
      }
    case .int64, .double:
      guard count <= bytes.left / 8 else { throw .cut }
      words.reserveCapacity(count)
      for index in 0..<count {
        let value = raw.loadUnaligned(fromByteOffset: bytes.position + index * 8, as: UInt64.self)
        words.append(Int64(bitPattern: UInt64(littleEndian: value)))
      }
    case .int96, .fixed:
      let width = ParquetValues.width(type)
      guard count <= bytes.left / width else { throw .cut }
      for index in 0..<count { add(bytes.position + index * width, width) }
    case .bytes:
      starts.reserveCapacity(count)
      counts.reserveCapacity(count)
      for _ in 0..<count {
        let length = try bytes.little32()
        guard length <= bytes.left else { throw .cut }
        add(bytes.position, length)
        bytes.position += length
      }
    }
  }

  private func add(_ start: Int, _ length: Int) {
    starts.append(start)
    counts.append(length)
  }

  private func lengths(_ bytes: inout ParquetBytes, _ count: Int) throws(ParquetDamage) {
    var lengths: [Int64] = []
    try ParquetDeltas.read(&bytes, count: count, into: &lengths)
    for length in lengths {
      guard length >= 0, length <= Int64(bytes.left) else { throw .cut }
      add(bytes.position, Int(length))
      bytes.position += Int(length)
    }
  }

  /// Each value begins as the one before it did; they are written out behind the page.
  private func prefixes(_ bytes: inout ParquetBytes, _ type: ParquetType, _ count: Int) throws(ParquetDamage)
  {
    var shared: [Int64] = []
    var lengths: [Int64] = []
    try ParquetDeltas.read(&bytes, count: count, into: &shared)
    try ParquetDeltas.read(&bytes, count: count, into: &lengths)
    var (before, beforeLength) = (0, 0)
    let (start, end) = (bytes.position, bytes.end)
    var position = start
    for index in 0..<count {
      guard shared[index] >= 0, shared[index] <= Int64(beforeLength), lengths[index] >= 0,
        lengths[index] <= Int64(end - position)
      else { throw .cut }
      let (prefix, suffix) = (Int(shared[index]), Int(lengths[index]))
      guard buffer.count + prefix + suffix <= ParquetLimits.pageByteLimit else {
        throw ParquetDamage(.limit, "a page is larger than the limit of \(ParquetLimits.pageByteLimit) bytes")
      }
      let place = buffer.count
      if place + prefix + suffix > buffer.capacity {
        let needed = (place + prefix + suffix) * 2
        guard RunLimits.admits(needed) else {
          let limit = RunLimits.size(RunLimits.memoryLimit)
          throw ParquetDamage(.limit, "reading a page would go beyond the memory limit of \(limit)")
        }
        buffer.reserve(needed)
      }
      (buffer.base + place).update(from: buffer.base + before, count: prefix)
      (buffer.base + place + prefix).update(from: buffer.base + position, count: suffix)
      buffer.count += prefix + suffix
      position += suffix
      (before, beforeLength) = (place, prefix + suffix)
      add(place, prefix + suffix)
    }
    if type.physical == .fixed {
      guard counts.allSatisfy({ $0 == type.length }) else {
        throw ParquetDamage("a value has another length")
      }
    }
    buffer.sealPadding()
  }

  /// The first bytes of all values, then the second ones, and so on.
  private func streams(_ bytes: inout ParquetBytes, _ type: ParquetType, _ count: Int) throws(ParquetDamage) {
    let width = ParquetValues.width(type)
    guard width > 0, type.physical != .int96 else {
      throw ParquetDamage(.unsupported, "an encoding of values that is not read (9)")
    }
    guard count <= bytes.left / width else { throw .cut }
    let start = bytes.position
    if type.physical == .fixed {
      let place = buffer.count
      buffer.reserve(place + count * width)
      for index in 0..<count {
        for byte in 0..<width {
          buffer.base[place + index * width + byte] = buffer.base[start + byte * count + index]
        }
        add(place + index * width, width)
      }
      buffer.count += count * width
      buffer.sealPadding()
      return
    }
    for index in 0..<count {
      var bits: UInt64 = 0
      for byte in 0..<width { bits |= UInt64(bytes.base[start + byte * count + index]) << UInt64(byte * 8) }
      words.append(type.physical == .int32 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits))
    }
  }
}

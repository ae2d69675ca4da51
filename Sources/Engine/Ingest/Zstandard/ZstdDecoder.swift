/// Decompresses Zstandard (RFC 8878): frames one behind the other, with their checksums; without dictionaries.
///
/// ```
///   frame = magic, header, blocks, checksum      block = literals and sequences (so many literals, then a match)
/// ```
/// Every read and write is bounded; the eight bytes behind the input must be readable.
final class ZstdDecoder: StreamDecoder {
  static let format = "Zstandard"
  static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]
  private static let largestBlock = 1 << 17

  let output: PaddedBuffer
  private let literals = PaddedBuffer(capacity: ZstdDecoder.largestBlock + 64)
  var limit = 0
  /// Where the output of the frame begins: a match may not reach before it.
  private var frameStart = 0
  private var repeats = (1, 4, 8)
  private var huffman: ZstdHuffmanTable?
  private var tables = ZstdSequenceTables()

  init(output: PaddedBuffer) { self.output = output }

  static func isZstd(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool { bytes.starts(with: magic) }

  // MARK: - Frames

  func stream(_ input: UnsafeBufferPointer<UInt8>, _ start: Int) throws(UnpackFailure) -> Int {
    if let end = try input.endOfSkippedFrame(start) { return end }
    guard start + 8 <= input.count else { throw .truncated }
    guard input[start...].starts(with: ZstdDecoder.magic) else { throw .invalid("no frame begins here") }
    let flags = input[start + 4]
    guard flags & 8 == 0 else { throw .invalid("reserved bits are set") }
    let isSingle = flags & 0x20 != 0
    let hasChecksum = flags & 4 != 0
    let dictionaryBytes = [0, 1, 2, 4][Int(flags & 3)]
    let sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][Int(flags >> 6)]
    let dictionary = start + 5 + (isSingle ? 0 : 1)
    let size = dictionary + dictionaryBytes
    var position = size + sizeBytes
    guard position <= input.count else { throw .truncated }
    guard input[dictionary..<size].allSatisfy({ $0 == 0 }) else {
      throw .invalid("it needs a dictionary, which is not read")
    }
    frameStart = output.count
    repeats = (1, 4, 8)
    huffman = nil
    tables = ZstdSequenceTables()
    let stated = ZstdDecoder.contentSize(input, size, sizeBytes)
    // Believed only within reason, as a hint.
    if let stated, stated <= limit - output.count, stated / 64 <= input.count {
      try output.makeRoom(for: stated, limit: limit)
    }
    var isLast = false
    while !isLast { isLast = try block(input, &position) }
    if let stated, stated != output.count - frameStart { throw .invalid("the size does not match") }
    if hasChecksum {
      guard position + 4 <= input.count else { throw .truncated }
      let sum = ZstdChecksum.of(output.base + frameStart, count: output.count - frameStart)
      guard Int(sum) == input.little32(position) else { throw .invalid("the checksum does not match") }
      position += 4
    }
    return position
  }

  private static func contentSize(_ input: UnsafeBufferPointer<UInt8>, _ at: Int, _ bytes: Int) -> Int? {
    switch bytes {
    case 1: Int(input[at])
    case 2: input.little16(at) + 256
    case 4: input.little32(at)
    case 8: input.little64(at)
    default: nil
    }
  }

  // MARK: - Blocks

  /// Decodes a block; true if it is the last one.
  private func block(_ input: UnsafeBufferPointer<UInt8>, _ position: inout Int) throws(UnpackFailure) -> Bool
  {
    if RunLimits.isOutOfTime { throw .outOfTime }
    guard position + 3 <= input.count else { throw .truncated }
    let header = input.little16(position) | Int(input[position + 2]) << 16
    let size = header >> 3
    position += 3
    guard size <= ZstdDecoder.largestBlock else { throw .invalid("a block is too large") }
    switch header >> 1 & 3 {
    case 0:
      let available = min(size, input.count - position)
      try append(input, position, available)
      guard available == size else { throw .truncated }
      position += size
    case 1:
      guard position < input.count else { throw .truncated }
      try output.makeRoom(for: size, limit: limit)
      (output.base + output.count).update(repeating: input[position], count: size)
      output.count += size
      position += 1
    case 2:
      guard position + size <= input.count else { throw .truncated }
      let before = output.count
      do throws(UnpackFailure) {
        try compressedBlock(input, position, position + size)
      } catch {
        // What a damaged block gave is not certain.
        if error != .outputLimit { output.count = before }
        throw error == .truncated ? .invalid("a block is damaged") : error
      }
      position += size
    default: throw .invalid("a block of a reserved kind")
    }
    return header & 1 == 1
  }

  private func compressedBlock(
    _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) throws(UnpackFailure) {
    var position = try readLiterals(input, start, end)
    guard position < end, let base = input.baseAddress else { throw .truncated }
    var count = Int(input[position])
    position += 1
    if count >= 128 {
      guard position + 2 <= end else { throw .truncated }
      if count == 255 {
        count = input.little16(position) + 0x7F00
        position += 2
      } else {
        count = (count - 128) << 8 + Int(input[position])
        position += 1
      }
    }
    var used = 0
    let blockStart = output.count
    if count > 0 {
      guard position < end else { throw .truncated }
      position = try tables.read(input, modes: input[position], from: position + 1, to: end)
      guard position < end else { throw .truncated }
      try tables.forEach(count, base + position, bytes: end - position) {
        length, offset, match throws(UnpackFailure) in
        guard used + length <= literals.count else { throw .invalid("too few literals") }
        try output.makeRoom(for: length + match, limit: limit)
        guard output.count - blockStart + length + match <= ZstdDecoder.largestBlock else {
          throw .invalid("a block is too large")
        }
        (output.base + output.count).update(from: literals.base + used, count: length)
        output.count += length
        used += length
        try copy(distance(offset, hasLiterals: length > 0), match)
      }
    } else if position != end {
      throw .invalid("bytes are left behind a block")
    }
    let rest = literals.count - used
    try output.makeRoom(for: rest, limit: limit)
    (output.base + output.count).update(from: literals.base + used, count: rest)
    output.count += rest
  }

  /// The last three distances have numbers of their own.
  private func distance(_ value: Int, hasLiterals: Bool) -> Int {
    if value > 3 {
      repeats = (value - 3, repeats.0, repeats.1)
      return value - 3
    }
    switch hasLiterals ? value : value + 1 {
    case 1: return repeats.0
    case 2: repeats = (repeats.1, repeats.0, repeats.2)
    case 3: repeats = (repeats.2, repeats.0, repeats.1)
    default: repeats = (repeats.0 - 1, repeats.0, repeats.1)
    }
    return repeats.0
  }

  private func copy(_ distance: Int, _ count: Int) throws(UnpackFailure) {
    guard distance > 0, distance <= output.count - frameStart else {
      throw .invalid("distance reaches before the start")
    }
    BlockCopy.repeated(output.base + output.count, distance: distance, count: count)
    output.count += count
  }

  // MARK: - Literals

  /// Fills `literals`; what was read ends at the returned place.
  private func readLiterals(
    _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
  ) throws(UnpackFailure) -> Int {
    guard start < end, let base = input.baseAddress else { throw .truncated }
    let head = Int(input[start])
    let format = head >> 2 & 3
    literals.count = 0
    if head & 3 < 2 {
      let bytes = format & 1 == 0 ? 1 : format == 1 ? 2 : 3
      guard start + bytes <= end else { throw .truncated }
      let word = (0..<bytes).reduce(0) { $0 | Int(input[start + $1]) << ($1 * 8) }
      let size = bytes == 1 ? word >> 3 : word >> 4
      guard size <= ZstdDecoder.largestBlock else { throw .invalid("too many literals") }
      let position = start + bytes
      if head & 3 == 0 {
        guard position + size <= end else { throw .truncated }
        literals.append(base + position, count: size)
        return position + size
      }
      guard position < end else { throw .truncated }
      literals.base.update(repeating: input[position], count: size)
      literals.count = size
      return position + 1
    }
    let bytes = [3, 3, 4, 5][format]
    let width = [10, 10, 14, 18][format]
    guard start + bytes <= end else { throw .truncated }
    let word = (0..<bytes).reduce(0) { $0 | Int(input[start + $1]) << ($1 * 8) }
    let size = word >> 4 & (1 << width - 1)
    let stored = word >> (4 + width) & (1 << width - 1)
    let position = start + bytes
    guard size <= ZstdDecoder.largestBlock else { throw .invalid("too many literals") }
    guard position + stored <= end else { throw .truncated }
    try decodeLiterals(
      input, position, position + stored, size, hasTable: head & 3 == 2, isOneStream: format == 0)
    return position + stored
  }

  private func decodeLiterals(
    _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int, _ size: Int, hasTable: Bool,
    isOneStream: Bool
  ) throws(UnpackFailure) {
    var position = start
    if hasTable {
      let (table, after) = try ZstdHuffmanTable.read(input, from: start, to: end)
      huffman = table
      position = after
    }
    guard let huffman, let base = input.baseAddress else { throw .invalid("the code of literals is missing") }
    if isOneStream {
      try huffman.decode(base + position, count: end - position, into: literals.base, literals: size)
    } else {
      guard position + 6 <= end else { throw .truncated }
      var sizes = (0..<3).map { input.little16(position + $0 * 2) }
      position += 6
      sizes.append(end - position - sizes.reduce(0, +))
      let part = (size + 3) / 4
      guard sizes[3] > 0, part * 3 <= size else { throw .invalid("literals are damaged") }
      for (index, count) in sizes.enumerated() {
        try huffman.decode(
          base + position, count: count, into: literals.base + part * index,
          literals: index < 3 ? part : size - part * 3)
        position += count
      }
    }
    literals.count = size
  }

  // MARK: - Output

  private func append(
    _ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int
  ) throws(UnpackFailure) {
    try output.makeRoom(for: count, limit: limit)
    guard let base = input.baseAddress else { return }
    (output.base + output.count).update(from: base + start, count: count)
    output.count += count
  }
}

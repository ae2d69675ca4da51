/// Decodes the chunks of LZMA2: matches and literals whose bits come from a range of numbers, by how likely each is.
///
/// What is kept from chunk to chunk are the probabilities, the last four distances and the kind of the last symbols.
struct LZMADecoder {
  private static let start: UInt16 = 1024
  private static let states = 12
  private static let distanceContexts = 4

  private var literalContextBits = 0
  private var literalPositionBits = 0
  private var positionBits = 0
  private(set) var hasProperties = false

  private var state = 0
  private var distances = (0, 0, 0, 0)
  private var isMatch = [UInt16](repeating: start, count: states << 4)
  private var isRepeat = [UInt16](repeating: start, count: states)
  private var isRepeat0 = [UInt16](repeating: start, count: states)
  private var isRepeat1 = [UInt16](repeating: start, count: states)
  private var isRepeat2 = [UInt16](repeating: start, count: states)
  private var isLong = [UInt16](repeating: start, count: states << 4)
  private var literals: [UInt16] = []
  private var slots = [UInt16](repeating: start, count: distanceContexts << 6)
  private var special = [UInt16](repeating: start, count: 128)
  private var aligned = [UInt16](repeating: start, count: 16)
  private var lengths = Lengths()
  private var repeatLengths = Lengths()

  private struct Lengths {
    var choices: [UInt16] = [LZMADecoder.start, LZMADecoder.start]
    var low = [UInt16](repeating: LZMADecoder.start, count: 16 << 3)
    var middle = [UInt16](repeating: LZMADecoder.start, count: 16 << 3)
    var high = [UInt16](repeating: LZMADecoder.start, count: 256)
  }

  /// Bits out of a range.
  private struct Range {
    let input: UnsafeBufferPointer<UInt8>
    var position: Int
    let end: Int
    var range: UInt32 = 0xFFFF_FFFF
    var code: UInt32 = 0

    init(_ input: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) throws(UnpackFailure) {
      self.input = input
      self.end = end
      guard start + 5 <= end else { throw .truncated }
      guard input[start] == 0 else { throw .invalid("a chunk is damaged") }
      for index in 1..<5 { code = code << 8 | UInt32(input[start + index]) }
      position = start + 5
    }

    @inline(__always)
    mutating func normalize() throws(UnpackFailure) {
      guard range < 1 << 24 else { return }
      guard position < end else { throw .truncated }
      range &<<= 8
      code = code &<< 8 | UInt32(input[position])
      position &+= 1
    }

    @inline(__always)
    mutating func bit(_ chance: inout UInt16) throws(UnpackFailure) -> Int {
      try normalize()
      let bound = (range &>> 11) &* UInt32(chance)
      if code < bound {
        range = bound
        chance &+= (2048 &- chance) &>> 5
        return 0
      }
      range &-= bound
      code &-= bound
      chance &-= chance &>> 5
      return 1
    }

    /// Bits that are as likely as not.
    mutating func direct(_ count: Int) throws(UnpackFailure) -> Int {
      var value = 0
      for _ in 0..<count {
        try normalize()
        range &>>= 1
        let isOne = code >= range
        if isOne { code &-= range }
        value = value << 1 | (isOne ? 1 : 0)
      }
      return value
    }

    mutating func tree(_ chances: inout [UInt16], at start: Int, bits: Int) throws(UnpackFailure) -> Int {
      var node = 1
      for _ in 0..<bits { node = node << 1 | (try bit(&chances[start + node])) }
      return node - 1 << bits
    }

    mutating func reverseTree(_ chances: inout [UInt16], at start: Int, bits: Int) throws(UnpackFailure)
      -> Int
    {
      var node = 1
      var value = 0
      for place in 0..<bits {
        let bit = try bit(&chances[start + node])
        node = node << 1 | bit
        value |= bit << place
      }
      return value
    }
  }

  /// Takes new properties; false if there are no such.
  mutating func setProperties(_ byte: UInt8) -> Bool {
    guard byte < 9 * 5 * 5 else { return false }
    literalContextBits = Int(byte) % 9
    literalPositionBits = Int(byte) / 9 % 5
    positionBits = Int(byte) / 45
    hasProperties = true
    return literalContextBits + literalPositionBits <= 4
  }

  mutating func reset() {
    let (contextBits, literalBits, bits) = (literalContextBits, literalPositionBits, positionBits)
    self = LZMADecoder()
    (literalContextBits, literalPositionBits, positionBits, hasProperties) = (
      contextBits, literalBits, bits, true
    )
    literals = [UInt16](
      repeating: LZMADecoder.start, count: 0x300 << (literalContextBits + literalPositionBits))
  }

  /// Appends so many bytes to the output, from the input's range; a match may not reach before `dictionary`.
  /// Where the input ends before that, what came of it stands in the output.
  mutating func decode(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, bytes: Int, output: PaddedBuffer,
    dictionary: Int
  ) throws(UnpackFailure) {
    guard !literals.isEmpty else { throw .invalid("a chunk comes before its properties") }
    var range = try Range(input, start, end)
    let target = output.count + bytes
    while output.count < target {
      let position = (output.count - dictionary) & (1 << positionBits - 1)
      if try range.bit(&isMatch[state << 4 + position]) == 0 {
        try literal(&range, output, dictionary)
        continue
      }
      var length: Int
      if try range.bit(&isRepeat[state]) == 0 {
        distances = (0, distances.0, distances.1, distances.2)
        length = try LZMADecoder.length(&range, &lengths, position)
        state = state < 7 ? 7 : 10
        distances.0 = try distance(&range, length)
      } else if try repeated(&range, position) {
        length = try LZMADecoder.length(&range, &repeatLengths, position)
        state = state < 7 ? 8 : 11
      } else {
        state = state < 7 ? 9 : 11
        length = 1
      }
      guard distances.0 < output.count - dictionary, length <= target - output.count else {
        throw .invalid("distance reaches before the start")
      }
      let source = distances.0 + 1
      for _ in 0..<length {
        output.base[output.count] = output.base[output.count - source]
        output.count &+= 1
      }
    }
    try range.normalize()
    guard range.position == end, range.code == 0 else { throw .invalid("a chunk is damaged") }
  }

  private mutating func literal(
    _ range: inout Range, _ output: PaddedBuffer, _ dictionary: Int
  ) throws(UnpackFailure) {
    let place = output.count - dictionary
    let previous = place > 0 ? Int(output.base[output.count - 1]) : 0
    let context =
      (place & (1 << literalPositionBits - 1)) << literalContextBits + previous >> (8 - literalContextBits)
    let start = 0x300 * context
    var symbol = 1
    if state >= 7 {
      guard distances.0 < place else { throw .invalid("distance reaches before the start") }
      var match = Int(output.base[output.count - distances.0 - 1])
      while symbol < 0x100 {
        let matchBit = match >> 7 & 1
        match <<= 1
        let bit = try range.bit(&literals[start + (1 + matchBit) << 8 + symbol])
        symbol = symbol << 1 | bit
        if bit != matchBit { break }
      }
    }
    while symbol < 0x100 { symbol = symbol << 1 | (try range.bit(&literals[start + symbol])) }
    output.base[output.count] = UInt8(truncatingIfNeeded: symbol)
    output.count &+= 1
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6
  }

  /// Takes one of the last distances; false if a single byte is repeated.
  private mutating func repeated(_ range: inout Range, _ position: Int) throws(UnpackFailure) -> Bool {
    if try range.bit(&isRepeat0[state]) == 0 { return try range.bit(&isLong[state << 4 + position]) == 1 }
    if try range.bit(&isRepeat1[state]) == 0 {
      distances = (distances.1, distances.0, distances.2, distances.3)
    } else if try range.bit(&isRepeat2[state]) == 0 {
      distances = (distances.2, distances.0, distances.1, distances.3)
    } else {
      distances = (distances.3, distances.0, distances.1, distances.2)
    }
    return true
  }

  private static func length(
    _ range: inout Range, _ lengths: inout Lengths, _ position: Int
  ) throws(UnpackFailure) -> Int {
    if try range.bit(&lengths.choices[0]) == 0 {
      return try range.tree(&lengths.low, at: position << 3, bits: 3) + 2
    }
    if try range.bit(&lengths.choices[1]) == 0 {
      return try range.tree(&lengths.middle, at: position << 3, bits: 3) + 10
    }
    return try range.tree(&lengths.high, at: 0, bits: 8) + 18
  }

  private mutating func distance(_ range: inout Range, _ length: Int) throws(UnpackFailure) -> Int {
    let context = min(length - 2, LZMADecoder.distanceContexts - 1)
    let slot = try range.tree(&slots, at: context << 6, bits: 6)
    if slot < 4 { return slot }
    let bits = slot >> 1 - 1
    let base = (2 | slot & 1) << bits
    if slot < 14 { return base + (try range.reverseTree(&special, at: base - slot, bits: bits)) }
    let high = try range.direct(bits - 4) << 4
    let distance = base + high + (try range.reverseTree(&aligned, at: 0, bits: 4))
    // LZMA2 has no mark for its end.
    guard distance < 0xFFFF_FFFF else { throw .invalid("a chunk is damaged") }
    return distance
  }
}

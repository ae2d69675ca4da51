/// Bits that are read from the highest of each byte downwards.
struct Bzip2Bits {
  private let input: UnsafeBufferPointer<UInt8>
  /// The next byte to take up.
  private var position: Int
  private var bits: UInt64 = 0
  private var count = 0

  init(_ input: UnsafeBufferPointer<UInt8>, from start: Int) {
    self.input = input
    position = start
  }

  /// Where the next whole byte stands.
  var byte: Int { position - count / 8 }

  private mutating func refill() {
    while count <= 56, position < input.count {
      bits |= UInt64(input[position]) << UInt64(56 - count)
      position += 1
      count += 8
    }
  }

  /// At most 32 bits.
  @inline(__always)
  mutating func take(_ wanted: Int) throws(UnpackFailure) -> Int {
    if count < wanted {
      refill()
      guard count >= wanted else { throw .truncated }
    }
    let value = Int(bits &>> UInt64(64 &- wanted))
    bits &<<= UInt64(wanted)
    count &-= wanted
    return value
  }

  /// The next 20 bits, with zeros behind the end.
  @inline(__always)
  mutating func peek() -> Int {
    if count < 20 { refill() }
    return Int(bits &>> 44)
  }

  @inline(__always)
  mutating func drop(_ wanted: Int) throws(UnpackFailure) {
    guard count >= wanted else { throw .truncated }
    bits &<<= UInt64(wanted)
    count &-= wanted
  }

  mutating func align() {
    let rest = count % 8
    bits <<= UInt64(rest)
    count -= rest
  }
}

/// A code whose codewords have 1 to 20 bits and come in the order of their lengths.
struct Bzip2Code {
  /// The first 20 bits of the last codeword of each length, filled up with ones.
  private var limits = [Int](repeating: -1, count: 21)
  /// What is taken from a codeword of each length to get its place.
  private var bases = [Int](repeating: 0, count: 21)
  private var symbols: [UInt16] = []
  private var shortest = 20

  init?(lengths: [Int]) {
    var code = 0
    for length in 1...20 {
      let first = symbols.count
      for (symbol, own) in lengths.enumerated() where own == length { symbols.append(UInt16(symbol)) }
      let count = symbols.count - first
      guard code + count <= 1 << length else { return nil }
      bases[length] = code - first
      code += count
      if count > 0 {
        limits[length] = code << (20 - length) - 1
        shortest = min(shortest, length)
      } else if length > 1 {
        limits[length] = limits[length - 1]
      }
      code <<= 1
    }
    guard symbols.count == lengths.count else { return nil }
  }

  @inline(__always)
  func decode(_ bits: inout Bzip2Bits) throws(UnpackFailure) -> Int {
    let word = bits.peek()
    var length = shortest
    while length <= 20, word > limits[length] { length &+= 1 }
    guard length <= 20 else { throw .invalid("invalid code") }
    let place = word &>> (20 &- length) &- bases[length]
    guard place >= 0, place < symbols.count else { throw .invalid("invalid code") }
    try bits.drop(length)
    return Int(symbols[place])
  }
}

/// A table of finite-state entropy: each state tells a symbol, and from some bits the next state.
struct ZstdStateTable {
  struct State {
    var symbol: UInt8
    var bits: UInt8
    var base: UInt16
  }

  private(set) var states: [State]
  /// So many bits make the first state.
  private(set) var log: Int

  /// Always the same symbol.
  init(always symbol: UInt8) {
    states = [State(symbol: symbol, bits: 0, base: 0)]
    log = 0
  }

  /// From how often each symbol comes; -1 is less than once.
  init?(_ counts: [Int], log: Int) {
    let size = 1 << log
    var states = [State](repeating: State(symbol: 0, bits: 0, base: 0), count: size)
    var next = [Int](repeating: 0, count: counts.count)
    var high = size - 1
    for (symbol, count) in counts.enumerated() {
      if count == -1 {
        guard high >= 0 else { return nil }
        states[high].symbol = UInt8(symbol)
        high -= 1
        next[symbol] = 1
      } else {
        next[symbol] = count
      }
    }
    let step = size >> 1 + size >> 3 + 3
    var position = 0
    for (symbol, count) in counts.enumerated() where count > 0 {
      for _ in 0..<count {
        states[position].symbol = UInt8(symbol)
        repeat { position = (position + step) & (size - 1) } while position > high
      }
    }
    guard position == 0 else { return nil }
    for index in 0..<size {
      let symbol = Int(states[index].symbol)
      let value = next[symbol]
      guard value > 0 else { return nil }
      next[symbol] += 1
      let bits = log - (Int.bitWidth - 1 - value.leadingZeroBitCount)
      guard bits >= 0 else { return nil }
      states[index].bits = UInt8(bits)
      states[index].base = UInt16(truncatingIfNeeded: value << bits - size)
    }
    self.states = states
    self.log = log
  }

  /// Reads how often each symbol comes; what was read ends at the returned place.
  static func read(
    _ input: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, maximumLog: Int, maximumSymbol: Int
  ) throws(UnpackFailure) -> (table: ZstdStateTable, end: Int) {
    var bit = start * 8
    func peek(_ count: Int) -> Int {
      var value = 0
      for index in 0..<count {
        let place = bit + index
        if place >> 3 < end { value |= Int(input[place >> 3] >> UInt8(place & 7) & 1) << index }
      }
      return value
    }
    let log = peek(4) + 5
    bit += 4
    guard log <= maximumLog else { throw .invalid("a table is too large") }
    var counts: [Int] = []
    var remaining = 1 << log + 1
    var threshold = 1 << log
    var width = log + 1
    while remaining > 1 {
      guard bit >> 3 < end else { throw .truncated }
      let spare = 2 * threshold - 1 - remaining
      var count = peek(width)
      if count & (threshold - 1) < spare {
        count &= threshold - 1
        bit += width - 1
      } else {
        if count >= threshold { count -= spare }
        bit += width
      }
      count -= 1
      remaining -= abs(count)
      counts.append(count)
      if count == 0 {
        var zeros = 0
        repeat {
          zeros = peek(2)
          bit += 2
          counts += [Int](repeating: 0, count: zeros)
        } while zeros == 3 && counts.count <= maximumSymbol
      }
      guard counts.count <= maximumSymbol + 1, remaining >= 1 else { throw .invalid("a table is damaged") }
      while remaining < threshold {
        width -= 1
        threshold >>= 1
      }
    }
    guard bit <= end * 8, let table = ZstdStateTable(counts, log: log) else {
      throw .invalid("a table is damaged")
    }
    return (table, (bit + 7) >> 3)
  }
}

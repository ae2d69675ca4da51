/// The distinct pairs of a group and a code, in the order in which they first appear.
///
/// While groups and codes are few, a bit for each possible pair says whether it was seen, 64 codes and up a
/// group; past `bitLimit` the pairs are hashed.
///
///     pair (1, 2), 64 codes a group   ->   bit 1 * 64 + 2
struct PairSet: ~Copyable {
  /// 8 MiB of bits.
  private static let bitLimit = 1 << 26

  private var pairs: [UInt64] = []
  private var bits: [UInt64] = []
  /// Groups that have bits, and how many codes each has as a power of two.
  private var groupCapacity = 0
  private var codeShift = 6
  private var isHashed = false
  private var table = CodeTable()

  /// The pairs, the group in the upper half of a word.
  var keys: [UInt64] { isHashed ? Array(table.keys) : pairs }

  /// Adds the pairs of all rows; null codes are no value.
  mutating func insert(groups: UnsafeBufferPointer<UInt32>, codes: UnsafeBufferPointer<UInt32>) {
    guard let group = groups.prefix(codes.count).max(), let code = codes.max() else { return }
    if !isHashed, Int(group) >= groupCapacity || Int(code) >> codeShift != 0 { makeRoom(group, code) }
    if isHashed {
      for row in 0..<codes.count where codes[row] != KeyColumnEncoder.null {
        _ = table.intern(UInt64(groups[row]) << 32 | UInt64(codes[row]))
      }
      return
    }
    let shift = codeShift
    // Moved out and back, so that the loop appends to an array that nobody else can hold.
    var pairs = self.pairs
    self.pairs = []
    bits.withUnsafeMutableBufferPointer { bits in
      for row in 0..<codes.count where codes[row] != KeyColumnEncoder.null {
        let position = Int(groups[row]) << shift | Int(codes[row])
        let bit: UInt64 = 1 << UInt64(position & 63)
        let word = bits[position >> 6]
        if word & bit != 0 { continue }
        bits[position >> 6] = word | bit
        pairs.append(UInt64(groups[row]) << 32 | UInt64(codes[row]))
      }
    }
    self.pairs = pairs
  }

  @inline(__always)
  mutating func insert(_ group: UInt32, _ code: UInt32) {
    if isHashed || Int(group) >= groupCapacity || Int(code) >> codeShift != 0 {
      return insertBeyond(group, code)
    }
    let position = Int(group) << codeShift | Int(code)
    let bit: UInt64 = 1 << UInt64(position & 63)
    let word = bits[position >> 6]
    if word & bit != 0 { return }
    bits[position >> 6] = word | bit
    pairs.append(UInt64(group) << 32 | UInt64(code))
  }

  @inline(never)
  private mutating func insertBeyond(_ group: UInt32, _ code: UInt32) {
    if !isHashed { makeRoom(group, code) }
    if isHashed {
      _ = table.intern(UInt64(group) << 32 | UInt64(code))
    } else {
      insert(group, code)
    }
  }

  private mutating func makeRoom(_ group: UInt32, _ code: UInt32) {
    var groups = max(64, groupCapacity)
    while groups <= Int(group) { groups *= 2 }
    while Int(code) >> codeShift != 0 { codeShift += 1 }
    if groups > PairSet.bitLimit >> codeShift {
      isHashed = true
      for pair in pairs { _ = table.intern(pair) }
      pairs = []
      bits = []
      return
    }
    groupCapacity = groups
    bits = [UInt64](repeating: 0, count: (groups << codeShift) >> 6)
    for pair in pairs {
      let position = Int(pair >> 32) << codeShift | Int(pair & 0xFFFF_FFFF)
      bits[position >> 6] |= 1 << UInt64(position & 63)
    }
  }
}

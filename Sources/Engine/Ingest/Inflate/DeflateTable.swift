/// A decoding table of one Huffman code of a deflate stream.
///
/// The low `primaryBits` bits of the input index the table; longer codewords continue in a subtable behind it.
///
/// ```
///   entry   31       30…16              15        14        13     12…8             7…0
///           literal  value              special   subtable  end    codeword bits    bits to drop
///   literal 1        the byte           0         0         0      n                n
///   pair    1        byte, 2nd byte<<8  0         0         1      n of the first   n of both
///   length  0        base length        0         0         0      n                n + extra bits
///   subtable 0       where it starts    1         1         0      its index bits   primaryBits
///   end     0        0                  1         0         1      n                n
///   invalid 0        0                  1         0         0      0                1
/// ```
final class DeflateTable {
  static let literalFlag: UInt32 = 1 << 31
  static let specialFlag: UInt32 = 1 << 15
  static let subtableFlag: UInt32 = 1 << 14
  static let endFlag: UInt32 = 1 << 13
  /// On a literal: a second one is in the entry too.
  static let pairFlag: UInt32 = 1 << 13
  static let invalidEntry: UInt32 = specialFlag | 1

  enum Alphabet { case codeLengths, literals, distances }

  let alphabet: Alphabet
  let primaryBits: Int
  let entries: UnsafeMutablePointer<UInt32>
  private let capacity: Int
  /// The entry of each symbol, before its codeword's length is added.
  private let symbolEntries: [UInt32]
  private let sorted: UnsafeMutablePointer<UInt16>

  init(_ alphabet: Alphabet) {
    self.alphabet = alphabet
    switch alphabet {
    case .codeLengths:
      (primaryBits, capacity) = (7, 128)
      symbolEntries = (0..<19).map { UInt32($0) << 16 }
    case .literals:
      (primaryBits, capacity) = (11, 4096)
      symbolEntries = DeflateTable.literalEntries
    case .distances:
      (primaryBits, capacity) = (8, 1024)
      symbolEntries = DeflateTable.distanceEntries
    }
    entries = .allocate(capacity: capacity)
    entries.initialize(repeating: DeflateTable.invalidEntry, count: capacity)
    sorted = .allocate(capacity: 320)
    sorted.initialize(repeating: 0, count: 320)
  }

  deinit {
    entries.deallocate()
    sorted.deallocate()
  }

  /// Fills the table from the codeword lengths of the symbols; false if they are no usable code.
  func build(_ lengths: UnsafePointer<UInt8>, count symbols: Int) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 32) { scratch in
      guard let start = scratch.baseAddress else { return false }
      start.initialize(repeating: 0, count: 32)
      return build(lengths, min(symbols, symbolEntries.count), counts: start, offsets: start + 16)
    }
  }

  // MARK: -

  private func build(
    _ lengths: UnsafePointer<UInt8>, _ symbols: Int, counts: UnsafeMutablePointer<Int>,
    offsets: UnsafeMutablePointer<Int>
  ) -> Bool {
    for symbol in 0..<symbols { counts[Int(lengths[symbol] & 15)] += 1 }
    var space = 1 << 15
    var longest = 0
    for length in 1...15 where counts[length] > 0 {
      space -= counts[length] << (15 - length)
      longest = length
    }
    guard space >= 0 else { return false }
    if space > 0 {
      // A code with a hole is only allowed where it has one codeword of one bit, or none at all.
      guard alphabet != .codeLengths, longest <= 1 else { return false }
      entries.update(repeating: DeflateTable.invalidEntry, count: 1 << primaryBits)
    }
    for length in 1..<15 { offsets[length + 1] = offsets[length] + counts[length] }
    var used = 0
    for symbol in 0..<symbols where lengths[symbol] != 0 {
      let length = Int(lengths[symbol] & 15)
      sorted[offsets[length]] = UInt16(truncatingIfNeeded: symbol)
      offsets[length] += 1
      used += 1
    }
    return fill(lengths, used, counts)
  }

  private func fill(
    _ lengths: UnsafePointer<UInt8>, _ used: Int, _ remaining: UnsafeMutablePointer<Int>
  ) -> Bool {
    let primarySize = 1 << primaryBits
    var codeword = 0  // with its first bit lowest, as it comes in the input
    var subtable = (prefix: -1, start: 0, bits: 0)
    var free = primarySize
    for index in 0..<used {
      let symbol = Int(sorted[index])
      let length = Int(lengths[symbol])
      if length <= primaryBits {
        let entry = symbolEntries[symbol] &+ UInt32(length << 8 | length)
        var slot = codeword
        while slot < primarySize {
          entries[slot] = entry
          slot &+= 1 << length
        }
      } else {
        let prefix = codeword & (primarySize - 1)
        if prefix != subtable.prefix {
          var bits = length - primaryBits
          var space = remaining[length]
          while space < 1 << bits, primaryBits + bits < 15 {
            bits += 1
            space = space << 1 + remaining[primaryBits + bits]
          }
          guard free + 1 << bits <= capacity else { return false }
          subtable = (prefix, free, bits)
          entries[prefix] =
            UInt32(free << 16) | DeflateTable.specialFlag | DeflateTable.subtableFlag
            | UInt32(bits << 8 | primaryBits)
          free += 1 << bits
        }
        let rest = length - primaryBits
        let entry = symbolEntries[symbol] &+ UInt32(rest << 8 | rest)
        var slot = codeword >> primaryBits
        while slot < 1 << subtable.bits {
          entries[subtable.start &+ slot] = entry
          slot &+= 1 << rest
        }
      }
      remaining[length] -= 1
      // Count up with the bits reversed: carry from the codeword's last bit (the highest here) downwards.
      let zeros = ~codeword & (1 << length - 1)
      guard zeros != 0 else { break }
      let carry = 1 << (Int.bitWidth - 1 - zeros.leadingZeroBitCount)
      codeword = codeword & (carry - 1) | carry
    }
    if alphabet == .literals { pairLiterals() }
    return true
  }

  /// Where the index of a literal's entry holds the whole codeword of a second one, the entry takes both.
  /// Texts are what this is for: second literals of 128 and more stay alone.
  private func pairLiterals() {
    let primaryBits = UInt32(primaryBits)
    // From the end, so that the entry at the rest of an index still holds one literal.
    for index in stride(from: UInt32(1) &<< primaryBits &- 1, through: 0, by: -1) {
      let entry = entries[Int(index)]
      let length = entry & 0xFF
      let second = entries[Int(index &>> length)]
      let both = length &+ (second & 0xFF)
      if entry & second & DeflateTable.literalFlag != 0, both <= primaryBits, second & 0x80_0000 == 0 {
        entries[Int(index)] =
          entry & ~0xFF | both | DeflateTable.pairFlag | (second & 0x7F_0000) &<< 8
      }
    }
  }

  private static let literalEntries: [UInt32] = {
    var entries = (0..<256).map { literalFlag | UInt32($0) << 16 }
    entries.append(specialFlag | endFlag)
    var base: UInt32 = 3
    for code in 257..<285 {
      let extra = code < 265 ? 0 : UInt32(code - 261) / 4
      entries.append(base << 16 | extra)
      base += 1 << extra
    }
    entries.append(258 << 16)
    return entries + [invalidEntry & ~1, invalidEntry & ~1]
  }()

  private static let distanceEntries: [UInt32] = {
    var entries: [UInt32] = []
    var base: UInt32 = 1
    for code in 0..<30 {
      let extra = code < 4 ? 0 : UInt32(code - 2) / 2
      entries.append(base << 16 | extra)
      base += 1 << extra
    }
    return entries + [invalidEntry & ~1, invalidEntry & ~1]
  }()
}

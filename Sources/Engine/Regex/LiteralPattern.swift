/// Bytes to look for, some of them in either case.
///
///     LiteralPattern of (?i)ab-1  ->  values "ab-1", masks 20 20 00 00
struct LiteralPattern: Sendable, Hashable {
  /// What a byte must be once its mask is set in it.
  private(set) var values: [UInt8] = []
  /// 0x20 for a letter in either case, else 0.
  private(set) var masks: [UInt8] = []
  /// Some letter has a variant beyond ASCII (k, s), so only ASCII text is searched exactly.
  var hasVariants = false

  var count: Int { values.count }
  var isEmpty: Bool { values.isEmpty }

  mutating func append(_ byte: UInt8) {
    values.append(byte)
    masks.append(0)
  }

  mutating func appendLetter(_ lowercase: UInt8) {
    values.append(lowercase)
    masks.append(0x20)
  }

  mutating func append(_ other: LiteralPattern) {
    values += other.values
    masks += other.masks
    hasVariants = hasVariants || other.hasVariants
  }

  /// What one node of a tree spells, if it spells one thing only.
  init?(_ node: RegexNode) {
    switch node {
    case .literal(let scalar):
      for byte in UTF8Sequence.encode(scalar) { append(byte) }
    case .set(let members):
      if let only = members.only {
        for byte in UTF8Sequence.encode(only) { append(byte) }
        return
      }
      let ascii = members.intersection(.ascii)
      guard ascii.count == 2, let upper = ascii.ranges.first?.lowerBound, (0x41...0x5A).contains(upper),
        ascii.contains(upper + 0x20)
      else { return nil }
      let others = members.count - 2
      if others > 0 {
        // Only the Kelvin sign and the long s fold to ASCII.
        let variant = upper == 0x4B ? CaseFolding.kelvinSign : CaseFolding.longS
        guard others == 1, upper == 0x4B || upper == 0x53, members.contains(variant) else { return nil }
        hasVariants = true
      }
      appendLetter(UInt8(upper + 0x20))
    case .empty, .look, .around, .capture, .repetition, .atomic, .concatenation, .alternation: return nil
    }
  }

  init() {}
}

/// Skips to the next place where a match may begin: at a literal, at one of a few pairs of bytes, or at a byte.
///
/// Unchecked: the pointers are written in `init` and only read after it.
final class RegexPrefilter: @unchecked Sendable {
  private let literal: LiteralFinder?
  /// One entry per byte: whether a match may begin with it.
  private let starts: UnsafeMutablePointer<Bool>
  /// The pairs of bytes that begin a match, their first bytes and then their second ones; empty if they are many.
  private let pairs: UnsafeMutableBufferPointer<UInt8>
  /// Right for ASCII text only.
  let needsASCII: Bool

  /// Nil where skipping would not pay.
  init?(_ analysis: LiteralAnalysis, program: RegexProgram) {
    let heads: MatchHeads
    if let prefix = analysis.prefix, prefix.count > 1 {
      literal = LiteralFinder(prefix)
      needsASCII = prefix.hasVariants
      heads = MatchHeads()
    } else {
      guard let found = MatchHeads(of: program), found.bytes[..<0x80].count(where: \.self) <= 40 else {
        return nil
      }
      literal = nil
      needsASCII = false
      heads = found
    }
    starts = .allocate(capacity: 256)
    starts.initialize(from: heads.bytes, count: 256)
    pairs = .allocate(capacity: 2 * heads.pairs.count)
    _ = pairs.initialize(from: heads.pairs.map(\.first) + heads.pairs.map(\.second))
  }

  deinit {
    starts.deallocate()
    pairs.deallocate()
  }

  func next(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    if let literal { return literal.first(in: text, from: start) }
    guard let base = text.baseAddress else { return nil }
    let count = text.count
    if !pairs.isEmpty { return nextPair(in: base, from: start, count: count) }
    let starts = self.starts
    var place = start
    while place < count {
      if starts[Int(base[place])] { return place }
      place &+= 1
    }
    return nil
  }

  /// Looks at sixteen places at a time.
  private func nextPair(in base: UnsafePointer<UInt8>, from start: Int, count: Int) -> Int? {
    let pairs = self.pairs
    let pairCount = pairs.count / 2
    let raw = UnsafeRawPointer(base)
    var place = start
    while place &+ 17 <= count {
      let one = raw.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
      let two = raw.loadUnaligned(fromByteOffset: place &+ 1, as: SIMD16<UInt8>.self)
      var found = SIMDMask<SIMD16<Int8>>(repeating: false)
      for index in 0..<pairCount {
        found .|= (one .== SIMD16(repeating: pairs[index]))
          .& (two .== SIMD16(repeating: pairs[pairCount &+ index]))
      }
      let bits = found.bits
      if bits != 0 { return place &+ bits.trailingZeroBitCount }
      place &+= 16
    }
    while place &+ 2 <= count {
      if starts[Int(base[place])] {
        for index in 0..<pairCount
        where base[place] == pairs[index] && base[place &+ 1] == pairs[pairCount &+ index] {
          return place
        }
      }
      place &+= 1
    }
    return nil
  }
}

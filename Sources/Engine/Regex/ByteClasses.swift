/// Bytes no instruction of a program tells apart, under one number each.
struct ByteClasses: Sendable {
  /// The class of each of the 256 bytes.
  private(set) var classes: [UInt8]
  private(set) var count: Int
  /// One byte of each class.
  private(set) var samples: [UInt8]

  init(_ program: RegexProgram) {
    // A cut at n parts bytes below n from n on.
    var cuts = [Bool](repeating: false, count: 257)
    func cut(_ low: UInt8, _ high: UInt8) {
      cuts[Int(low)] = true
      cuts[Int(high) + 1] = true
    }
    for instruction in program.instructions {
      if case .bytes(let low, let high, _) = instruction { cut(low, high) }
    }
    for edge in program.transitions { cut(edge.low, edge.high) }
    if program.hasLooks {
      for (low, high) in [(0x0A, 0x0A), (0x0D, 0x0D), (0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)]
      {
        cut(UInt8(low), UInt8(high))
      }
      cut(0x80, 0xBF)
    }
    var classes: [UInt8] = []
    var samples: [UInt8] = []
    for byte in 0..<256 {
      if byte == 0 || cuts[byte] { samples.append(UInt8(byte)) }
      classes.append(UInt8(samples.count - 1))
    }
    self.classes = classes
    self.samples = samples
    count = samples.count
  }
}

/// Skips to the next place where a match may begin.
///
/// Unchecked: the pointer is written in `init` and only read after it.
final class RegexPrefilter: @unchecked Sendable {
  private let literal: LiteralFinder?
  /// One entry per byte: whether a match may begin with it.
  private let starts: UnsafeMutablePointer<Bool>
  /// Right for ASCII text only.
  let needsASCII: Bool

  /// Nil where skipping would not pay.
  init?(_ analysis: LiteralAnalysis, program: RegexProgram) {
    if let prefix = analysis.prefix, prefix.count > 1 {
      literal = LiteralFinder(prefix)
      needsASCII = prefix.hasVariants
      starts = .allocate(capacity: 256)
      starts.initialize(repeating: false, count: 256)
      return
    }
    guard let bytes = Self.firstBytes(of: program), bytes[..<0x80].count(where: \.self) <= 40 else {
      return nil
    }
    literal = nil
    needsASCII = false
    starts = .allocate(capacity: 256)
    starts.initialize(from: bytes, count: 256)
  }

  deinit { starts.deallocate() }

  func next(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    if let literal { return literal.first(in: text, from: start) }
    guard let base = text.baseAddress else { return nil }
    let count = text.count
    let starts = self.starts
    var place = start
    while place < count {
      if starts[Int(base[place])] { return place }
      place &+= 1
    }
    return nil
  }

  /// The bytes a match may begin with; nil if it may be empty.
  private static func firstBytes(of program: RegexProgram) -> [Bool]? {
    var bytes = [Bool](repeating: false, count: 256)
    var visited = [Bool](repeating: false, count: program.instructions.count)
    var stack = [program.anchoredEntry]
    while let id = stack.popLast() {
      guard !visited[Int(id)] else { continue }
      visited[Int(id)] = true
      switch program.instructions[Int(id)] {
      case .bytes(let low, let high, _):
        for byte in low...high { bytes[Int(byte)] = true }
      case .node(let start, let count, _, _):
        for edge in program.transitions[Int(start)..<Int(start) + Int(count)] {
          for byte in edge.low...edge.high { bytes[Int(byte)] = true }
        }
      case .split(let first, let second): stack += [first, second]
      case .capture(_, let next), .look(_, let next), .around(_, _, let next): stack.append(next)
      case .match, .giveUp: return nil
      case .fail: break
      }
    }
    return bytes
  }
}

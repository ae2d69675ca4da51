/// Skips to the next place where a match may begin.
struct RegexPrefilter: Sendable {
  private enum Kind: Sendable {
    case literal(LiteralFinder)
    /// One entry per byte: whether a match may begin with it.
    case bytes([Bool])
  }

  private let kind: Kind
  /// Right for ASCII text only.
  let needsASCII: Bool

  /// Nil where skipping would not pay.
  init?(_ analysis: LiteralAnalysis, program: RegexProgram) {
    if let prefix = analysis.prefix, prefix.count > 1 {
      kind = .literal(LiteralFinder(prefix))
      needsASCII = prefix.hasVariants
      return
    }
    guard let bytes = Self.firstBytes(of: program), bytes[..<0x80].count(where: \.self) <= 40 else {
      return nil
    }
    kind = .bytes(bytes)
    needsASCII = false
  }

  func next(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    switch kind {
    case .literal(let finder):
      return finder.first(in: text, from: start)
    case .bytes(let bytes):
      guard let base = text.baseAddress else { return nil }
      let count = text.count
      return bytes.withUnsafeBufferPointer { bytes in
        var place = start
        while place < count {
          if bytes[Int(base[place])] { return place }
          place &+= 1
        }
        return nil
      }
    }
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
      case .capture(_, let next), .look(_, let next): stack.append(next)
      case .match, .giveUp: return nil
      case .fail: break
      }
    }
    return bytes
  }
}

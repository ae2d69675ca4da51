/// Turns a syntax tree into a program, for reading the text forward or backward.
///
///     let program = try RegexCompiler.compile(tree, captureCount: 0, direction: .forward, length: 3)
struct RegexCompiler {
  enum Direction: Sendable { case forward, backward }

  /// More instructions are refused: the cost of every matcher grows with them.
  static let maximumInstructions = 150_000
  /// Bounds the work on repetitions of nothing, which make no instructions.
  static let maximumWork = 400_000

  private var program = RegexProgram()
  private let direction: Direction
  private var work = 0
  private var blamed: Range<Int>
  private var repetitionDepth = 0
  /// Where the transitions of a class already stand in the program.
  private var placed: [ScalarSet: [(start: UInt32, count: UInt32)]] = [:]

  static func compile(
    _ tree: RegexNode, captureCount: Int, direction: Direction, length: Int
  ) throws(RegexSyntaxError) -> RegexProgram {
    var compiler = RegexCompiler(direction: direction, length: length)
    let end = try compiler.emit(.match)
    let entry = try compiler.compile(tree, next: end)
    compiler.program.anchoredEntry = entry
    let loop = try compiler.emit(.fail)
    let anyByte = try compiler.emit(.bytes(low: 0, high: 0xFF, next: loop))
    compiler.program.instructions[Int(loop)] = .split(first: entry, second: anyByte)
    compiler.program.unanchoredEntry = loop
    compiler.program.captureCount = captureCount
    return compiler.program
  }

  private init(direction: Direction, length: Int) {
    self.direction = direction
    blamed = 0..<length
  }

  private func tooLarge() -> RegexSyntaxError {
    RegexSyntaxError(
      id: "regex-too-large", message: "the pattern is too large once its repetitions are written out",
      range: blamed,
      suggestion: "use smaller counts, or `*` and `+`")
  }

  private mutating func emit(_ instruction: RegexProgram.Instruction) throws(RegexSyntaxError) -> UInt32 {
    if program.instructions.count >= Self.maximumInstructions { throw tooLarge() }
    program.instructions.append(instruction)
    return UInt32(program.instructions.count - 1)
  }

  /// Compiles from the end: `next` is where a match of `node` goes on.
  private mutating func compile(_ node: RegexNode, next: UInt32) throws(RegexSyntaxError) -> UInt32 {
    work += 1
    if work > Self.maximumWork { throw tooLarge() }
    switch node {
    case .empty: return next
    case .literal(let scalar):
      var entry = next
      let bytes = UTF8Sequence.encode(scalar)
      for byte in direction == .forward ? bytes.reversed() : bytes {
        entry = try emit(.bytes(low: byte, high: byte, next: entry))
      }
      return entry
    case .set(let members): return try compile(members, next: next)
    case .look(let assertion):
      program.hasLooks = true
      if assertion == .finalLineEnd { program.looksAtFinalLine = true }
      return try emit(.look(assertion, next: next))
    case .around(let around):
      return try emit(.around(UInt32(around.index), isNegative: around.isNegative, next: next))
    case .capture(let index, let inner):
      guard direction == .forward else { return try compile(inner, next: next) }
      let end = try emit(.capture(slot: UInt32(2 * index + 1), next: next))
      let entry = try compile(inner, next: end)
      return try emit(.capture(slot: UInt32(2 * index), next: entry))
    case .atomic(let inner, _): return try compile(inner, next: next)
    case .concatenation(let nodes):
      var entry = next
      for inner in direction == .forward ? nodes.reversed() : nodes {
        entry = try compile(inner, next: entry)
      }
      return entry
    case .alternation(let branches):
      var entries: [UInt32] = []
      for branch in branches { entries.append(try compile(branch, next: next)) }
      guard var entry = entries.popLast() else { return try emit(.fail) }
      for first in entries.reversed() { entry = try emit(.split(first: first, second: entry)) }
      return entry
    case .repetition(let repetition):
      // Of repetitions within each other the outermost is to blame.
      let outer = blamed
      if repetitionDepth == 0 { blamed = repetition.range }
      repetitionDepth += 1
      let entry = try compile(repetition, next: next)
      repetitionDepth -= 1
      blamed = outer
      return entry
    }
  }

  private mutating func compile(_ members: ScalarSet, next: UInt32) throws(RegexSyntaxError) -> UInt32 {
    if members.isEmpty { return try emit(.fail) }
    if members.isASCII, members.ranges.count == 1, let range = members.ranges.first {
      return try emit(.bytes(low: UInt8(range.lowerBound), high: UInt8(range.upperBound), next: next))
    }
    var nodes: [(start: UInt32, count: UInt32)] = []
    if let known = placed[members] {
      nodes = known
    } else {
      let automaton =
        direction == .forward ? ClassAutomaton.forward(members) : ClassAutomaton.backward(members)
      for node in automaton.nodes {
        nodes.append((UInt32(program.transitions.count), UInt32(node.count)))
        program.transitions += node
      }
      placed[members] = nodes
    }
    let base = UInt32(program.instructions.count)
    for node in nodes {
      _ = try emit(.node(start: node.start, count: node.count, base: base, next: next))
    }
    return base
  }

  private mutating func compile(_ repetition: RegexRepetition, next: UInt32) throws(RegexSyntaxError)
    -> UInt32
  {
    let node = repetition.node
    let isGreedy = repetition.kind != .lazy
    if repetition.maximum == 0 { return next }
    guard let maximum = repetition.maximum else {
      if repetition.minimum == 0 {
        guard node.isNullable else {
          let loop = try emit(.fail)
          let body = try compile(node, next: loop)
          fill(loop, body: body, exit: next, isGreedy: isGreedy)
          return loop
        }
        // `(x+)?`: with the loop's test in front, an empty round would win over its alternatives.
        let body = try compileLoop(node, next: next, isGreedy: isGreedy)
        return try split(body: body, exit: next, isGreedy: isGreedy)
      }
      let loop = try compileLoop(node, next: next, isGreedy: isGreedy)
      return try compile(node, times: repetition.minimum - 1, next: loop)
    }
    var entry = next
    for _ in 0..<max(0, maximum - repetition.minimum) {
      let body = try compile(node, next: entry)
      entry = try split(body: body, exit: next, isGreedy: isGreedy)
    }
    return try compile(node, times: repetition.minimum, next: entry)
  }

  /// `x+`, entered at its body.
  private mutating func compileLoop(
    _ node: RegexNode, next: UInt32, isGreedy: Bool
  ) throws(RegexSyntaxError) -> UInt32 {
    let loop = try emit(.fail)
    let body = try compile(node, next: loop)
    fill(loop, body: body, exit: next, isGreedy: isGreedy)
    return body
  }

  private mutating func compile(
    _ node: RegexNode, times: Int, next: UInt32
  ) throws(RegexSyntaxError) -> UInt32 {
    var entry = next
    for _ in 0..<max(0, times) { entry = try compile(node, next: entry) }
    return entry
  }

  private mutating func split(body: UInt32, exit: UInt32, isGreedy: Bool) throws(RegexSyntaxError) -> UInt32 {
    try emit(isGreedy ? .split(first: body, second: exit) : .split(first: exit, second: body))
  }

  private mutating func fill(_ loop: UInt32, body: UInt32, exit: UInt32, isGreedy: Bool) {
    program.instructions[Int(loop)] =
      isGreedy ? .split(first: body, second: exit) : .split(first: exit, second: body)
  }
}

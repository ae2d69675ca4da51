extension LazyDFA {
  /// Computes the transition of the state at `offset` over a symbol, and keeps it.
  ///
  /// `byte` is the byte of the symbol; the end of the text has none.
  func makeTransition(from offset: UInt32, symbol: Int, byte: UInt8?) -> UInt32 {
    let index = Int(offset) / stride
    let state = states[index]
    let flushesBefore = flushes
    let seen = context(of: symbol, byte: byte)
    guard resolve(state, against: seen) else { return keep(Flag.giveUp, at: offset, symbol) }
    beginClosure()
    var flags: UInt32 = 0
    for id in resolved {
      steps += 1
      switch program.instructions[Int(id)] {
      case .match:
        flags |= Flag.match
      case .bytes(let low, let high, let target):
        if let byte, low <= byte, byte <= high { addClosure(of: target) }
      case .node(let start, let count, let base, let following):
        guard let byte else { break }
        let target = program.transitions.withUnsafeBufferPointer {
          RegexProgram.target(of: byte, in: $0, start: start, count: count, base: base, next: following)
        }
        guard let target else { break }
        if target == ClassAutomaton.giveUp { return keep(Flag.giveUp, at: offset, symbol) }
        addClosure(of: target)
      case .split, .capture, .look, .around, .fail, .giveUp: break
      }
      // Forward, what comes after a match is less preferred; backward, the longest wins.
      if flags & Flag.match != 0, direction == .forward { break }
    }
    if next.isEmpty { return keep(flags | Flag.dead, at: offset, symbol) }
    let entry = intern(context: seen) | flags
    // After a flush the state that led here is gone.
    return flushes == flushesBefore ? keep(entry, at: offset, symbol) : entry
  }

  private func keep(_ entry: UInt32, at offset: UInt32, _ symbol: Int) -> UInt32 {
    table[Int(offset) + symbol] = entry
    return entry
  }

  private func context(of symbol: Int, byte: UInt8?) -> LookAssertion.Context {
    if symbol == finalLineSymbol { return .finalLineFeed }
    guard let byte else { return .edge }
    return LookAssertion.Context(byte)
  }

  /// Leaves in `resolved` the state's instructions with its assertions answered; false where they cannot be.
  private func resolve(_ state: State, against seen: LookAssertion.Context) -> Bool {
    resolved.removeAll(keepingCapacity: true)
    let range = state.start..<state.start + state.count
    guard state.hasLooks else {
      resolved.append(contentsOf: members[range])
      return true
    }
    let (left, right) = direction == .forward ? (state.context, seen) : (seen, state.context)
    advanceGeneration()
    for index in range {
      stack.append(members[index])
      while let id = stack.popLast() {
        guard visited[Int(id)] != generation else { continue }
        visited[Int(id)] = generation
        steps += 1
        switch program.instructions[Int(id)] {
        case .split(let first, let second):
          stack.append(second)
          stack.append(first)
        case .capture(_, let target): stack.append(target)
        case .look(let assertion, let target):
          guard let holds = assertion.holds(left: left, right: right) else {
            stack.removeAll(keepingCapacity: true)
            return false
          }
          if holds { stack.append(target) }
        case .bytes, .node, .match, .giveUp: resolved.append(id)
        // Automata run programs without look-arounds.
        case .fail, .around: break
        }
      }
    }
    return true
  }

  private func advanceGeneration() {
    generation &+= 1
    if generation == 0 {
      for index in visited.indices { visited[index] = 0 }
      generation = 1
    }
  }

  func beginClosure() {
    advanceGeneration()
    next.removeAll(keepingCapacity: true)
    roots.removeAll(keepingCapacity: true)
    nextHasLooks = false
  }

  /// Adds what can be reached from an instruction without reading, in order; assertions stay to be answered.
  func addClosure(of entry: UInt32) {
    if visited[Int(entry)] != generation { roots.append(entry) }
    stack.append(entry)
    while let id = stack.popLast() {
      guard visited[Int(id)] != generation else { continue }
      visited[Int(id)] = generation
      steps += 1
      switch program.instructions[Int(id)] {
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .capture(_, let target): stack.append(target)
      case .look:
        nextHasLooks = true
        next.append(id)
      case .bytes, .node, .match, .giveUp: next.append(id)
      case .fail, .around: break
      }
    }
  }

  /// The offset of the state of `next`, made if it is new, with the flag of a start state.
  func intern(context seen: LookAssertion.Context) -> UInt32 {
    let context = nextHasLooks ? seen : .other
    let list = nextList
    var key = list
    key.append(UInt32(context.rawValue))
    if let offset = known[key] { return offset }
    if usedBytes + stride * 4 > maximumBytes, states.count > 8 { flush() }
    let index = states.count
    let offset = index * stride
    if offset + stride > tableCapacity { growTable() }
    for slot in offset..<offset + stride { table[slot] = Flag.unknown }
    states.append(State(start: members.count, count: list.count, context: context, hasLooks: nextHasLooks))
    members.append(contentsOf: list)
    let isStart = marksStarts && list == startMembers
    let entry = UInt32(offset) | (isStart ? Flag.start : 0)
    known[key] = entry
    return entry
  }

  /// With assertions open, what a state holds is where its ways begin: the order of what lies behind depends on which
  /// of them hold.
  var nextList: [UInt32] { nextHasLooks ? roots : next }

  private func growTable() {
    let capacity = tableCapacity * 2
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    larger.initialize(repeating: Flag.unknown, count: capacity)
    larger.update(from: table, count: tableCapacity)
    table.deallocate()
    table = larger
    tableCapacity = capacity
  }
}

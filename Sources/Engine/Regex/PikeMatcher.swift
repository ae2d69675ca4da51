/// Runs all ways through a program in step, each with its captures: any pattern, any text, linear time.
///
///     let pike = PikeMatcher(program)
///     pike.run(text, from: 0, isAnchored: false, slotCount: 2)  // then pike.slots holds the match
final class PikeMatcher {
  private let program: RegexProgram
  /// Capture positions of the match found, -1 where a group took no part.
  private(set) var slots: [Int] = []
  private(set) var steps = 0

  /// The live ways in order of preference, and their captures one after another.
  private struct Threads {
    var ids: [UInt32] = []
    var slots: [Int] = []

    mutating func removeAll() {
      ids.removeAll(keepingCapacity: true)
      slots.removeAll(keepingCapacity: true)
    }
  }

  private enum Frame {
    case visit(UInt32)
    case restore(slot: Int, value: Int)
  }

  private var current = Threads()
  private var following = Threads()
  private var visited: [UInt32]
  private var generation: UInt32 = 0
  private var stack: [Frame] = []
  private var scratch: [Int] = []

  /// Where the program's look-arounds hold; nil if it has none.
  private let places: LookAroundPlaces?

  init(_ program: RegexProgram, _ places: LookAroundPlaces?) {
    self.program = program
    self.places = places
    visited = [UInt32](repeating: 0, count: program.instructions.count)
  }

  /// Whether there is a match at `start`, or unanchored behind it; the first `slotCount` slots are kept.
  func run(_ text: UnsafeBufferPointer<UInt8>, from start: Int, isAnchored: Bool, slotCount: Int) -> Bool {
    current.removeAll()
    scratch = [Int](repeating: -1, count: slotCount)
    var isMatched = false
    var place = start
    advanceGeneration()
    while true {
      if current.ids.isEmpty, isMatched || (isAnchored && place > start) { break }
      if !isMatched, !isAnchored || place == start {
        for slot in scratch.indices { scratch[slot] = -1 }
        if slotCount > 0 { scratch[0] = place }
        addThreads(from: program.anchoredEntry, at: place, in: text, to: &current)
      }
      advanceGeneration()
      following.removeAll()
      let byte: UInt8? = place < text.count ? text[place] : nil
      stepping: for index in current.ids.indices {
        steps += 1
        switch program.instructions[Int(current.ids[index])] {
        case .match:
          slots = Array(current.slots[index * slotCount..<(index + 1) * slotCount])
          if slotCount > 1 { slots[1] = place }
          isMatched = true
          break stepping
        case .bytes(let low, let high, let next):
          guard let byte, low <= byte, byte <= high else { continue }
          advance(thread: index, to: next, at: place + 1, slotCount, in: text)
        case .node(let first, let count, let base, let next):
          guard let byte else { continue }
          let target = program.transitions.withUnsafeBufferPointer {
            RegexProgram.target(of: byte, in: $0, start: first, count: count, base: base, next: next)
          }
          if let target { advance(thread: index, to: target, at: place + 1, slotCount, in: text) }
        case .split, .capture, .look, .around, .fail, .giveUp: continue
        }
      }
      swap(&current, &following)
      if place >= text.count { break }
      place += 1
    }
    return isMatched
  }

  private func advance(
    thread index: Int, to next: UInt32, at place: Int, _ slotCount: Int, in text: UnsafeBufferPointer<UInt8>
  ) {
    for slot in 0..<slotCount { scratch[slot] = current.slots[index * slotCount + slot] }
    addThreads(from: next, at: place, in: text, to: &following)
  }

  private func addThreads(
    from entry: UInt32, at place: Int, in text: UnsafeBufferPointer<UInt8>, to threads: inout Threads
  ) {
    stack.append(.visit(entry))
    while let frame = stack.popLast() {
      switch frame {
      case .restore(let slot, let value): scratch[slot] = value
      case .visit(let id):
        guard visited[Int(id)] != generation else { continue }
        visited[Int(id)] = generation
        steps += 1
        switch program.instructions[Int(id)] {
        case .split(let first, let second):
          stack.append(.visit(second))
          stack.append(.visit(first))
        case .capture(let slot, let next):
          if Int(slot) < scratch.count {
            stack.append(.restore(slot: Int(slot), value: scratch[Int(slot)]))
            scratch[Int(slot)] = place
          }
          stack.append(.visit(next))
        case .look(let assertion, let next):
          if assertion.holds(in: text, at: place) { stack.append(.visit(next)) }
        case .around(let index, let isNegative, let next):
          if let places, places.holds(index, isNegative: isNegative, at: place, in: text) {
            stack.append(.visit(next))
          }
        case .bytes, .node, .match:
          threads.ids.append(id)
          threads.slots.append(contentsOf: scratch)
        case .fail, .giveUp: break
        }
      }
    }
  }

  private func advanceGeneration() {
    generation &+= 1
    if generation == 0 {
      for index in visited.indices { visited[index] = 0 }
      generation = 1
    }
  }
}

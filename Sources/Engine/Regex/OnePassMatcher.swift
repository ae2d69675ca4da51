/// Finds captures with no search at all, for programs where each byte leaves one way to go on.
///
///     ([a-z]+)/([0-9]+)  // after a letter, `/` ends the group and a letter goes on: one pass
///
/// It runs over a span that is known to match, so the one way there is must be the match, and assertions need no
/// second look. Only ASCII spans are walked; others are left to the other matchers, to keep the table small.
struct OnePassMatcher {
  private static let maximumEntries = 1 << 15
  /// Slots are kept as bits of one word.
  private static let maximumSlots = 64
  private static let noNode = UInt32.max

  /// One step: the node behind it, and the slots that take the place before the byte.
  private struct Step {
    var node: UInt32
    var slots: UInt64
  }

  private let classes: [UInt8]
  private let stride: Int
  private var steps: [Step] = []
  /// The slots set between the last byte and the match, for each node; nil where it cannot end.
  private var endings: [UInt64?] = []
  let slotCount: Int

  /// Nil for a program with more than one way.
  init?(_ program: RegexProgram, _ byteClasses: ByteClasses) {
    slotCount = 2 * (program.captureCount + 1)
    guard slotCount <= Self.maximumSlots, program.instructions.count <= 40_000 else { return nil }
    let known = Array(byteClasses.classes[..<0x80])
    let symbols = Int(known.last ?? 0) + 1
    classes = known + repeatElement(UInt8(symbols), count: 0x80)
    // The last symbol, for bytes beyond ASCII, leads nowhere.
    stride = symbols + 1
    var nodes: [UInt32: UInt32] = [program.anchoredEntry: 0]
    var pending = [program.anchoredEntry]
    var visited = [Int](repeating: -1, count: program.instructions.count)
    var index = 0
    while index < pending.count {
      guard (index + 1) * stride <= Self.maximumEntries else { return nil }
      steps.append(contentsOf: repeatElement(Step(node: Self.noNode, slots: 0), count: stride))
      endings.append(nil)
      var stack: [(id: UInt32, slots: UInt64)] = [(pending[index], 0)]
      while let (id, slots) = stack.popLast() {
        // A second way to the same instruction, if only around an empty loop.
        guard visited[Int(id)] != index else { return nil }
        visited[Int(id)] = index
        switch program.instructions[Int(id)] {
        case .match: endings[index] = slots
        case .split(let first, let second): stack += [(first, slots), (second, slots)]
        case .look(_, let next), .around(_, _, let next): stack.append((next, slots))
        case .capture(let slot, let next): stack.append((next, slots | 1 << UInt64(slot)))
        case .bytes, .node:
          for symbol in 0..<symbols {
            guard let target = program.target(of: byteClasses.samples[symbol], from: id) else { continue }
            guard steps[index * stride + symbol].node == Self.noNode else { return nil }
            let node = nodes[target] ?? UInt32(pending.count)
            if Int(node) == pending.count {
              nodes[target] = node
              pending.append(target)
            }
            steps[index * stride + symbol] = Step(node: node, slots: slots)
          }
        case .fail, .giveUp: break
        }
      }
      index += 1
    }
  }

  /// Writes the slots of the match that fills `span`; false if there is none after all.
  func run(_ text: UnsafeBufferPointer<UInt8>, span: Range<Int>, slots: UnsafeMutableBufferPointer<Int>)
    -> Bool
  {
    guard slots.count >= slotCount, span.lowerBound >= 0, span.upperBound <= text.count else { return false }
    for slot in 0..<slotCount { slots[slot] = -1 }
    var node = 0
    let isWalked = classes.withUnsafeBufferPointer { classes in
      steps.withUnsafeBufferPointer { steps in
        for place in span {
          let step = steps[node &* stride &+ Int(classes[Int(text[place])])]
          guard step.node != Self.noNode else { return false }
          if step.slots != 0 { Self.set(step.slots, to: place, in: slots) }
          node = Int(step.node)
        }
        return true
      }
    }
    guard isWalked, let ending = endings[node] else { return false }
    Self.set(ending, to: span.upperBound, in: slots)
    slots[0] = span.lowerBound
    slots[1] = span.upperBound
    return true
  }

  @inline(__always)
  private static func set(_ chosen: UInt64, to place: Int, in slots: UnsafeMutableBufferPointer<Int>) {
    var rest = chosen
    while rest != 0 {
      slots[rest.trailingZeroBitCount] = place
      rest &= rest &- 1
    }
  }
}

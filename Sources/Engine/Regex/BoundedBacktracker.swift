/// Finds captures by trying one way after another, never the same instruction at the same place twice.
///
/// For short spans only: it keeps one bit for each instruction and place.
final class BoundedBacktracker {
  private static let maximumBits = 1 << 18

  private enum Frame {
    case visit(UInt32, Int)
    case restore(slot: Int, value: Int)
  }

  private let program: RegexProgram
  private(set) var slots: [Int] = []
  private(set) var steps = 0
  private var visited: [UInt64] = []
  private var stack: [Frame] = []

  init(_ program: RegexProgram) { self.program = program }

  func canRun(over length: Int) -> Bool {
    length < Self.maximumBits && program.instructions.count * (length + 1) <= Self.maximumBits
  }

  /// Whether a match begins at `span.lowerBound` that ends within `span`; assertions look at the whole text.
  func run(_ text: UnsafeBufferPointer<UInt8>, span: Range<Int>) -> Bool {
    let width = span.count + 1
    let words = (program.instructions.count * width + 63) / 64
    visited.removeAll(keepingCapacity: true)
    visited.append(contentsOf: repeatElement(0, count: words))
    slots.removeAll(keepingCapacity: true)
    slots.append(contentsOf: repeatElement(-1, count: 2 * (program.captureCount + 1)))
    slots[0] = span.lowerBound
    stack.removeAll(keepingCapacity: true)
    stack.append(.visit(program.anchoredEntry, span.lowerBound))
    return program.instructions.withUnsafeBufferPointer { instructions in
      program.transitions.withUnsafeBufferPointer { transitions in
        visited.withUnsafeMutableBufferPointer { visited in
          search(text, span, instructions, transitions, visited)
        }
      }
    }
  }

  private func search(
    _ text: UnsafeBufferPointer<UInt8>, _ span: Range<Int>,
    _ instructions: UnsafeBufferPointer<RegexProgram.Instruction>,
    _ transitions: UnsafeBufferPointer<ClassAutomaton.Transition>,
    _ visited: UnsafeMutableBufferPointer<UInt64>
  ) -> Bool {
    let width = span.count + 1
    while let frame = stack.popLast() {
      guard case .visit(var id, var place) = frame else {
        if case .restore(let slot, let value) = frame { slots[slot] = value }
        continue
      }
      following: while true {
        let bit = Int(id) &* width &+ (place &- span.lowerBound)
        if visited[bit >> 6] >> UInt64(bit & 63) & 1 != 0 { break }
        visited[bit >> 6] |= 1 << UInt64(bit & 63)
        steps &+= 1
        switch instructions[Int(id)] {
        case .match:
          slots[1] = place
          return true
        case .bytes(let low, let high, let next):
          guard place < span.upperBound, low <= text[place], text[place] <= high else { break following }
          id = next
          place &+= 1
        case .node(let start, let count, let base, let next):
          guard place < span.upperBound,
            let target = RegexProgram.target(
              of: text[place], in: transitions, start: start, count: count, base: base, next: next)
          else { break following }
          id = target
          place &+= 1
        case .split(let first, let second):
          stack.append(.visit(second, place))
          id = first
        case .capture(let slot, let next):
          stack.append(.restore(slot: Int(slot), value: slots[Int(slot)]))
          slots[Int(slot)] = place
          id = next
        case .look(let assertion, let next):
          guard assertion.holds(in: text, at: place) else { break following }
          id = next
        case .fail, .giveUp: break following
        }
      }
    }
    return false
  }
}

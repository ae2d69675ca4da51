/// Finds captures by trying one way after another, never the same instruction at the same place twice.
///
/// For short spans only: it keeps a bit for each place and each instruction where ways meet. What has one predecessor
/// only cannot be reached twice unless that one is.
final class BoundedBacktracker {
  private static let maximumBits = 1 << 18

  /// An instruction to try at a place, or a slot to set back to a value.
  private struct Frame {
    var id: UInt32
    var isSlot: Bool
    var value: Int
  }

  private let program: RegexProgram
  /// A number for each instruction where ways meet.
  private let marks: [UInt32]
  private let markCount: Int
  private static let unmarked = UInt32.max
  private var visited: [UInt64] = []
  private var stack: [Frame] = []
  private(set) var steps = 0

  /// Where the program's look-arounds hold; nil if it has none.
  private let places: LookAroundPlaces?

  init(_ program: RegexProgram, _ places: LookAroundPlaces?) {
    self.program = program
    self.places = places
    (marks, markCount) = Self.meetings(of: program)
  }

  func canRun(over length: Int) -> Bool {
    length < Self.maximumBits && markCount * (length + 1) <= Self.maximumBits
  }

  /// Whether a match begins at `span.lowerBound` that ends within `span`; assertions look at the whole text.
  func run(
    _ text: UnsafeBufferPointer<UInt8>, span: Range<Int>, slots: UnsafeMutableBufferPointer<Int>
  ) -> Bool {
    guard slots.count >= 2 * (program.captureCount + 1) else { return false }
    slots.update(repeating: -1)
    slots[0] = span.lowerBound
    visited.removeAll(keepingCapacity: true)
    visited.append(contentsOf: repeatElement(0, count: (markCount * (span.count + 1) + 63) / 64))
    // Kept outside the object while it runs: each access would be checked otherwise.
    var stack = self.stack
    self.stack = []
    defer { self.stack = stack }
    stack.removeAll(keepingCapacity: true)
    stack.append(Frame(id: program.anchoredEntry, isSlot: false, value: span.lowerBound))
    let outcome = program.instructions.withUnsafeBufferPointer { instructions in
      program.transitions.withUnsafeBufferPointer { transitions in
        marks.withUnsafeBufferPointer { marks in
          visited.withUnsafeMutableBufferPointer { visited in
            let search = Search(
              text: text, span: span, instructions: instructions, transitions: transitions, marks: marks,
              visited: visited, slots: slots, places: places)
            return search.run(&stack)
          }
        }
      }
    }
    steps += outcome.steps
    return outcome.isMatch
  }

  /// Numbers the instructions that more than one other leads to.
  private static func meetings(of program: RegexProgram) -> ([UInt32], Int) {
    var ways = [UInt8](repeating: 0, count: program.instructions.count)
    func lead(to id: UInt32) { ways[Int(id)] = min(2, ways[Int(id)] + 1) }
    lead(to: program.anchoredEntry)
    for (id, instruction) in program.instructions.enumerated() {
      switch instruction {
      case .bytes(_, _, let next), .capture(_, let next), .look(_, let next), .around(_, _, let next):
        lead(to: next)
      // The nodes of a class part by their bytes, so they count as one.
      case .node(_, _, let base, let next): if Int(base) == id { lead(to: next) }
      case .split(let first, let second):
        lead(to: first)
        lead(to: second)
      case .match, .fail, .giveUp: break
      }
    }
    var marks: [UInt32] = []
    marks.reserveCapacity(ways.count)
    var count: UInt32 = 0
    for way in ways {
      marks.append(way > 1 ? count : unmarked)
      if way > 1 { count += 1 }
    }
    return (marks, Int(count))
  }

  /// What one run reads, at hand.
  private struct Search {
    let text: UnsafeBufferPointer<UInt8>
    let span: Range<Int>
    let instructions: UnsafeBufferPointer<RegexProgram.Instruction>
    let transitions: UnsafeBufferPointer<ClassAutomaton.Transition>
    let marks: UnsafeBufferPointer<UInt32>
    let visited: UnsafeMutableBufferPointer<UInt64>
    let slots: UnsafeMutableBufferPointer<Int>
    let places: LookAroundPlaces?

    func run(_ stack: inout [Frame]) -> (isMatch: Bool, steps: Int) {
      var steps = 0
      while let frame = stack.popLast() {
        if frame.isSlot {
          slots[Int(frame.id)] = frame.value
        } else if follow(frame.id, at: frame.value, &stack, &steps) {
          return (true, steps)
        }
      }
      return (false, steps)
    }

    /// Follows the preferred way as far as it goes, leaving the others on the stack.
    private func follow(_ start: UInt32, at first: Int, _ stack: inout [Frame], _ steps: inout Int) -> Bool {
      var id = start
      var place = first
      let width = span.count &+ 1
      while true {
        steps &+= 1
        let mark = marks[Int(id)]
        if mark != BoundedBacktracker.unmarked {
          let bit = Int(mark) &* width &+ (place &- span.lowerBound)
          if visited[bit >> 6] >> UInt64(bit & 63) & 1 != 0 { return false }
          visited[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        switch instructions[Int(id)] {
        case .match:
          slots[1] = place
          return true
        case .bytes(let low, let high, let next):
          guard place < span.upperBound, low <= text[place], text[place] <= high else { return false }
          id = next
          place &+= 1
        case .node(let start, let count, let base, let next):
          guard place < span.upperBound,
            let target = RegexProgram.target(
              of: text[place], in: transitions, start: start, count: count, base: base, next: next)
          else { return false }
          id = target
          place &+= 1
        case .split(let first, let second):
          stack.append(Frame(id: second, isSlot: false, value: place))
          id = first
        case .capture(let slot, let next):
          stack.append(Frame(id: slot, isSlot: true, value: slots[Int(slot)]))
          slots[Int(slot)] = place
          id = next
        case .look(let assertion, let next):
          guard assertion.holds(in: text, at: place) else { return false }
          id = next
        case .around(let index, let isNegative, let next):
          guard let places, places.holds(index, isNegative: isNegative, at: place, in: text) else {
            return false
          }
          id = next
        case .fail, .giveUp: return false
        }
      }
    }
  }
}

/// The places of one text at which each look-around of a pattern holds, innermost first.
///
/// One scan of the text for each of them, over all ways at once: a look-behind reads forward and holds where a
/// match of it ends, a look-ahead reads backward and holds where a match of it begins.
///
///     x(?=.*y)   // over "axby": the scan from the end says 0, 1, 2 and 3, since a `y` follows them
final class LookAroundPlaces {
  private let arounds: [CompiledRegex.Around]
  /// For each look-around a bit for every place from 0 to the length of the text.
  private var bits: [[UInt64]]
  private(set) var steps = 0
  private var current: [UInt32] = []
  private var following: [UInt32] = []
  private var stack: [UInt32] = []
  private var visited: [UInt32] = []
  private var generation: UInt32 = 0

  init(_ arounds: [CompiledRegex.Around]) {
    self.arounds = arounds
    bits = Array(repeating: [], count: arounds.count)
  }

  /// Works out the places for a text; what `holds` says is about this text from then on.
  func scan(_ text: UnsafeBufferPointer<UInt8>) {
    for index in arounds.indices {
      bits[index].removeAll(keepingCapacity: true)
      bits[index].append(contentsOf: repeatElement(0, count: text.count / 64 + 1))
      scan(text, index)
    }
  }

  /// Whether the look-around holds, its negation looked at. Never inside a scalar, where no place is.
  func holds(_ index: UInt32, isNegative: Bool, at place: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    if place < text.count, text[place] & 0xC0 == 0x80 { return false }
    return bits[Int(index)][place >> 6] >> UInt64(place & 63) & 1 != 0 ? !isNegative : isNegative
  }

  private func scan(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) {
    let program = arounds[index].program
    let readsForward = arounds[index].side == .behind
    visited = [UInt32](repeating: 0, count: program.instructions.count)
    generation = 1
    current.removeAll(keepingCapacity: true)
    var place = readsForward ? 0 : text.count
    var matches = false
    for count in 0...text.count {
      // A match may begin at every place.
      add(program.anchoredEntry, of: program, at: place, in: text, to: &current, &matches)
      if matches { bits[index][place >> 6] |= 1 << UInt64(place & 63) }
      if count == text.count { break }
      let byte = text[readsForward ? place : place - 1]
      place += readsForward ? 1 : -1
      generation += 1
      if generation == .max { restartGenerations() }
      matches = false
      following.removeAll(keepingCapacity: true)
      for id in current {
        steps += 1
        guard let target = program.target(of: byte, from: id) else { continue }
        add(target, of: program, at: place, in: text, to: &following, &matches)
      }
      swap(&current, &following)
    }
  }

  /// Adds the reading instructions that an entry leads to at a place.
  private func add(
    _ entry: UInt32, of program: RegexProgram, at place: Int, in text: UnsafeBufferPointer<UInt8>,
    to list: inout [UInt32], _ matches: inout Bool
  ) {
    stack.append(entry)
    while let id = stack.popLast() {
      guard visited[Int(id)] != generation else { continue }
      visited[Int(id)] = generation
      steps += 1
      switch program.instructions[Int(id)] {
      case .split(let first, let second):
        stack.append(second)
        stack.append(first)
      case .capture(_, let next): stack.append(next)
      case .look(let assertion, let next): if assertion.holds(in: text, at: place) { stack.append(next) }
      case .around(let index, let isNegative, let next):
        if holds(index, isNegative: isNegative, at: place, in: text) { stack.append(next) }
      case .bytes, .node: list.append(id)
      case .match: matches = true
      case .fail, .giveUp: break
      }
    }
  }

  private func restartGenerations() {
    for index in visited.indices { visited[index] = 0 }
    generation = 1
  }
}

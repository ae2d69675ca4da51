/// The bytes that the matches of a program may begin with.
///
/// ```
///   terraform|i-[0-9a-f]      bytes: t i      pairs: te i-
///   [a-z]+@                   bytes: a to z   pairs: none, they are many
/// ```
struct MatchHeads {
  /// So many pairs are looked for at once faster than a table is asked byte by byte.
  static let pairLimit = 8

  /// One entry per byte: whether a match may begin with it.
  private(set) var bytes = [Bool](repeating: false, count: 256)
  /// The first two bytes of all matches; empty if there are too many, or a match may be of one byte.
  private(set) var pairs: [(first: UInt8, second: UInt8)] = []

  /// Of no program: nothing begins a match.
  init() {}

  /// Nil if a match may be empty.
  init?(of program: RegexProgram) {
    var closure = Closure(program)
    guard let entries = closure.readers(from: [program.anchoredEntry]) else { return nil }
    var hasFewPairs = true
    for byte in UInt8.min...UInt8.max {
      let targets = entries.compactMap { program.target(of: byte, from: $0) }
      guard !targets.isEmpty else { continue }
      bytes[Int(byte)] = true
      guard hasFewPairs else { continue }
      guard let readers = closure.readers(from: targets) else {
        hasFewPairs = false
        continue
      }
      for second in UInt8.min...UInt8.max
      where readers.contains(where: { program.target(of: second, from: $0) != nil }) {
        pairs.append((byte, second))
      }
      hasFewPairs = pairs.count <= MatchHeads.pairLimit
    }
    if !hasFewPairs { pairs = [] }
  }

  /// The instructions that read a byte next.
  private struct Closure {
    private let program: RegexProgram
    private var visited: [UInt32]
    private var generation: UInt32 = 0

    init(_ program: RegexProgram) {
      self.program = program
      visited = [UInt32](repeating: 0, count: program.instructions.count)
    }

    /// Nil if a match may end before another byte, or the automaton does not know.
    mutating func readers(from ids: [UInt32]) -> [UInt32]? {
      generation += 1
      var readers: [UInt32] = []
      var stack = ids
      while let id = stack.popLast() {
        guard id != ClassAutomaton.giveUp else { return nil }
        guard visited[Int(id)] != generation else { continue }
        visited[Int(id)] = generation
        switch program.instructions[Int(id)] {
        case .bytes, .node: readers.append(id)
        case .split(let first, let second): stack += [first, second]
        case .capture(_, let next), .look(_, let next), .around(_, _, let next): stack.append(next)
        case .match, .giveUp: return nil
        case .fail: break
        }
      }
      return readers
    }
  }
}

/// A deterministic automaton whose states are made when a text first reaches them.
///
/// A state is the ordered list of instructions the program may be in. Whether it matches at a place is told by the
/// transition over the byte behind that place, so that assertions can see both sides. The states are bounded in
/// number; when they run out all are dropped, and a text that keeps doing so is left to another matcher.
final class LazyDFA {
  /// Flags of a transition, above the offset of the state it leads to.
  enum Flag {
    static let unknown: UInt32 = 1 << 31
    /// A match ends before the byte of the transition.
    static let match: UInt32 = 1 << 30
    /// Nothing can match any more.
    static let dead: UInt32 = 1 << 29
    /// The state is the one the search began in.
    static let start: UInt32 = 1 << 28
    static let giveUp: UInt32 = unknown | 1
    static let offset: UInt32 = start - 1
  }

  struct State {
    var start: Int
    var count: Int
    /// What stands on the side already read; `.other` where no instruction asks.
    var context: LookAssertion.Context
    var hasLooks: Bool
  }

  let program: RegexProgram
  let direction: RegexCompiler.Direction
  let byteClasses: ByteClasses
  /// Symbols after the byte classes: the end of the text, and a newline that ends it.
  let endSymbol: Int
  let finalLineSymbol: Int
  let stride: Int
  let maximumBytes: Int
  /// Marks transitions to start states, so that a search can skip ahead there.
  let marksStarts: Bool

  let classes: UnsafeMutablePointer<UInt8>
  var table: UnsafeMutablePointer<UInt32>
  var tableCapacity: Int
  var states: [State] = []
  var members: [UInt32] = []
  var known: [[UInt32]: UInt32] = [:]
  /// Offsets of start states by context and anchoring.
  var starts = [UInt32](repeating: Flag.unknown, count: 16)
  /// Work done off the fast path.
  var steps = 0
  var flushes = 0
  var statesBeforeFlush = 0

  /// The list of a search that has seen nothing yet.
  private(set) var startMembers: [UInt32] = []

  // Scratch of the construction.
  var visited: [UInt32]
  var generation: UInt32 = 0
  var stack: [UInt32] = []
  var resolved: [UInt32] = []
  var next: [UInt32] = []
  var roots: [UInt32] = []
  var nextHasLooks = false

  init(
    _ program: RegexProgram, _ byteClasses: ByteClasses, direction: RegexCompiler.Direction,
    marksStarts: Bool,
    maximumBytes: Int = 2 << 20
  ) {
    self.program = program
    self.direction = direction
    self.marksStarts = marksStarts
    self.maximumBytes = maximumBytes
    self.byteClasses = byteClasses
    endSymbol = byteClasses.count
    finalLineSymbol = byteClasses.count + 1
    stride = byteClasses.count + 2
    classes = .allocate(capacity: 256)
    classes.initialize(from: byteClasses.classes, count: 256)
    tableCapacity = 16 * stride
    table = .allocate(capacity: tableCapacity)
    table.initialize(repeating: Flag.unknown, count: tableCapacity)
    visited = [UInt32](repeating: 0, count: program.instructions.count)
    beginClosure()
    addClosure(of: program.unanchoredEntry)
    startMembers = nextList
  }

  deinit {
    classes.deallocate()
    table.deallocate()
  }

  /// What the states take.
  var usedBytes: Int { states.count * (stride * 4 + 96) + members.count * 8 }

  func flush() {
    statesBeforeFlush = states.count
    states.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    known.removeAll(keepingCapacity: true)
    for index in starts.indices { starts[index] = Flag.unknown }
    flushes += 1
  }

  /// The offset of the state to begin in.
  func startState(left context: LookAssertion.Context, isAnchored: Bool) -> UInt32 {
    let context = program.hasLooks ? context : .other
    let index = Int(context.rawValue) + (isAnchored ? 8 : 0)
    if starts[index] != Flag.unknown { return starts[index] }
    beginClosure()
    addClosure(of: isAnchored ? program.anchoredEntry : program.unanchoredEntry)
    let offset = intern(context: context) & Flag.offset
    starts[index] = offset
    return offset
  }
}

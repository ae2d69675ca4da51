/// Decides while a record is scanned which requests may still want it.
///
/// Values of a tested field fall into few classes: two values are of one class if every test gives the same for
/// both. A state says which class each field seen so far has; states and steps are found when they are first
/// needed, so a hundred rules cost no more for each record than one.
///
/// ```
///   start ── eventSource: class 1 (ses) ──▶ state 1 {request 0 may want it}
///         └─ eventSource: class 2 (other) ─▶ state 2 {}   nobody wants it: the scan of the record may stop
/// ```
final class FilterAutomaton {
  /// With more states than this, records are kept and tested later.
  private static let stateLimit = 10_000
  /// Steps of further classes are found in a dictionary, not by index.
  private static let classLimit = 16

  /// The class of each code of one field; -1 if not yet known.
  private struct CodeClasses {
    var classes: UnsafeMutablePointer<Int32>
    var count: Int
  }

  private struct State: Hashable {
    /// The class of each field; -1 if it was not seen.
    var classes: [Int32]
    var active: UInt64
  }

  private struct Test: Hashable {
    var request: Int
    var leaf: Int
  }

  private let plan: LoadPlan
  /// The fields that are tested while scanning, and the number of each slot among them (or -1).
  let slots: [Int]
  private let ordinals: UnsafeMutablePointer<Int>
  private let tests: [[Test]]
  /// The results of tests that are the same for every record, by request and leaf.
  private let constantResults: [[Int: Certainty]]
  /// Slots whose values stand in where a field has none.
  let alternatives: [[Int]]
  /// The class of each code of each field; -1 if not yet known.
  private let classOfCode: UnsafeMutablePointer<CodeClasses>
  private var classResults: [[[Certainty]]]
  private var states: [State] = []
  private var numbers: [State: Int] = [:]
  private var wanted: UnsafeMutablePointer<UInt64>
  /// The requests that certainly want a record in this state: nothing is left to test.
  private var certain: UnsafeMutablePointer<UInt64>
  /// What is left to test in a state, by request.
  private var remainders: [Int: FilterTree.Node] = [:]
  private var capacity = 16
  /// At `(state * slots.count + ordinal) * classLimit + class`; -1 if not yet known.
  private var next: UnsafeMutablePointer<Int32>
  /// The steps of classes from `classLimit` on.
  private var furtherSteps: [UInt64: Int32] = [:]
  private let slotCount: Int

  init(_ plan: LoadPlan) {
    self.plan = plan
    var found: [Int: [Test]] = [:]
    var others: [Int: Set<Int>] = [:]
    for (request, requestPlan) in plan.requests.enumerated() {
      for (number, leaf) in (requestPlan.predicate?.leaves ?? []).enumerated() {
        // Where other paths may stand in, only a value of the first one decides at once.
        guard let slot = leaf.slots.first, leaf.slots.allSatisfy(plan.isTopLevel),
          requestPlan.columns[leaf.column].fallback == .none, FilterAutomaton.isTextTest(leaf.test)
        else { continue }
        found[slot, default: []].append(Test(request: request, leaf: number))
        others[slot, default: []].formUnion(leaf.slots.dropFirst())
      }
    }
    constantResults = plan.requests.map(FilterAutomaton.constantResults)
    slots = found.keys.sorted()
    tests = slots.map { found[$0] ?? [] }
    alternatives = slots.map { (others[$0] ?? []).sorted() }
    ordinals = .allocate(capacity: plan.paths.count + 1)
    ordinals.initialize(repeating: -1, count: plan.paths.count + 1)
    for (ordinal, slot) in slots.enumerated() { ordinals[slot] = ordinal }
    classResults = slots.map { _ in [] }
    slotCount = slots.count
    classOfCode = .allocate(capacity: slots.count + 1)
    for ordinal in slots.indices {
      (classOfCode + ordinal).initialize(to: CodeClasses(classes: .allocate(capacity: 1), count: 0))
    }
    wanted = .allocate(capacity: capacity)
    certain = .allocate(capacity: capacity)
    next = .allocate(capacity: capacity * (slots.count + 1) * FilterAutomaton.classLimit)
  }

  deinit {
    ordinals.deallocate()
    for ordinal in 0..<slotCount { classOfCode[ordinal].classes.deallocate() }
    classOfCode.deallocate()
    wanted.deallocate()
    certain.deallocate()
    next.deallocate()
  }

  /// Tests of columns that have one text for all records, such as SPL's `sourcetype`.
  private static func constantResults(_ request: LoadPlan.Request) -> [Int: Certainty] {
    var results: [Int: Certainty] = [:]
    for (number, leaf) in (request.predicate?.leaves ?? []).enumerated() {
      let column = request.columns[leaf.column]
      guard column.slots.isEmpty, case .constant(var text) = column.fallback else { continue }
      results[number] = text.withUTF8 { leaf.test.certainty($0) }
    }
    return results
  }

  private static func isTextTest(_ test: FieldTest) -> Bool {
    switch test {
    case .equalsAny, .contains, .startsWith, .isEmpty, .isNotEmpty: true
    case .time: false
    }
  }

  @inline(__always) func ordinal(_ slot: Int) -> Int { ordinals[slot] }

  /// The requests that may want a record in this state.
  @inline(__always) func requests(_ state: Int) -> UInt64 { wanted[state] }

  /// Those of them whose whole condition is known to hold.
  @inline(__always) func certainRequests(_ state: Int) -> UInt64 { certain[state] }

  /// What is left to test of a request's condition in this state.
  func remainder(_ state: Int, request: Int) -> FilterTree.Node {
    let key = state &* LoadPlan.requestLimit &+ request
    if let known = remainders[key] { return known }
    guard let tree = plan.requests[request].predicate else { return .and([]) }
    let made = tree.remainder(results(of: states[state], request))
    remainders[key] = made
    return made
  }

  func start(active: UInt64) -> Int {
    number(State(classes: [Int32](repeating: -1, count: slots.count), active: active))
  }

  /// The state after a field had the value of this code.
  @inline(__always)
  func step(_ state: Int, _ ordinal: Int, _ code: UInt32, _ interner: Unmanaged<ValueInterner>) -> Int {
    let codes = classOfCode[ordinal]
    let known = Int(code) < codes.count ? codes.classes[Int(code)] : -1
    let valueClass = known >= 0 ? Int(known) : Int(classify(ordinal, code, interner.takeUnretainedValue()))
    if valueClass < FilterAutomaton.classLimit {
      let target = next[(state &* slotCount &+ ordinal) &* FilterAutomaton.classLimit &+ valueClass]
      if target >= 0 { return Int(target) }
    }
    return addStep(state, ordinal, valueClass)
  }

  // MARK: -

  private func addStep(_ state: Int, _ ordinal: Int, _ valueClass: Int) -> Int {
    let key = (UInt64(state) * UInt64(slotCount) + UInt64(ordinal)) << 32 | UInt64(valueClass)
    if valueClass >= FilterAutomaton.classLimit, let target = furtherSteps[key] { return Int(target) }
    guard states.count < FilterAutomaton.stateLimit else { return state }
    var after = states[state]
    after.classes[ordinal] = Int32(valueClass)
    let target = number(after)
    if valueClass < FilterAutomaton.classLimit {
      next[(state * slotCount + ordinal) * FilterAutomaton.classLimit + valueClass] = Int32(target)
    } else {
      furtherSteps[key] = Int32(target)
    }
    return target
  }

  private func number(_ state: State) -> Int {
    if let number = numbers[state] { return number }
    let made = states.count
    let width = slotCount * FilterAutomaton.classLimit
    if made == capacity {
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2 * (width + 1))
      larger.update(from: next, count: made * width)
      next.deallocate()
      next = larger
      wanted = FilterAutomaton.grown(wanted, made)
      certain = FilterAutomaton.grown(certain, made)
      capacity *= 2
    }
    numbers[state] = made
    states.append(state)
    (wanted[made], certain[made]) = requests(of: state)
    (next + made * width).update(repeating: -1, count: width)
    return made
  }

  /// Room for twice as many words.
  private static func grown(_ words: UnsafeMutablePointer<UInt64>, _ count: Int) -> UnsafeMutablePointer<
    UInt64
  > {
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: count * 2)
    larger.update(from: words, count: count)
    words.deallocate()
    return larger
  }

  private func requests(of state: State) -> (wanted: UInt64, certain: UInt64) {
    var wanted: UInt64 = 0
    var certain: UInt64 = 0
    for request in plan.requests.indices where state.active & (1 << UInt64(request)) != 0 {
      let bit = UInt64(1) << UInt64(request)
      switch plan.requests[request].predicate?.certainty(results(of: state, request)) ?? .isTrue {
      case .isTrue:
        wanted |= bit
        certain |= bit
      case .unknown: wanted |= bit
      case .isFalse: break
      }
    }
    return (wanted, certain)
  }

  /// What a state knows of each leaf of a request's condition.
  private func results(of state: State, _ request: Int) -> (Int) -> Certainty {
    var known = constantResults[request]
    for (ordinal, tests) in tests.enumerated() where state.classes[ordinal] >= 0 {
      let results = classResults[ordinal][Int(state.classes[ordinal])]
      for (place, test) in tests.enumerated() where test.request == request {
        known[test.leaf] = results[place]
      }
    }
    return { known[$0] ?? .unknown }
  }

  private func classify(_ ordinal: Int, _ code: UInt32, _ interner: ValueInterner) -> Int32 {
    let value = interner.value(code)
    let results = tests[ordinal].map { test in
      plan.requests[test.request].predicate?.leaves[test.leaf].certainty(value) ?? .unknown
    }
    let found = classResults[ordinal].firstIndex(of: results) ?? classResults[ordinal].count
    if found == classResults[ordinal].count { classResults[ordinal].append(results) }
    remember(ordinal, code, Int32(found))
    return Int32(found)
  }

  private func remember(_ ordinal: Int, _ code: UInt32, _ valueClass: Int32) {
    let known = classOfCode[ordinal]
    if Int(code) >= known.count {
      let larger = max(64, Int(code) * 2)
      let classes = UnsafeMutablePointer<Int32>.allocate(capacity: larger)
      classes.initialize(repeating: -1, count: larger)
      classes.update(from: known.classes, count: known.count)
      known.classes.deallocate()
      classOfCode[ordinal] = CodeClasses(classes: classes, count: larger)
    }
    classOfCode[ordinal].classes[Int(code)] = valueClass
  }
}

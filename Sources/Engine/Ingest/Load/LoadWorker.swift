/// One thread of a load: takes the records of its files, filters them, and numbers the values that are wanted.
final class LoadWorker: RecordConsumer {
  let plan: LoadPlan
  let framing: FramingKeys
  let scanner: RecordScanner
  let interners: [ValueInterner]
  let rows: [RowBlocks]
  let layout: LoadLayout
  let automaton: FilterAutomaton
  private let memos: [ContainerMemo]
  /// The code of each slot in this record; `unset` if it was not asked for yet.
  let codes: UnsafeMutablePointer<UInt32>
  static let unset = UInt32.max
  private let isCancelled: (@Sendable () -> Bool)?
  private let meter: LoadMeter?
  let readsPackedSources: Bool
  let usesBounds: Bool
  private let isTimeSlot: UnsafeMutablePointer<Bool>
  private let isNarrowed: UnsafeMutablePointer<Bool>
  private let narrowings: [Int: ObjectNarrowing]
  private let manyScratch = PaddedBuffer(capacity: 256)

  // The file at hand.
  private(set) var active: UInt64 = 0
  private(set) var startState = 0
  /// A table takes any object of it.
  private(set) var takesAll = false
  var state = 0
  /// What the last record was recognised as, as bits.
  private(set) var lastSources: UInt64 = 0
  private var hasSeenTime = false
  /// What the next records are known to be, whatever is looked at of them.
  var knownSources: UInt64?
  /// A member of the record that was looked into is not well-formed JSON.
  private(set) var isPartlyMalformed = false
  var fallbackCodes: [UInt32] = []
  var summary = FileSummary()
  private var sampler = EncodeSampler()
  /// Seconds that numbering and storing the values of kept records took, about.
  var encodeSeconds: Double { sampler.seconds }

  init(_ plan: LoadPlan, _ options: LoadOptions = LoadOptions()) {
    self.plan = plan
    isCancelled = options.isCancelled
    meter = options.meter
    (readsPackedSources, usesBounds) = (options.readsPackedSources, options.usesBounds)
    framing = FramingKeys(plan.framing, options.limits)
    let trie = FieldTrie(paths: plan.paths)
    scanner = RecordScanner(trie)
    interners = (0..<plan.groupCount).map { _ in ValueInterner() }
    rows = plan.requests.map { RowBlocks(wordCount: $0.wordCount) }
    automaton = FilterAutomaton(plan)
    memos = trie.containerSlots.map { ContainerMemo(slotCount: $0.count) }
    layout = LoadLayout(plan, interners)
    codes = .allocate(capacity: plan.paths.count + 1)
    codes.initialize(repeating: LoadWorker.unset, count: plan.paths.count + 1)
    isTimeSlot = .allocate(capacity: plan.paths.count + 1)
    isTimeSlot.initialize(repeating: false, count: plan.paths.count + 1)
    isNarrowed = .allocate(capacity: plan.paths.count + 1)
    isNarrowed.initialize(repeating: false, count: plan.paths.count + 1)
    narrowings = plan.slotMembers.mapValues { ObjectNarrowing($0) }
    for slot in plan.slotMembers.keys { isNarrowed[slot] = true }
    for source in plan.sources {
      for slot in source.timeSlots {
        isTimeSlot[slot] = true
        scanner.watch(slot)
      }
      for shape in source.shapes {
        for slot in shape.slots { scanner.watch(slot) }
      }
    }
    for slot in automaton.slots { scanner.watch(slot) }
  }

  deinit {
    codes.deallocate()
    isTimeSlot.deallocate()
    isNarrowed.deallocate()
  }

  /// Gets ready for a file; false if no request wants it.
  ///
  /// - Parameter name: what rows call it, if it is one inside of the file.
  func begin(_ path: String, as name: String? = nil) -> Bool {
    active = 0
    for (number, request) in plan.requests.enumerated() where request.files?.contains(path) ?? true {
      active |= 1 << UInt64(number)
    }
    summary = FileSummary()
    summary.firstRows = rows.map(\.count)
    summary.rowCounts = rows.map { _ in 0 }
    summary.eventsBySource = plan.sources.map { _ in 0 }
    startState = automaton.start(active: active)
    takesAll = plan.sources.contains { $0.requests & active != 0 && $0.shapes.isEmpty }
    internFallbacks(name ?? path)
    return active != 0
  }

  /// Whether a table that takes any record has a column of this name.
  func hasColumn(_ name: String) -> Bool {
    plan.sources.contains { $0.requests & active != 0 && $0.names.contains(name) }
  }

  func end() {
    for number in rows.indices { summary.rowCounts[number] = rows[number].count - summary.firstRows[number] }
  }

  // MARK: - RecordConsumer

  /// A limit was met: what is left of the file is not read, and nothing of it counts.
  private(set) var isStopped = false
  private var stop: ExecutionFailure?
  var untilCheck = LoadWorker.recordsBetweenChecks
  private static let recordsBetweenChecks = 4096

  /// Looks at the limits, and whether the rows are still wanted.
  func check() {
    meter?.add(events: LoadWorker.recordsBetweenChecks - untilCheck)
    untilCheck = LoadWorker.recordsBetweenChecks
    if isStopped { return }
    if isCancelled?() == true {
      stop = .cancelled
      isStopped = true
      return
    }
    do throws(ExecutionFailure) {
      try RunLimits.checkpoint()
    } catch {
      stop = error
      isStopped = true
    }
  }

  /// Throws the limit that was met; looked at behind each file too.
  func throwStop() throws(ExecutionFailure) {
    check()
    if let stop { throw stop }
  }

  func reject(reason: String, offset: Int) {
    summary.rejected += 1
    if summary.firstRejected == nil { summary.firstRejected = (reason, offset) }
  }

  /// The bytes that were walked do not begin where the file does.
  func moveRejected(by bytes: Int) {
    summary.firstRejected?.offset += bytes
  }

  func record(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordVerdict {
    if takesAll, framing.isAnswer(start, end),
      case .found(let after) = JSONBytes.nestedEnd(start + 1, end, limit: .max)
    {
      return .unrecognised(after: after)
    }
    beginRecord()
    untilCheck &-= 1
    if untilCheck == 0 { check() }
    switch scanner.scan(start, end, verdict: { see($0) }) {
    case .failed(let failure): return .failed(failure)
    case .dropped(let after):
      noteEvent(recognised(isWhole: false))
      return .taken(after: after)
    case .record(let after):
      let text = FieldValue(kind: .object, start: start, count: after - start)
      let outcome = finish(text)
      if scanner.hasDeepMember { isPartlyMalformed = true }
      switch outcome {
      case .kept, .dropped: return isPartlyMalformed ? .partlyTaken(after: after) : .taken(after: after)
      case .unrecognised: return .unrecognised(after: after)
      }
    }
  }

  enum RowOutcome { case kept, dropped, unrecognised }

  func beginRecord() {
    codes.update(repeating: LoadWorker.unset, count: plan.paths.count)
    state = startState
    hasSeenTime = false
    isPartlyMalformed = false
    lastSources = 0
  }

  /// Looks at a watched value; false if nobody can want the record and all that must be known of it is known.
  @inline(__always)
  func see(_ slot: Int) -> Bool {
    if isTimeSlot[slot] { hasSeenTime = true }
    let ordinal = automaton.ordinal(slot)
    // Long values are not numbered before the record is wanted: they are tested as they stand.
    if ordinal >= 0, scanner.isShort(slot), scanner.kind(slot) != .null {
      state = automaton.step(state, ordinal, code(slot), layout.slotInterners[slot])
    }
    return automaton.requests(state) != 0 || !hasSeenTime || !isRecognised()
  }

  /// Decides about a record whose members have all been seen, and appends its rows.
  func finish(_ text: FieldValue) -> RowOutcome {
    if plan.opensEarly { openContainers() }
    let sources = knownSources ?? recognised(isWhole: true)
    if sources == 0 { return .unrecognised }
    stepOverMissing()
    var wanted = automaton.requests(state)
    var taking: UInt64 = 0
    for number in layout.sources.indices where sources & (1 << UInt64(number)) != 0 {
      taking |= layout.sources[number].requests
    }
    wanted &= taking & active
    if wanted == 0 {
      noteEvent(sources)
      return .dropped
    }
    let sample = sampler.begin()
    defer { sampler.end(sample) }
    if !plan.opensEarly { openContainers() }
    noteEvent(sources)
    var isKept = false
    while wanted != 0 {
      let number = wanted.trailingZeroBitCount
      wanted &= wanted - 1
      if plan.requests[number].rowLimit != nil, isFull(number) { continue }
      if satisfies(number, text) {
        appendRow(number, text)
        isKept = true
      }
    }
    return isKept ? .kept : .dropped
  }

  /// Tells the automaton of fields without a value, now that nothing can stand in for them any more.
  private func stepOverMissing() {
    for ordinal in automaton.slots.indices {
      let slot = automaton.slots[ordinal]
      let kind = scanner.kind(slot)
      guard kind == .absent || kind == .null else { continue }
      var isMissing = true
      for other in automaton.alternatives[ordinal] where scanner.kind(other) != .absent { isMissing = false }
      if isMissing {
        let code = kind == .null ? ValueInterner.null : ValueInterner.absent
        state = automaton.step(state, ordinal, code, layout.slotInterners[slot])
      }
    }
  }

  // MARK: - Recognition

  /// The sources that the record belongs to, as bits; sources beyond the active requests are left out.
  ///
  /// - Parameter isWhole: all its members have been seen.
  private func recognised(isWhole: Bool) -> UInt64 {
    var mask: UInt64 = 0
    for number in layout.sources.indices where layout.sources[number].requests & active != 0 {
      if matches(layout.sources[number].shapes, isWhole) { mask |= 1 << UInt64(number) }
    }
    return mask
  }

  /// Whether the record belongs to any of them, whatever comes behind what was seen of it.
  private func isRecognised() -> Bool {
    for number in layout.sources.indices where layout.sources[number].requests & active != 0 {
      if matches(layout.sources[number].shapes, false) { return true }
    }
    return false
  }

  private func matches(_ shapes: Range<Int>, _ isWhole: Bool) -> Bool {
    if shapes.isEmpty { return true }
    for index in shapes {
      let shape = layout.shapes[index]
      var isMatch = true
      for place in shape.presence where scanner.kind(layout.slots[place]) == .absent { isMatch = false }
      for place in shape.exclusions where isMatch { isMatch = isKeptOut(layout.exclusions[place], isWhole) }
      if isMatch, shape.values >= 0 { isMatch = valuesMatch(shape.values) }
      if isMatch { return true }
    }
    return false
  }

  /// Whether a value begins with no such text; of one that was not seen that is not known before the end.
  private func isKeptOut(_ exclusion: LoadLayout.Exclusion, _ isWhole: Bool) -> Bool {
    let value = scanner.value(exclusion.slot)
    switch value.kind {
    case .absent: return isWhole
    case .string:
      guard value.count >= exclusion.prefix.count, let prefix = exclusion.prefix.baseAddress else {
        return true
      }
      return value.start.pointee != prefix.pointee
        || !JSONBytes.equal(value.start, prefix, exclusion.prefix.count)
    case .escapedString: return ValueText.withText(value) { !$0.starts(with: exclusion.prefix) }
    case .null, .isTrue, .isFalse, .number, .object, .array, .many: return true
    }
  }

  private func valuesMatch(_ index: Int) -> Bool {
    layout.shapeValues[index].allSatisfy { slot, texts in
      ValueText.withText(scanner.value(slot)) { text in texts.contains { $0.elementsEqual(text) } }
    }
  }

  private func noteEvent(_ sources: UInt64) {
    lastSources = sources
    summary.events += 1
    for number in layout.sources.indices where sources & (1 << UInt64(number)) != 0 {
      summary.eventsBySource[number] += 1
    }
    guard sources != 0 else { return }
    for place in layout.sources[sources.trailingZeroBitCount].timeSlots {
      let value = scanner.value(layout.slots[place])
      guard value.kind == .string || value.kind == .number, let ticks = EventTime.ticks(value.bytes) else {
        continue
      }
      summary.earliest = min(summary.earliest ?? ticks, ticks)
      summary.latest = max(summary.latest ?? ticks, ticks)
      summary.days.add(ticks)
      return
    }
    if !layout.sources[sources.trailingZeroBitCount].timeSlots.isEmpty { summary.eventsWithoutTime += 1 }
  }

  // MARK: - Values

  /// The code of a slot's value in this record.
  @inline(__always)
  func code(_ slot: Int) -> UInt32 {
    if codes[slot] != LoadWorker.unset { return codes[slot] }
    let code = code(of: scanner.value(slot), in: slot)
    codes[slot] = code
    return code
  }

  @inline(__always)
  func code(of value: FieldValue, in slot: Int) -> UInt32 {
    var value = value
    if isNarrowed[slot], let narrowing = narrowings[slot] { value = narrowing.narrowed(value) }
    return layout.slotInterners[slot]._withUnsafeGuaranteedRef { $0.intern(value) }
  }

  /// Looks inside the members that hold wanted fields, or remembers what is there.
  private func openContainers() {
    for number in memos.indices {
      let value = scanner.container(number)
      guard value.kind.isContainer else {
        if value.kind != .absent { _ = scanner.extract(container: number) }
        continue
      }
      let slots = scanner.trie.containerSlots[number]
      guard let (place, isNew) = memos[number].entry(value) else {
        _ = open(number, slots)
        continue
      }
      if isNew {
        if !open(number, slots) { memos[number].malformed.insert(place) }
        for (position, slot) in slots.enumerated() { memos[number].setCode(place, position, code(slot)) }
      } else {
        for position in slots.indices { codes[slots[position]] = memos[number].code(place, position) }
        if memos[number].malformed.contains(place) { isPartlyMalformed = true }
      }
    }
  }

  /// False if the member is malformed; each of its fields is then what it is when it is looked for alone, so that
  /// the rows do not depend on which other fields a query reads.
  private func open(_ number: Int, _ slots: [Int]) -> Bool {
    let isWell = scanner.extract(container: number)
    if !isWell {
      isPartlyMalformed = true
      scanner.extractOneByOne(container: number, paths: plan.paths)
    }
    if !scanner.furtherValues.isEmpty { joinFurtherValues() }
    return isWell
  }

  /// Writes the several values of a path as one JSON array and numbers that.
  private func joinFurtherValues() {
    var slots: [Int] = []
    for (slot, _) in scanner.furtherValues where !slots.contains(slot) { slots.append(slot) }
    for slot in slots where codes[slot] == LoadWorker.unset {
      manyScratch.count = 0
      manyScratch.append(UInt8(ascii: "["))
      appendJSON(scanner.value(slot))
      for (other, value) in scanner.furtherValues where other == slot {
        manyScratch.append(UInt8(ascii: ","))
        appendJSON(value)
      }
      manyScratch.append(UInt8(ascii: "]"))
      manyScratch.sealPadding()
      let joined = FieldValue(kind: .many, start: manyScratch.base, count: manyScratch.count)
      codes[slot] = interners[plan.slotGroup[slot]].intern(joined)
    }
  }

  private func appendJSON(_ value: FieldValue) {
    if value.kind.isString { manyScratch.append(UInt8(ascii: "\"")) }
    manyScratch.append(value.start, count: value.count)
    if value.kind.isString { manyScratch.append(UInt8(ascii: "\"")) }
  }

  // MARK: - Rows

  /// This file alone has given as many rows as are wanted.
  private func isFull(_ number: Int) -> Bool {
    rows[number].count - summary.firstRows[number] >= plan.requests[number].rowLimit ?? .max
  }

  /// Tests what could not be tested while scanning.
  private func satisfies(_ number: Int, _ text: FieldValue) -> Bool {
    if automaton.certainRequests(state) & (1 << UInt64(number)) != 0 { return true }
    guard let tree = plan.requests[number].predicate else { return true }
    let certainty = FilterTree.evaluate(automaton.remainder(state, request: number)) { leaf in
      let test = tree.leaves[leaf]
      let column = layout.columns[layout.columnRanges[number].lowerBound + test.column]
      if column.fallback == .record, column.slots.isEmpty {
        return test.test.certainty(raw: text, nullText: false)
      }
      if column.slots.count == 1, column.fallback == .none {
        let slot = layout.slots[column.slots.lowerBound]
        if codes[slot] == LoadWorker.unset {
          return test.test.certainty(raw: scanner.value(slot), nullText: test.nullText)
        }
      }
      return test.certainty(interners[column.group].value(rowCode(column, text)))
    }
    return certainty != .isFalse
  }

  private func appendRow(_ number: Int, _ text: FieldValue) {
    let row = rows[number].nextRow()
    for index in layout.columnRanges[number] {
      let column = layout.columns[index]
      let word = row + column.word &* RowBlocks.rows
      if column.isDirectTime {
        let bits = UInt64(bitPattern: directTime(column))
        word.initialize(to: UInt32(truncatingIfNeeded: bits))
        (word + RowBlocks.rows).initialize(to: UInt32(truncatingIfNeeded: bits &>> 32))
      } else {
        word.initialize(to: rowCode(column, text))
      }
    }
  }

  /// `Int64.min` if there is no readable time.
  private func directTime(_ column: LoadLayout.Column) -> Int64 {
    for place in column.slots {
      let value = scanner.value(layout.slots[place])
      guard value.kind.rawValue > ValueKind.null.rawValue else { continue }
      return EventTime.ticks(value.bytes) ?? .min
    }
    return .min
  }

  @inline(__always)
  private func rowCode(_ column: LoadLayout.Column, _ text: FieldValue) -> UInt32 {
    var result = ValueInterner.absent
    for place in column.slots {
      let code = code(layout.slots[place])
      if code > ValueInterner.null { return code }
      if code == ValueInterner.null { result = code }
    }
    switch column.fallback {
    case .none: return result
    case .record: return column.interner._withUnsafeGuaranteedRef { $0.intern(text) }
    case .text: return fallbackCodes[column.fallbackPlace]
    }
  }

  private func internFallbacks(_ path: String) {
    fallbackCodes = [UInt32](repeating: ValueInterner.absent, count: plan.fallbackCount)
    for request in plan.requests {
      for column in request.columns {
        let text: String
        switch column.fallback {
        case .none, .record: continue
        case .file: text = path
        case .constant(let constant): text = constant
        }
        let bytes = PaddedBuffer(Array(text.utf8))
        fallbackCodes[column.fallbackPlace] = interners[column.group].intern(
          FieldValue(kind: .string, start: bytes.base, count: bytes.count))
      }
    }
  }
}

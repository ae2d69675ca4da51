/// Finds the wanted fields of one record after the other.
///
/// The members of the record itself are read one by one. A member whose inside is wanted (`userIdentity`) is only
/// measured, in blocks of 64 bytes; `extract(container:)` looks inside once the record is known to be kept.
/// `verdict` may end the reading of a record early, after which the rest is skipped in blocks.
///
/// ```
///   let scanner = RecordScanner(FieldTrie(paths: …))
///   switch scanner.scan(start, end) { … }
///   scanner.value(slot)
/// ```
///
/// If a key is there twice, the first one counts, at every depth: a record that was dropped early and one that was
/// read to its end must not differ. (`parse_json` of a text takes the last one.)
final class RecordScanner {
  typealias Position = UnsafePointer<UInt8>

  enum Outcome {
    /// The record is well formed and ends here.
    case record(after: Position)
    /// `verdict` dropped the record, which ends here.
    case dropped(after: Position)
    case failed(ScanFailure)
  }

  let trie: FieldTrie
  let slotCount: Int
  private let kinds: UnsafeMutablePointer<ValueKind>
  private let starts: UnsafeMutablePointer<Position>
  private let counts: UnsafeMutablePointer<Int>
  /// Where the containers of this record stand.
  private let containers: UnsafeMutablePointer<FieldValue>
  /// Slots whose value `verdict` wants to see at once.
  private let isWatched: UnsafeMutablePointer<Bool>
  /// Further values of slots whose path has an `each`.
  private(set) var furtherValues: [(slot: Int, value: FieldValue)] = []
  /// A member of the record nests too deep, and counts as absent.
  private(set) var hasDeepMember = false
  private let keyScratch = PaddedBuffer(capacity: 256)

  init(_ trie: FieldTrie) {
    self.trie = trie
    slotCount = trie.slotCount
    let nowhere = Position(trie.keys)
    kinds = .allocate(capacity: slotCount + 1)
    kinds.initialize(repeating: .absent, count: slotCount + 1)
    starts = .allocate(capacity: slotCount + 1)
    starts.initialize(repeating: nowhere, count: slotCount + 1)
    counts = .allocate(capacity: slotCount + 1)
    counts.initialize(repeating: 0, count: slotCount + 1)
    isWatched = .allocate(capacity: slotCount + 1)
    isWatched.initialize(repeating: false, count: slotCount + 1)
    containers = .allocate(capacity: trie.containerCount + 1)
    let none = FieldValue(kind: .absent, start: nowhere, count: 0)
    containers.initialize(repeating: none, count: trie.containerCount + 1)
  }

  deinit {
    kinds.deallocate()
    starts.deallocate()
    counts.deallocate()
    isWatched.deallocate()
    containers.deallocate()
  }

  func watch(_ slot: Int) { isWatched[slot] = true }

  @inline(__always)
  func value(_ slot: Int) -> FieldValue {
    FieldValue(kind: kinds[slot], start: starts[slot], count: counts[slot])
  }

  @inline(__always)
  func kind(_ slot: Int) -> ValueKind { kinds[slot] }

  /// Whether the value is worth remembering even if the record is not wanted.
  @inline(__always)
  func isShort(_ slot: Int) -> Bool { counts[slot] <= 256 && !kinds[slot].isContainer }

  @inline(__always)
  func container(_ number: Int) -> FieldValue { containers[number] }

  /// Forgets the values of the last record.
  @inline(__always)
  func reset() {
    kinds.update(repeating: .absent, count: slotCount)
    for number in 0..<trie.containerCount { containers[number].kind = .absent }
    hasDeepMember = false
    if !furtherValues.isEmpty { furtherValues.removeAll(keepingCapacity: true) }
  }

  /// Reads the record whose `{` stands at `start`; `verdict` says false to drop it after a watched value.
  @inline(__always)
  func scan(_ start: Position, _ end: Position, verdict: (_ slot: Int) -> Bool) -> Outcome {
    reset()
    var failure: ScanFailure?
    var position = JSONBytes.skipBlanks(start + 1, end)
    if position < end, position.pointee == 0x7D { return .record(after: position + 1) }
    while true {
      guard let (key, valueStart) = JSONBytes.key(at: position, end, &failure) else { break }
      let node = child(0, key)
      guard let (value, after) = JSONBytes.value(at: valueStart, end, &failure) else {
        guard failure?.isTooDeep == true, let (_, after) = JSONBytes.member(at: valueStart, end, &failure)
        else {
          break
        }
        hasDeepMember = true
        position = after
        if goesOn(&position, end) { continue }
        if position < end, position.pointee == 0x7D { return .record(after: position + 1) }
        failure = ScanFailure(reason: "`,` or `}` was expected after a value", position: position)
        break
      }
      position = after
      if node >= 0 {
        let found = trie.nodes[Int(node)]
        if found.container >= 0, containers[Int(found.container)].kind == .absent {
          containers[Int(found.container)] = value
        }
        let slot = Int(found.slot)
        if slot >= 0, kinds[slot] == .absent {
          set(slot, value)
          if isWatched[slot], !verdict(slot) {
            guard case .found(let recordEnd) = JSONBytes.nestedEnd(position, end, limit: .max) else { break }
            return .dropped(after: recordEnd)
          }
        }
      }
      if position.pointee != 0x2C || position >= end {
        position = JSONBytes.skipBlanks(position, end)
        if position < end, position.pointee == 0x7D { return .record(after: position + 1) }
        guard position < end, position.pointee == 0x2C else {
          let reason = position < end ? "`,` or `}` was expected after a value" : "the record is cut off"
          failure = ScanFailure(reason: reason, position: position)
          break
        }
      }
      position += 1
      if position.pointee <= 0x20 { position = JSONBytes.skipBlanks(position, end) }
    }
    return .failed(failure ?? ScanFailure(reason: "the record is not closed", position: start))
  }

  /// Steps over the comma behind a member; false if there is none.
  private func goesOn(_ position: inout Position, _ end: Position) -> Bool {
    position = JSONBytes.skipBlanks(position, end)
    guard position < end, position.pointee == 0x2C else { return false }
    position = JSONBytes.skipBlanks(position + 1, end)
    return true
  }

  /// Sets a slot from elsewhere, as from a column of a CSV row.
  @inline(__always)
  func set(_ slot: Int, _ value: FieldValue) {
    kinds[slot] = value.kind
    starts[slot] = value.start
    counts[slot] = value.count
  }

  /// The same of a member whose inside is wanted.
  @inline(__always)
  func setContainer(_ number: Int, _ value: FieldValue) { containers[number] = value }

  // MARK: - Looking inside

  /// Looks for wanted fields inside a container; false if its inside is malformed.
  func extract(container number: Int) -> Bool {
    let value = containers[number]
    guard value.kind != .absent, value.kind != .null else { return true }
    return inside(trie.containerNodes[number], value)
  }

  /// The second reading of a malformed container: each of its fields as if it were the only one wanted.
  func extractOneByOne(container number: Int, paths: [[FieldPath.Component]]) {
    let slots = trie.containerSlots[number]
    furtherValues.removeAll { slots.contains($0.slot) }
    for slot in slots {
      let alone = RecordScanner(FieldTrie(paths: [paths[slot]]))
      alone.containers[0] = containers[number]
      _ = alone.extract(container: 0)
      set(slot, alone.value(0))
      furtherValues += alone.furtherValues.map { (slot, $0.value) }
    }
  }

  private func inside(_ node: Int32, _ value: FieldValue) -> Bool {
    switch value.kind {
    case .object: return objectInside(node, value)
    case .array: return arrayInside(node, value)
    // A value that is no array has no elements: `a{}` is a name of those alone.
    case .absent, .null, .isFalse, .isTrue, .number, .string, .escapedString, .many: return true
    }
  }

  private func objectInside(_ node: Int32, _ value: FieldValue) -> Bool {
    var failure: ScanFailure?
    var isWell = true
    guard trie.nodes[Int(node)].buckets >= 0 else { return true }
    let isObject = JSONBytes.forEachMember(of: value.start, value.start + value.count, &failure) {
      key, member in
      let target = child(node, key)
      if target >= 0, !store(target, member) { isWell = false }
      return isWell
    }
    return isObject && isWell
  }

  private func arrayInside(_ node: Int32, _ value: FieldValue) -> Bool {
    let end = value.start + value.count
    let parent = trie.nodes[Int(node)]
    guard parent.each >= 0 || parent.firstIndexed >= 0 else { return true }
    var failure: ScanFailure?
    var position = JSONBytes.skipBlanks(value.start + 1, end)
    if position < end, position.pointee == 0x5D { return true }
    var index: Int32 = 0
    while true {
      guard let (element, after) = JSONBytes.value(at: position, end, &failure) else { return false }
      if parent.each >= 0, !store(parent.each, element) { return false }
      var indexed = parent.firstIndexed
      while indexed >= 0 {
        if trie.nodes[Int(indexed)].index == index, !store(indexed, element) { return false }
        indexed = trie.nodes[Int(indexed)].nextIndexed
      }
      index &+= 1
      position = JSONBytes.skipBlanks(after, end)
      if position < end, position.pointee == 0x5D { return true }
      guard position < end, position.pointee == 0x2C else { return false }
      position = JSONBytes.skipBlanks(position + 1, end)
    }
  }

  private func store(_ node: Int32, _ value: FieldValue) -> Bool {
    let found = trie.nodes[Int(node)]
    let slot = Int(found.slot)
    if slot >= 0 {
      if kinds[slot] == .absent {
        set(slot, value)
      } else if trie.isMany[slot] {
        furtherValues.append((slot, value))
      }
    }
    return !found.hasChildren || inside(node, value)
  }

  @inline(__always)
  private func child(_ node: Int32, _ key: FieldValue) -> Int32 {
    if key.kind == .string { return trie.child(node, key.start, key.count) }
    return escapedChild(node, key)
  }

  /// A key that is written with escapes is compared by what it means.
  private func escapedChild(_ node: Int32, _ key: FieldValue) -> Int32 {
    guard let text = JSONText.unescaped(key.bytes) else { return -1 }
    keyScratch.count = 0
    keyScratch.append(Array(text.utf8))
    keyScratch.sealPadding()
    return trie.child(node, keyScratch.base, keyScratch.count)
  }
}

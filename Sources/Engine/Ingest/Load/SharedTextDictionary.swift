/// Builds a dictionary whose texts stay where the threads of a load put them; only texts that had to be changed
/// (escapes, JSON form) are copied.
///
/// A million different texts of a kilobyte each would otherwise be in memory twice.
final class SharedTextDictionary {
  private var starts: UnsafeMutablePointer<Int>
  private var ends: UnsafeMutablePointer<Int>
  private var hashes: UnsafeMutablePointer<UInt32>
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask = 63
  private var capacity = 32
  private var byteCount = 0
  private(set) var count = 0
  /// Texts that are not as they stood in a file.
  private let changed: ValueInterner
  private let base: UnsafePointer<UInt8>

  init() {
    changed = ValueInterner()
    base = changed.value(ValueInterner.absent).start
    starts = .allocate(capacity: capacity)
    ends = .allocate(capacity: capacity)
    hashes = .allocate(capacity: capacity)
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
  }

  deinit {
    starts.deallocate()
    ends.deallocate()
    hashes.deallocate()
    slots.deallocate()
  }

  /// The code of a text that stays where it is.
  func intern(shared start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    intern(start, length, isShared: true)
  }

  /// The code of a text that goes away.
  func intern(copying text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    intern(text.baseAddress ?? base, text.count, isShared: false)
  }

  /// The dictionary; `owners` keep the shared texts alive.
  func finish(owners: [AnyObject]) -> StringDictionary {
    changed.freeze()
    let result = StringDictionary(
      base: base, starts: starts, ends: ends, count: count, byteCount: byteCount, owners: owners + [changed])
    // The dictionary owns the blocks now; what `deinit` frees are these.
    starts = .allocate(capacity: 1)
    ends = .allocate(capacity: 1)
    count = 0
    return result
  }

  // MARK: -

  private func intern(_ start: UnsafePointer<UInt8>, _ length: Int, isShared: Bool) -> UInt32 {
    let wide = ByteHash.hash(start, length)
    let hash = UInt32(truncatingIfNeeded: wide &>> 32)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    while slots[slot] != 0 {
      let index = Int(slots[slot]) - 1
      if hashes[index] == hash, ends[index] - starts[index] == length,
        JSONBytes.equal(base + starts[index], start, length)
      {
        return UInt32(index)
      }
      slot = (slot &+ 1) & slotMask
    }
    var place = start
    if !isShared {
      // The interner reads a few bytes behind a value; this text may end a block.
      let copy = PaddedBuffer(UnsafeBufferPointer(start: start, count: length))
      let code = changed.intern(FieldValue(kind: .string, start: copy.base, count: length))
      place = changed.value(code).start
    }
    if count == capacity { grow() }
    starts[count] = place - base
    ends[count] = place - base + length
    hashes[count] = hash
    byteCount += length
    count += 1
    slots[slot] = UInt32(count)
    if count * 2 > slotMask { growSlots() }
    return UInt32(count - 1)
  }

  private func grow() {
    starts = SharedTextDictionary.moved(starts, count, to: capacity * 2)
    ends = SharedTextDictionary.moved(ends, count, to: capacity * 2)
    hashes = SharedTextDictionary.moved(hashes, count, to: capacity * 2)
    capacity *= 2
  }

  private func growSlots() {
    let size = (slotMask + 1) * 2
    slots.deallocate()
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    slotMask = size - 1
    for index in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[index]) & slotMask
      while slots[slot] != 0 { slot = (slot &+ 1) & slotMask }
      slots[slot] = UInt32(index + 1)
    }
  }

  private static func moved<Element>(
    _ block: UnsafeMutablePointer<Element>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Element> {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
    larger.moveInitialize(from: block, count: count)
    block.deallocate()
    return larger
  }
}

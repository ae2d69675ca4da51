/// The distinct values of a field within one thread, by kind and by bytes as they stand in the file.
///
/// Code 0 is "absent" and code 1 is null. Escapes, types and text forms are looked at later, once for each code.
/// If nearly all values differ (request identifiers), the table is given up and each value gets its own code.
final class ValueInterner {
  static let absent: UInt32 = 0
  static let null: UInt32 = 1

  private(set) var count = 2
  /// Bytes of all values, each counted once.
  private(set) var byteCount = 0
  private var starts: UnsafeMutablePointer<UnsafePointer<UInt8>>
  private var lengths: UnsafeMutablePointer<Int>
  private var hashes: UnsafeMutablePointer<UInt32>
  private var kinds: UnsafeMutablePointer<ValueKind>
  private var capacity = 64
  /// The values' bytes. Blocks never move, so that a large load copies each value once.
  private var blocks: [UnsafeMutablePointer<UInt8>] = []
  private var free: UnsafeMutablePointer<UInt8>
  private var freeCount: Int
  private var nextBlock = 16_384
  private var slots: UnsafeMutablePointer<UInt32>
  private var slotMask = 127
  private var lookups = 0
  private var isGivenUp = false

  init() {
    free = .allocate(capacity: 4096 + 8)
    freeCount = 4096
    blocks.append(free)
    starts = .allocate(capacity: capacity)
    starts.initialize(repeating: UnsafePointer(free), count: 2)
    lengths = .allocate(capacity: capacity)
    lengths.initialize(repeating: 0, count: 2)
    hashes = .allocate(capacity: capacity)
    hashes.initialize(repeating: 0, count: 2)
    kinds = .allocate(capacity: capacity)
    kinds[0] = .absent
    kinds[1] = .null
    slots = .allocate(capacity: slotMask + 1)
    slots.initialize(repeating: 0, count: slotMask + 1)
  }

  deinit {
    starts.deallocate()
    lengths.deallocate()
    hashes.deallocate()
    kinds.deallocate()
    for block in blocks { block.deallocate() }
    slots.deallocate()
  }

  func kind(_ code: UInt32) -> ValueKind { kinds[Int(code)] }

  @inline(__always)
  func value(_ code: UInt32) -> FieldValue {
    let index = Int(code)
    return FieldValue(kind: kinds[index], start: starts[index], count: lengths[index])
  }

  /// The code of a value. Eight bytes behind the value must be readable.
  @inline(__always)
  func intern(_ value: FieldValue) -> UInt32 {
    if value.kind.rawValue <= ValueKind.null.rawValue { return UInt32(value.kind.rawValue) }
    if isGivenUp { return append(value, 0) }
    lookups &+= 1
    let hash = ValueInterner.hash(value)
    var slot = Int(truncatingIfNeeded: hash) & slotMask
    let short = UInt32(truncatingIfNeeded: hash &>> 32)
    while true {
      let code = slots[slot]
      if code == 0 { break }
      let index = Int(code)
      if hashes[index] == short, kinds[index] == value.kind,
        lengths[index] == value.count, JSONBytes.equal(starts[index], value.start, value.count)
      {
        return code
      }
      slot = (slot &+ 1) & slotMask
    }
    return add(value, short, slot)
  }

  /// Gives back what only look-ups need; the values stay. Nothing may be interned afterwards.
  func freeze() {
    isGivenUp = true
    slots.deallocate()
    slots = .allocate(capacity: 1)
  }

  // MARK: -

  @inline(__always)
  private static func hash(_ value: FieldValue) -> UInt64 {
    var state: UInt64 = (0xE703_7ED1_A0B4_28DB ^ ByteHash.seed) &+ UInt64(truncatingIfNeeded: value.count)
    state ^= UInt64(value.kind.rawValue) &<< 56
    let raw = UnsafeRawPointer(value.start)
    var offset = 0
    while offset &+ 16 <= value.count {
      let low = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let high = raw.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self)
      state = ByteHash.mix(low ^ 0x8EBC_6AF0_9C88_C6E3, high ^ state)
      offset &+= 16
    }
    if offset &+ 8 <= value.count {
      state = ByteHash.mix(
        state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0x8EBC_6AF0_9C88_C6E3)
      offset &+= 8
    }
    let rest = UInt64(truncatingIfNeeded: value.count &- offset)
    if rest > 0 {
      let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      state ^= UInt64(littleEndian: word) & ((1 &<< (rest &* 8)) &- 1)
    }
    return ByteHash.mix(state, 0x5899_65CC_7537_4CC3)
  }

  private func add(_ value: FieldValue, _ hash: UInt32, _ slot: Int) -> UInt32 {
    let code = append(value, hash)
    slots[slot] = code
    if count &* 2 > slotMask { growSlots() }
    return code
  }

  private func append(_ value: FieldValue, _ hash: UInt32) -> UInt32 {
    if count == capacity { growEntries() }
    if freeCount < value.count { addBlock(value.count) }
    free.update(from: value.start, count: value.count)
    starts[count] = UnsafePointer(free)
    lengths[count] = value.count
    kinds[count] = value.kind
    hashes[count] = hash
    free += value.count
    freeCount &-= value.count
    byteCount &+= value.count
    count &+= 1
    return UInt32(truncatingIfNeeded: count &- 1)
  }

  private func growEntries() {
    let larger = capacity * 2
    starts = ValueInterner.moved(starts, count, to: larger)
    lengths = ValueInterner.moved(lengths, count, to: larger)
    hashes = ValueInterner.moved(hashes, count, to: larger)
    kinds = ValueInterner.moved(kinds, count, to: larger)
    capacity = larger
  }

  private func addBlock(_ needed: Int) {
    let size = max(nextBlock, needed)
    // Look-ups load up to 8 bytes behind a value.
    free = .allocate(capacity: size + 8)
    freeCount = size
    blocks.append(free)
    nextBlock = min(nextBlock * 2, 4 << 20)
  }

  private func growSlots() {
    if count > 16_000, count > lookups / 10 * 7 {
      isGivenUp = true
      return
    }
    let size = (slotMask + 1) * 2
    slots.deallocate()
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    slotMask = size - 1
    for code in 2..<count {
      var slot = Int(truncatingIfNeeded: ValueInterner.hash(value(UInt32(code)))) & slotMask
      while slots[slot] != 0 { slot = (slot &+ 1) & slotMask }
      slots[slot] = UInt32(code)
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

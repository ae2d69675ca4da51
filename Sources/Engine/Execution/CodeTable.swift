/// Numbers distinct words: 0, 1, 2, … in the order in which they first appear. Open addressing.
///
/// ```
///   var table = CodeTable()
///   table.intern(42)   // 0
///   table.intern(7)    // 1
///   table.intern(42)   // 0
/// ```
struct CodeTable: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    mask = size - 1
    self.capacity = size / 2 + 1
    words = .allocate(capacity: self.capacity)
  }

  deinit {
    slots.deallocate()
    words.deallocate()
  }

  /// The words in the order of their codes; valid until the next change.
  var keys: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: words, count: count) }

  @inline(__always)
  mutating func intern(_ key: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if words[Int(entry &- 1)] == key { return entry &- 1 }
      slot = (slot &+ 1) & mask
    }
    return insert(key, at: slot)
  }

  @inline(__always)
  func find(_ key: UInt64) -> UInt32? {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if words[Int(entry &- 1)] == key { return entry &- 1 }
      slot = (slot &+ 1) & mask
    }
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, at slot: Int) -> UInt32 {
    precondition(count < Int(UInt32.max) - 2, "a table holds fewer than 2^32 codes")
    let code = UInt32(truncatingIfNeeded: count)
    // `grow` keeps room for one more than half of the slots.
    (words + count).initialize(to: key)
    count += 1
    slots[slot] = code + 1
    if count * 2 > mask { grow() }
    return code
  }

  private mutating func grow() {
    let size = (mask + 1) * 4
    let block = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    block.initialize(repeating: 0, count: size)
    let mask = size - 1
    for code in 0..<count {
      var slot = Int(truncatingIfNeeded: ByteHash.hash(words[code])) & mask
      while block[slot] != 0 { slot = (slot + 1) & mask }
      block[slot] = UInt32(truncatingIfNeeded: code) + 1
    }
    slots.deallocate()
    slots = block
    self.mask = mask
    let larger = UnsafeMutablePointer<UInt64>.allocate(capacity: size / 2 + 1)
    larger.update(from: words, count: count)
    words.deallocate()
    words = larger
    capacity = size / 2 + 1
  }
}

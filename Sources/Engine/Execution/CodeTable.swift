/// Numbers distinct 64-bit words in the order in which they come: open addressing, no deletion.
struct CodeTable: ~Copyable {
  private var slots: UnsafeMutablePointer<UInt32>
  private var mask: Int
  private(set) var keys: [UInt64] = []

  init(capacity: Int = 64) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    slots = .allocate(capacity: size)
    slots.initialize(repeating: 0, count: size)
    mask = size - 1
  }

  deinit { slots.deallocate() }

  var count: Int { keys.count }

  /// The number of a word, a new one if it was not seen before.
  @inline(__always)
  mutating func intern(_ key: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      if keys[Int(entry - 1)] == key { return entry - 1 }
      slot = (slot + 1) & mask
    }
    return insert(key, at: slot)
  }

  @inline(__always)
  func find(_ key: UInt64) -> UInt32? {
    var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return nil }
      if keys[Int(entry - 1)] == key { return entry - 1 }
      slot = (slot + 1) & mask
    }
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, at slot: Int) -> UInt32 {
    let code = UInt32(truncatingIfNeeded: keys.count)
    keys.append(key)
    slots[slot] = code + 1
    if keys.count * 2 > mask { grow() }
    return code
  }

  private mutating func grow() {
    let size = (mask + 1) * 4
    let block = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    block.initialize(repeating: 0, count: size)
    let mask = size - 1
    for (code, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: ByteHash.hash(key)) & mask
      while block[slot] != 0 { slot = (slot + 1) & mask }
      block[slot] = UInt32(truncatingIfNeeded: code) + 1
    }
    slots.deallocate()
    slots = block
    self.mask = mask
  }
}

/// Collects texts into a dictionary: `intern` gives equal texts one code, `append` gives each its own.
package struct StringDictionaryBuilder: ~Copyable {
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCapacity: Int
  private(set) var byteCount = 0
  private var offsets: UnsafeMutablePointer<Int>
  private var capacity: Int
  package private(set) var count = 0
  /// Open addressing; a slot holds a code + 1, or 0.
  private var slots: [UInt32] = []
  /// The hash of each code, so that growing need not hash again.
  private var hashes: [UInt64] = []
  private var isDistinct = true

  package init(capacity: Int = 16) {
    self.capacity = max(4, capacity)
    byteCapacity = self.capacity * 16
    bytes = .allocate(capacity: byteCapacity)
    offsets = .allocate(capacity: self.capacity + 1)
    offsets[0] = 0
  }

  deinit {
    bytes.deallocate()
    offsets.deallocate()
  }

  /// The text of a code, valid until the next change.
  @inline(__always)
  package func text(_ code: UInt32) -> UnsafeBufferPointer<UInt8> {
    precondition(Int(code) < count, "code outside its dictionary")
    return UnsafeBufferPointer(
      start: bytes + offsets[Int(code)], count: offsets[Int(code) + 1] - offsets[Int(code)])
  }

  /// The code of a text, a new one if it was not seen before.
  package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    guard let start = text.baseAddress else { return intern(UnsafePointer(bytes), 0) }
    return intern(start, text.count)
  }

  package mutating func intern(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    if (hashes.count + 1) * 2 > slots.count { growSlots() }
    let hash = ByteHash.hash(start, length)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { break }
      let code = entry - 1
      if hashes[Int(code)] == hash,
        StringDictionary.equal(self.text(code), UnsafeBufferPointer(start: start, count: length))
      {
        return code
      }
      slot = (slot + 1) & mask
    }
    let code = push(start, length)
    hashes.append(hash)
    slots[slot] = code + 1
    return code
  }

  package mutating func intern(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { intern($0) }
  }

  /// Adds a text without looking whether it is there already.
  package mutating func append(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
    isDistinct = count == 0
    return push(text.baseAddress ?? UnsafePointer(bytes), text.count)
  }

  package mutating func append(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { append($0) }
  }

  package consuming func finish() -> StringDictionary {
    let result = StringDictionary(adopting: bytes, offsets: offsets, count: count, isDistinct: isDistinct)
    // The dictionary owns the blocks now; what `deinit` frees are these.
    bytes = .allocate(capacity: 1)
    offsets = .allocate(capacity: 1)
    return result
  }

  private mutating func push(_ start: UnsafePointer<UInt8>, _ length: Int) -> UInt32 {
    precondition(count < Int(UInt32.max) - 1, "a dictionary holds fewer than 2^32 texts")
    var length = length
    if byteCount + length > byteCapacity {
      if !StringDictionaryBuilder.admits(length, beyond: byteCapacity) { length = 0 }
      // `start` may point into the old block (an empty text only), so copy before freeing.
      let grown = max(byteCapacity * 2, byteCount + length)
      let block = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
      block.update(from: bytes, count: byteCount)
      (block + byteCount).update(from: start, count: length)
      bytes.deallocate()
      bytes = block
      byteCapacity = grown
    } else if length > 0 {
      (bytes + byteCount).update(from: start, count: length)
    }
    byteCount += length
    if count == capacity {
      let block = UnsafeMutablePointer<Int>.allocate(capacity: capacity * 2 + 1)
      block.update(from: offsets, count: count + 1)
      offsets.deallocate()
      offsets = block
      capacity *= 2
    }
    count += 1
    offsets[count] = byteCount
    return UInt32(count - 1)
  }

  /// Whether a text may be added for which the block must grow; if not, the run ends at its next checkpoint.
  private static func admits(_ length: Int, beyond capacity: Int) -> Bool {
    guard TextLimit.admits(length) else { return false }
    let grown = max(capacity * 2, length)
    if RunLimits.admits(grown) { return true }
    RunLimits.raise(RunLimits.outOfMemory(ProcessMemory.inUse(), needed: grown, for: "a column of texts"))
    return false
  }

  private mutating func growSlots() {
    let size = max(32, slots.count * 2)
    slots = [UInt32](repeating: 0, count: size)
    let mask = size - 1
    for (code, hash) in hashes.enumerated() {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while slots[slot] != 0 { slot = (slot + 1) & mask }
      slots[slot] = UInt32(code) + 1
    }
  }
}

/// A set of texts, asked by bytes.
///
///     TextSet([Array("GET".utf8), Array("PUT".utf8)]).contains(bytes)
struct TextSet: Sendable {
  private var bytes: [UInt8] = []
  private var offsets: [Int] = [0]
  /// Open addressing; a slot holds an index + 1, or 0.
  private var slots: [UInt32]

  init(_ texts: some Collection<[UInt8]>) {
    var size = 16
    while size < texts.count * 2 { size *= 2 }
    slots = [UInt32](repeating: 0, count: size)
    for text in texts {
      let slot = text.withUnsafeBufferPointer { find($0) }
      if slots[slot] != 0 { continue }
      bytes.append(contentsOf: text)
      offsets.append(bytes.count)
      slots[slot] = UInt32(truncatingIfNeeded: offsets.count - 1)
    }
  }

  var isEmpty: Bool { offsets.count == 1 }

  func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool { slots[find(text)] != 0 }

  /// The slot of a text, or the free one where it would go.
  private func find(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = text.baseAddress.map { ByteHash.hash($0, text.count) } ?? 0
    let mask = slots.count - 1
    var slot = text.isEmpty ? 0 : Int(truncatingIfNeeded: hash) & mask
    return bytes.withUnsafeBufferPointer { bytes in
      while slots[slot] != 0 {
        let index = Int(slots[slot])
        let entry = UnsafeBufferPointer(rebasing: bytes[offsets[index - 1]..<offsets[index]])
        if StringDictionary.equal(entry, text) { break }
        slot = (slot + 1) & mask
      }
      return slot
    }
  }
}

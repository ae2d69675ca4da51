/// Sorts row numbers by a word each, keeping the order of equal ones: a byte of the words at a time, least first.
///
/// Bytes that are the same in all words are skipped, so small numbers cost few passes.
enum RadixSort {
  /// Below this many rows comparing is as fast.
  static let threshold = 2_048

  /// Orders the rows stably by their words.
  static func sort(_ rows: inout [UInt32], by key: [UInt64]) {
    let count = rows.count
    let source = Block(count: count)
    let target = Block(count: count)
    defer {
      source.free()
      target.free()
    }
    var varying: UInt64 = 0
    let first = rows.first.map { key[Int($0)] } ?? 0
    for (position, row) in rows.enumerated() {
      let word = key[Int(row)]
      varying |= word ^ first
      source.words[position] = word
      source.rows[position] = row
    }
    var (from, to) = (source, target)
    for shift in stride(from: UInt64(0), to: 64, by: 8) where (varying >> shift) & 0xFF != 0 {
      pass(from, to, count, shift)
      swap(&from, &to)
    }
    for position in 0..<count { rows[position] = from.rows[position] }
  }

  private struct Block {
    let words: UnsafeMutablePointer<UInt64>
    let rows: UnsafeMutablePointer<UInt32>

    init(count: Int) {
      words = .allocate(capacity: max(1, count))
      rows = .allocate(capacity: max(1, count))
    }

    func free() {
      words.deallocate()
      rows.deallocate()
    }
  }

  private static func pass(_ source: Block, _ target: Block, _ count: Int, _ shift: UInt64) {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 256) { places in
      places.initialize(repeating: 0)
      for position in 0..<count { places[Int((source.words[position] &>> shift) & 0xFF)] &+= 1 }
      var start = 0
      for digit in 0..<256 {
        let size = places[digit]
        places[digit] = start
        start += size
      }
      for position in 0..<count {
        let word = source.words[position]
        let digit = Int((word &>> shift) & 0xFF)
        let place = places[digit]
        places[digit] = place &+ 1
        target.words[place] = word
        target.rows[place] = source.rows[position]
      }
    }
  }
}

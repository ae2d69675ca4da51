/// The rows that one thread collected for one table, as words of 32 bits, column beside column in blocks of rows.
///
/// ```
///   block 0:  column 0: 4096 words | column 1: 4096 words | …
///   block 1:  …
/// ```
final class RowBlocks {
  static let rows = 4096

  let wordCount: Int
  private(set) var blocks: [UnsafeMutablePointer<UInt32>] = []
  private(set) var count = 0
  private var current: UnsafeMutablePointer<UInt32>?

  init(wordCount: Int) { self.wordCount = wordCount }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Begins a row and returns the place of its first word; word n stands `n * rows` further.
  @inline(__always)
  func nextRow() -> UnsafeMutablePointer<UInt32> {
    let row = count & (RowBlocks.rows &- 1)
    count &+= 1
    if row != 0, let current { return current + row }
    let block = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, wordCount) * RowBlocks.rows)
    blocks.append(block)
    current = block
    return block
  }

  /// Begins so many rows, whose words `fill` sets.
  func nextRows(_ more: Int) -> Range<Int> {
    let first = count
    for _ in 0..<more { _ = nextRow() }
    return first..<count
  }

  /// Sets a word of rows, which `value` is asked for by their place among these.
  func fill(word: Int, rows: Range<Int>, _ value: (Int) -> UInt32) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let inBlock = row & (RowBlocks.rows - 1)
      let length = min(RowBlocks.rows - inBlock, rows.upperBound - row)
      let start = blocks[row / RowBlocks.rows] + word * RowBlocks.rows + inBlock
      let place = row - rows.lowerBound
      for index in 0..<length { (start + index).initialize(to: value(place + index)) }
      row += length
    }
  }

  /// Calls `body` with the runs of one column's words for a range of rows.
  func forEachRun(word: Int, rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt32>) -> Void) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let inBlock = row & (RowBlocks.rows - 1)
      let length = min(RowBlocks.rows - inBlock, rows.upperBound - row)
      let start = blocks[row / RowBlocks.rows] + word * RowBlocks.rows + inBlock
      body(UnsafeBufferPointer(start: start, count: length))
      row += length
    }
  }
}

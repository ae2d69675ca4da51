/// Writes the literals of a block: as they stand, as one byte that repeats, or by a Huffman code.
enum ZstdLiteralWriter {
  /// Fewer are not worth a code.
  private static let fewest = 64
  /// More are parted into four streams.
  private static let ofOneStream = 1023
  private static let codeBits = 11
  /// The weights of more symbols are not written as they stand.
  private static let lastSymbol = 128

  static func section(_ literals: [UInt8]) -> [UInt8] {
    var counts = [Int](repeating: 0, count: 256)
    for byte in literals { counts[Int(byte)] += 1 }
    if let first = literals.first, counts[Int(first)] == literals.count {
      return header(1, literals.count) + [first]
    }
    if literals.count >= fewest, let coded = coded(literals, counts), coded.count < literals.count {
      return coded
    }
    return header(0, literals.count) + literals
  }

  /// Of literals that have no code.
  private static func header(_ kind: Int, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    if count < 32 {
      bytes.append(UInt8(count << 3 | kind))
    } else if count < 4096 {
      bytes.appendLittle(count << 4 | 4 | kind, bytes: 2)
    } else {
      bytes.appendLittle(count << 4 | 12 | kind, bytes: 3)
    }
    return bytes
  }

  private static func coded(_ literals: [UInt8], _ counts: [Int]) -> [UInt8]? {
    guard let last = counts.lastIndex(where: { $0 > 0 }), last <= lastSymbol else { return nil }
    let lengths = lengths(counts)
    let longest = lengths.max() ?? 0
    var codes = [UInt64](repeating: 0, count: counts.count)
    var code: UInt64 = 0
    // The longest codes come first.
    for length in stride(from: longest, to: 0, by: -1) {
      for symbol in counts.indices where lengths[symbol] == length {
        codes[symbol] = code
        code += 1
      }
      code >>= 1
    }
    // The weight of the last symbol follows from the others.
    let weights = (0..<last).map { lengths[$0] == 0 ? 0 : UInt8(longest + 1 - lengths[$0]) }
    var body = [UInt8(127 + weights.count)]
    for place in stride(from: 0, to: weights.count, by: 2) {
      body.append(weights[place] << 4 | (place + 1 < weights.count ? weights[place + 1] : 0))
    }
    func stream(_ range: Range<Int>) -> [UInt8] {
      var bits = ZstdBitWriter()
      for index in range.reversed() { bits.add(codes[Int(literals[index])], lengths[Int(literals[index])]) }
      return bits.finished()
    }
    let isOne = literals.count <= ofOneStream
    if isOne {
      body += stream(0..<literals.count)
    } else {
      let part = (literals.count + 3) / 4
      let streams = (0..<4).map { stream($0 * part..<min(($0 + 1) * part, literals.count)) }
      for stream in streams.dropLast() {
        guard stream.count < 1 << 16 else { return nil }
        body.appendLittle(stream.count, bytes: 2)
      }
      body += streams.joined()
    }
    // The sizes take 10, 14 or 18 bits each.
    let larger = max(body.count, literals.count)
    let (format, width) = isOne && larger < 1 << 10 ? (0, 10) : larger < 1 << 14 ? (2, 14) : (3, 18)
    guard larger < 1 << width, !isOne || format == 0 else { return nil }
    var bytes: [UInt8] = []
    let sizes = literals.count | body.count << width
    bytes.appendLittle(sizes << 4 | format << 2 | 2, bytes: (4 + 2 * width) / 8)
    return bytes + body
  }

  private struct Item {
    var count: Int
    var symbols: [Int]
  }

  /// The bits of each symbol's code, none longer than is allowed: cheap pairs of the level below are taken together with
  /// the symbols themselves, level by level.
  private static func lengths(_ counts: [Int]) -> [Int] {
    let symbols = counts.indices.filter { counts[$0] > 0 }.sorted { (counts[$0], $0) < (counts[$1], $1) }
    var items: [Item] = []
    for _ in 0..<codeBits {
      var pairs: [Item] = []
      for place in stride(from: 0, to: items.count - 1, by: 2) {
        let (left, right) = (items[place], items[place + 1])
        pairs.append(Item(count: left.count + right.count, symbols: left.symbols + right.symbols))
      }
      var merged: [Item] = []
      var next = 0
      for symbol in symbols {
        while next < pairs.count, pairs[next].count < counts[symbol] {
          merged.append(pairs[next])
          next += 1
        }
        merged.append(Item(count: counts[symbol], symbols: [symbol]))
      }
      items = merged + pairs[next...]
    }
    var lengths = [Int](repeating: 0, count: counts.count)
    for item in items.prefix(2 * symbols.count - 2) { for symbol in item.symbols { lengths[symbol] += 1 } }
    return lengths
  }
}

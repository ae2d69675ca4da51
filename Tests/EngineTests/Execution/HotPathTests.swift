import Testing

@testable import Engine

/// What is done fast must be what the slow way does.
struct HotPathTests {
  /// The same numbers each run.
  private struct Random {
    var state: UInt64

    mutating func next(below limit: UInt64) -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) % limit
    }
  }

  @Test(arguments: [(3, 4), (50, 2000), (3000, 3000)] as [(UInt64, UInt64)])
  func `pairs are numbered in the order of their first row, whether looked up or hashed`(
    _ firstLimit: UInt64, _ secondLimit: UInt64
  ) {
    var random = Random(state: 7)
    var table = PairTable()
    var known: [[UInt32]: UInt32] = [:]
    // Growing limits, as chunks bring new codes.
    for round in 1...4 {
      let limits = (max(1, firstLimit * UInt64(round) / 4), max(1, secondLimit * UInt64(round) / 4))
      let pairs = (0..<5000).map { _ in
        [UInt32(random.next(below: limits.0)), UInt32(random.next(below: limits.1))]
      }
      var expected: [UInt32] = []
      for pair in pairs {
        if known[pair] == nil { known[pair] = UInt32(known.count) }
        expected.append(known[pair] ?? 0)
      }
      var first = pairs.map { $0[0] }
      let second = pairs.map { $0[1] }
      let before = table.count
      var newRows = 0
      first.withUnsafeMutableBufferPointer { first in
        second.withUnsafeBufferPointer { second in
          table.number(first, below: Int(limits.0), second, below: Int(limits.1), rows: pairs.count) { _ in
            newRows += 1
          }
        }
      }
      #expect(first == expected)
      #expect(table.count == known.count && newRows == known.count - before)
    }
    for (pair, code) in known { #expect(table.find(pair[0], pair[1]) == code) }
    #expect(table.find(UInt32(firstLimit), UInt32(secondLimit)) == nil)
  }

  @Test(arguments: [3, 300, 1 << 20, 1 << 31] as [UInt64])
  func `a radix sort is a stable sort`(_ limit: UInt64) {
    var random = Random(state: 11)
    let keys = (0..<4000).map { _ in random.next(below: limit) &* 0x1_0000_0001 }
    var rows = (0..<UInt32(keys.count)).filter { $0 % 3 != 0 }
    let expected = rows.sorted { (keys[Int($0)], $0) < (keys[Int($1)], $1) }
    RadixSort.sort(&rows, by: keys)
    #expect(rows == expected)
  }

  @Test func `plain bytes of JSON end where a byte by byte search ends`() {
    var random = Random(state: 3)
    for length in 0..<60 {
      let bytes = (0..<length).map { _ in
        random.next(below: 12) == 0 ? UInt8(random.next(below: 256)) : UInt8(0x61 + random.next(below: 20))
      }
      bytes.withUnsafeBufferPointer { bytes in
        var offset = JSONTextWords.plainEnd(bytes, from: 0)
        while offset < length, bytes[offset] != 0x22, bytes[offset] != 0x5C, bytes[offset] >= 0x20 {
          offset += 1
        }
        #expect(offset == bytes.firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 } ?? length)
      }
    }
  }

  @Test(arguments: [
    [#"{"a":1}"#, "", #"{"a":[1,{"b":"x"}]}"#, "null", "7"], [#"{"a": 1}"#, "", "abc", #"{"a":1}"#],
    [String(repeating: "[", count: 63) + String(repeating: "]", count: 63)],
    [String(repeating: "[", count: 90) + String(repeating: "]", count: 90), "{}"],
    [#"{"text":"a long text with an escape \n in the middle of it"}"#, #"["unterminated"#],
  ])
  func `texts become JSON the same way together and one by one`(_ texts: [String]) {
    let column = Column.of(.string, texts.map { .string($0) })
    let parsed = ParseJSONKernel.parse(column, count: texts.count)
    for (row, text) in texts.enumerated() {
      #expect(parsed.value(at: row) == ParseJSONKernel.parse(.string(text)))
    }
  }

  @Test func `bins of neighbours are those of single values`() throws {
    let values: [Int64] = [0, 5, 9, 10, -1, -10, -11, 25, 24, 3, .max, .max - 3, -7, .min + 20]
    let step = Value.long(10)
    func bins(_ values: [Int64]) -> Column {
      let call = VectorCall(
        arguments: [.int64(.long, values), .constant(step, .long, count: values.count)], count: values.count,
        type: .long, dialect: .kql, now: 0)
      guard case .vector(let compute) = BinFunctions.bin.kernel, let column = try? compute(call) else {
        return .constant(.null, .long, count: values.count)
      }
      return column
    }
    let together = bins(values)
    for (row, value) in values.enumerated() {
      #expect(together.value(at: row) == bins([value]).value(at: 0), "\(value)")
    }
    // The bin of the least integer begins below it.
    #expect(bins([3, .min]).value(at: 1) == .null)
    #expect(bins([3, .min]).value(at: 0) == .long(0))
  }
}

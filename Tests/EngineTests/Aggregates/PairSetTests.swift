import Testing

@testable import Engine

struct PairSetTests {
  /// Few pairs stay bits; far-away groups and codes make it hash.
  @Test(arguments: [3, 100, 70_000] as [UInt32])
  func `pairs keep the order of their first appearance`(step: UInt32) {
    var set = PairSet()
    var expected: [UInt64] = []
    for round in 0..<2 {
      for group in 0..<UInt32(40) {
        for code in 1..<UInt32(20) {
          set.insert(group * step, code * step)
          if round == 0 { expected.append(UInt64(group * step) << 32 | UInt64(code * step)) }
        }
      }
    }
    let keys = set.keys
    #expect(keys == expected)
  }
}

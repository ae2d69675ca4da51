import Engine
import Testing

@testable import Rules

/// Values that are like another one and of which no two are the same.
@Suite struct OtherValuesTests {
  @Test(arguments: [
    ("198.51.100.7", 60_000), ("10.0.0.254", 60_000), ("123456789012", 60_000), ("ada", 1_000), ("", 100),
  ])
  func `each number has its own`(text: String, count: Int) {
    for place in OtherValues(than: .string(text), number: 1).all.indices {
      let values = Set((1...count).map { OtherValues(than: .string(text), number: $0).all[place] })
      #expect(values.count == count && !values.contains(.string(text)), "\(text) in place \(place)")
    }
  }

  @Test func `addresses stay near, and then are such as are kept for measurements`() {
    func first(_ number: Int) -> Value? {
      OtherValues(than: .string("198.51.100.7"), number: number).all.first
    }
    #expect(first(1) == .string("198.51.100.1") && first(7) == .string("198.51.100.8"))
    #expect(first(253) == .string("198.51.100.254") && first(254) == .string("198.18.0.1"))
  }
}

import Testing

@testable import Engine

@Suite struct ArithmeticTests {
  @Test func `integer division truncates and by zero is null`() throws {
    #expect(try FunctionCheck.call("/", [.long(-7), .long(2)]) == .long(-3))
    #expect(try FunctionCheck.call("/", [.long(1), .long(0)]) == .null)
    #expect(try FunctionCheck.call("/", [.long(.min), .long(-1)]) == .long(.min))
  }

  @Test func `the remainder is never negative`() throws {
    #expect(try FunctionCheck.call("%", [.long(-14), .long(12)]) == .long(10))
    #expect(try FunctionCheck.call("%", [.long(14), .long(-12)]) == .long(2))
    #expect(try FunctionCheck.call("%", [.real(-6.5), .long(4)]) == .real(1.5))
  }

  @Test func `integers wrap around`() throws {
    #expect(try FunctionCheck.call("+", [.long(.max), .long(1)]) == .long(.min))
  }

  @Test func `a datetime and a timespan give a datetime`() throws {
    #expect(try FunctionCheck.call("+", [.datetime(0), .timespan(5)]) == .datetime(5))
    #expect(try FunctionCheck.call("-", [.datetime(0), .timespan(5)]) == .null)
    #expect(try FunctionCheck.call("/", [.timespan(48), .timespan(10)]) == .real(4.8))
  }

  @Test func `null equals nothing but null, which is unknown`() throws {
    #expect(try FunctionCheck.call("==", [.null, .long(1)], types: [.long, .long]) == .bool(false))
    #expect(try FunctionCheck.call("!=", [.null, .long(1)], types: [.long, .long]) == .bool(true))
    #expect(try FunctionCheck.call("==", [.null, .null], types: [.long, .long]) == .null)
  }

  @Test func `dynamic compares by its inner value`() throws {
    #expect(try FunctionCheck.call("==", [.dynamic(.string("-1")), .string("-1")]) == .bool(true))
    #expect(try FunctionCheck.call("==", [.dynamic(.bool(false)), .bool(false)]) == .bool(true))
    #expect(try FunctionCheck.call(">", [.dynamic(.long(7)), .long(5)]) == .bool(true))
  }
}

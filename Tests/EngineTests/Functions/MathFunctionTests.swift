import FoundationEssentials
import Testing

@testable import Engine

@Suite struct MathFunctionTests {
  @Test func `abs, ceiling and round keep the type`() throws {
    #expect(try FunctionCheck.call("abs", [.long(-5)]) == .long(5))
    #expect(try FunctionCheck.call("abs", [.long(.min)]) == .long(.min))
    #expect(try FunctionCheck.call("abs", [.timespan(-7)]) == .timespan(7))
    #expect(try FunctionCheck.call("abs", [.decimal(-2.5)]) == .decimal(2.5))
    #expect(try FunctionCheck.call("ceiling", [.real(-1.1)]) == .real(-1))
    #expect(try FunctionCheck.call("ceiling", [.long(3)]) == .long(3))
    #expect(try FunctionCheck.call("sign", [.long(-42)]) == .real(-1))
  }

  @Test(
    arguments: [
      (2.15, 1, 2.2), (-50.55, -2, -100), (6.5, 0, 7), (-6.5, 0, -7), (1234.5, -3, 1000), (1e300, 20, 1e300),
      (5, -400, 0),
    ] as [(Double, Int64, Double)])
  func `halves round away from zero`(number: Double, digits: Int64, result: Double) throws {
    #expect(try FunctionCheck.call("round", [.real(number), .long(digits)]) == .real(result))
  }

  @Test func `integers round before the point`() throws {
    #expect(try FunctionCheck.call("round", [.long(1250), .long(-2)]) == .long(1300))
    #expect(try FunctionCheck.call("round", [.long(-1250), .long(-2)]) == .long(-1300))
    #expect(try FunctionCheck.call("round", [.long(.max), .long(-30)]) == .long(0))
    #expect(try FunctionCheck.call("round", [.long(7), .long(3)]) == .long(7))
  }

  @Test func `logarithms of negatives are null`() throws {
    #expect(try FunctionCheck.call("log", [.real(-1)]) == .null)
    #expect(try FunctionCheck.call("log", [.long(0)]) == .real(-.infinity))
    #expect(try FunctionCheck.call("log2", [.long(8)]) == .real(3))
    #expect(try FunctionCheck.call("pow", [.long(2), .long(3)]) == .real(8))
    #expect(try FunctionCheck.call("sqrt", [.long(9)]) == .real(3))
    #expect(try FunctionCheck.call("isnan", [.null], types: [.real]) == .null)
    #expect(try FunctionCheck.call("isfinite", [.long(1)]) == .bool(true))
  }

  @Test func `bits`() throws {
    #expect(try FunctionCheck.call("binary_and", [.long(12), .long(10)]) == .long(8))
    #expect(try FunctionCheck.call("binary_shift_left", [.long(1), .long(65)]) == .long(2))
    #expect(try FunctionCheck.call("binary_shift_right", [.long(1), .long(-1)]) == .null)
    #expect(try FunctionCheck.call("bitset_count_ones", [.long(-1)]) == .long(64))
    #expect(try FunctionCheck.call("binary_not", [.long(0)]) == .long(-1))
  }

  @Test func `distributions`() throws {
    guard case .real(let half) = try FunctionCheck.call("beta_cdf", [.real(0.5), .real(2), .real(2)]),
      case .real(let inverse) = try FunctionCheck.call("beta_inv", [.real(0.6875), .real(1), .real(3)]),
      case .real(let density) = try FunctionCheck.call("beta_pdf", [.real(0.5), .real(2), .real(2)]),
      case .real(let same) = try FunctionCheck.call(
        "welch_test", [.real(2), .real(1), .real(10), .real(1), .real(1), .real(10)])
    else {
      Issue.record("no real")
      return
    }
    #expect(abs(half - 0.5) < 1e-12)
    // 1 - (1 - x)^3 = 0.6875
    #expect(abs(inverse - 0.321396) < 1e-5)
    #expect(abs(density - 1.5) < 1e-12)
    // t = 2.23607 with 18 degrees of freedom.
    #expect(abs(same - 0.038250) < 1e-4)
  }

  @Test func `random numbers differ by row and repeat by run`() throws {
    let function = try #require(FunctionCatalog.scalar("rand", in: .kql))
    let call = try FunctionBinder.bind(function, [.literal(.long(1000), .long)], dialect: .kql)
    func run(now: Int64) throws -> [Value] {
      let compiler = ExpressionCompiler(layout: [], context: ExecutionContext(now: now), subqueries: [:])
      let column = try compiler.compile(call).evaluate(Chunk(columns: [], count: 100))
      return (0..<100).map { column.value(at: $0) }
    }
    let first = try run(now: 5)
    #expect(Set(first).count > 80)
    #expect(try run(now: 5) == first)
    #expect(try run(now: 6) != first)
    for value in first {
      let number = try #require(value.number)
      #expect(number >= 0 && number < 1000 && number == number.rounded())
    }
  }

  @Test func `new identifiers differ by row`() throws {
    let function = try #require(FunctionCatalog.scalar("new_guid", in: .kql))
    let call = try FunctionBinder.bind(function, [], dialect: .kql)
    let compiler = ExpressionCompiler(layout: [], context: ExecutionContext(now: 1), subqueries: [:])
    let column = try compiler.compile(call).evaluate(Chunk(columns: [], count: 50))
    #expect(Set((0..<50).map { column.value(at: $0).kqlText }).count == 50)
  }
}

import Diagnostics
import Engine
import Testing

@testable import Reports

@Suite struct ChartScaleTests {
  @Test(arguments: [
    (0.0, "0"), (950, "950"), (12_345, "12.3k"), (1_200_000, "1.2M"), (0.25, "0.25"), (-3, "-3"),
    (1e20, "1e20"), (0.00001, "1e-5"), (.nan, ""), (.infinity, "inf"), (123_456, "123k"), (99.999, "100"),
  ]) func `numbers at an axis are short`(_ value: Double, _ text: String) {
    #expect(ChartNumber.text(value) == text)
  }

  @Test(arguments: [(1_234_567, "1,234,567"), (-1234, "-1,234"), (-100, "-100"), (0, "0")])
  func `counts have commas`(_ count: Int, _ text: String) { #expect(count.grouped == text) }

  @Test(arguments: [(1_234_567.0, "1,234,567"), (-1234.5, "-1,234.5"), (12, "12"), (-100, "-100")])
  func `numbers at a bar are whole`(_ value: Double, _ text: String) {
    #expect(ChartNumber.full(value) == text)
  }

  @Test func `an axis of numbers has round marks around its values`() {
    let scale = NumberScale([3, 97], fromZero: true, marks: 4)
    #expect(scale.marks == [0, 50, 100])
    #expect(NumberScale([5], fromZero: true, marks: 4).marks.count >= 2)
    #expect(NumberScale([], fromZero: true, marks: 4).upper == 1)
  }

  @Test(arguments: [
    [Double.greatestFiniteMagnitude, -Double.greatestFiniteMagnitude], [.leastNonzeroMagnitude],
    [1e18, 1e18 + 256],
    [.nan, .infinity], [-5, -5],
  ]) func `an axis of any numbers has ends and marks`(_ values: [Double]) {
    for fromZero in [true, false] {
      let scale = NumberScale(values, fromZero: fromZero, marks: 5)
      #expect(scale.lower < scale.upper && !scale.marks.isEmpty && scale.marks.count <= 64)
      #expect(values.allSatisfy { (0...1).contains(scale.share(of: $0.isFinite ? $0 : 0)) })
    }
  }

  @Test func `an axis of time says the day where it changes`() {
    let start = Ticks.make(year: 2026, month: 3, day: 1, hour: 22) ?? 0
    let scale = TimeScale(from: start, to: start + 4 * Ticks.perHour, marks: 5)
    #expect(scale.marks.map(\.text) == ["22:00", "23:00", "00:00", "01:00", "02:00"])
    #expect(scale.marks.map(\.context) == ["2026-03-01", nil, "2026-03-02", nil, nil])
    let years = TimeScale(from: start, to: start + 4000 * Ticks.perDay, marks: 6)
    #expect(years.marks.count <= 7 && years.marks.allSatisfy { $0.text.hasSuffix("-01") })
    #expect(TimeScale(from: 0, to: Ticks.maximum, marks: 3).marks.count <= 4)
    #expect(TimeScale(from: start + 1, to: start + 1, marks: 3).marks.count == 1)
  }
}

import Diagnostics
import Engine
import FoundationEssentials
import Testing

@testable import Reports

/// No value of a column ends a picture, or stands in it as no number.
@Suite struct ChartExtremesTests {
  private static let reals: [Double] = [
    .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 1e308, -1e308, 1e300, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .leastNormalMagnitude, 0, -0.0, 1, 9_007_199_254_740_992, .infinity, -.infinity,
    .nan, .ulpOfOne,
  ]
  private static let longs: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, 1 << 53]
  private static let times: [Int64] = [
    0, 1, Ticks.unixEpoch, Ticks.unixEpoch + 1, Ticks.maximum - 1, Ticks.maximum,
  ]

  /// Cells of a column; the same numbers each time.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }

    mutating func cell(_ type: DataType) -> Value {
      switch roll(12) {
      case 0: return .null
      default: break
      }
      switch type {
      case .real: return .real(reals[roll(reals.count)])
      case .long: return .long(longs[roll(longs.count)])
      case .datetime: return .datetime(times[roll(times.count)])
      case .timespan: return .timespan(longs[roll(longs.count)])
      default: return .string(["", "a", "\u{1B}b", "日本"][roll(4)])
      }
    }
  }

  @Test(arguments: ChartRequest.Kind.allCases) func `any column can be drawn`(_ kind: ChartRequest.Kind) {
    var dice = Dice(state: 7)
    let types: [DataType] = [.real, .long, .datetime, .timespan, .string]
    for round in 0..<240 {
      let fields = (0..<(1 + dice.roll(3))).map { Field("c\($0)", types[dice.roll(types.count)]) }
      let rows = (0..<(1 + dice.roll(9))).map { _ in fields.map { dice.cell($0.type) } }
      let stacking: ChartRequest.Stacking = [.none, .stacked, .full][round % 3]
      let table = Table(fields: fields, rows: rows)
      guard let chart = TextChartTests.chart(table, kind, { $0.stacking = stacking }) else { continue }
      for width in [10, 39, 120] {
        let text = TextChart(chart, width: width, glyphs: width == 39 ? .ascii : .blocks).text().text
        #expect(!text.unicodeScalars.contains { $0 != "\n" && DisplayText.mustEscape($0) })
      }
      ChartExtremesTests.expectNumbers(in: chart, "\(kind) \(stacking) \(rows)")
    }
  }

  private static func expectNumbers(in chart: Chart, _ what: String) {
    var html = HTMLWriter()
    SVGChart(chart: chart).write(to: &html)
    let text = String(decoding: html.bytes, as: UTF8.self)
    for name in ["x", "y", "x1", "y1", "x2", "y2", "width", "height", "cx", "cy", "points"] {
      for part in text.components(separatedBy: " \(name)=\"").dropFirst() {
        let value = part.prefix { $0 != "\"" }
        let isNumbers = value.split { $0 == " " || $0 == "," }.allSatisfy { Double($0)?.isFinite == true }
        #expect(isNumbers, "\(name)=\(value.prefix(60)) of \(what)")
      }
    }
  }

  @Test func `a share is one of the way however long that is`() {
    let most = Double.greatestFiniteMagnitude
    #expect(AxisShare.of(0.0, from: -most, to: most) == 0.5)
    #expect(AxisShare.of(most, from: -most, to: most) == 1 && AxisShare.of(-most, from: -most, to: most) == 0)
    #expect(AxisShare.of(.leastNonzeroMagnitude, from: 0, to: .leastNonzeroMagnitude) == 1)
    #expect(AxisShare.of(5.0, from: 5, to: 5) == 0.5 && AxisShare.of(.nan, from: 0, to: 1) == 0)
    #expect(AxisShare.of(Int64.max, from: Int64.min, to: Int64.max) == 1)
    #expect(Chart.Axis.numbers([-1e308, 0, 1e308]).shares == [0, 0.5, 1])
    #expect(Chart.Axis.numbers([-1e308, 0, 1e308]).step == 0.5)
  }

  @Test func `parts of a whole that is no number are parts of it all the same`() {
    let rows = TextChartTests.names([("a", 1e308), ("b", 1e308), ("c", 1e308)])
    #expect(TextChartTests.text(rows, .piechart, width: 40).contains("1e308  33.3%"))
    let stacked = TextChartTests.chart(
      TextChartTests.hours([(0, "a", 1e308), (0, "b", 1e308), (1, "a", 1)]), .columnchart
    ) { $0.stacking = .full }
    #expect(stacked?.layers.map { $0[0].upper } == [50, 100])
  }

  @Test func `a sum that is too large is said`() {
    let chart = TextChartTests.chart(
      TextChartTests.hours([(0, "a", 1.7e308), (0, "b", 1.7e308)]), .columnchart
    ) { $0.stacking = .stacked }
    #expect(
      chart?.notes.map(\.plainText) == ["sums that are too large for a number are drawn as the greatest one"])
  }

  @Test(arguments: [ChartRequest.Kind.columnchart, .timechart, .areachart])
  func `a page draws as many places as it has room for, and says so`(_ kind: ChartRequest.Kind) {
    let rows = TextChartTests.hours((0..<5000).map { ($0, "", $0 == 2501 ? 1_000_000 : Double($0 % 7)) })
    guard let chart = TextChartTests.chart(rows, kind) else {
      Issue.record("no chart")
      return
    }
    var html = HTMLWriter()
    SVGChart(chart: chart).write(to: &html)
    let text = String(decoding: html.bytes, as: UTF8.self)
    #expect(text.contains("of each 5 places in a row the outermost values are drawn"))
    #expect(text.components(separatedBy: "<rect class=\"bar s0\" x").count <= 1001)
    #expect(html.bytes.count < 300_000 && text.contains("1M"))
  }
}

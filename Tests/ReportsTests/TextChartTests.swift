import Diagnostics
import Engine
import Testing

@testable import Reports

@Suite struct TextChartTests {
  /// Rows of a time, a name and a number each.
  static func hours(_ values: [(Int, String, Double)]) -> Table {
    let start = Ticks.make(year: 2026, month: 3, day: 2, hour: 10) ?? 0
    return Table(
      fields: [Field("time", .datetime), Field("who", .string), Field("n", .real)],
      rows: values.map { [.datetime(start + Int64($0.0) * Ticks.perHour), .string($0.1), .real($0.2)] })
  }

  static func names(_ values: [(String, Double)]) -> Table {
    Table(
      fields: [Field("who", .string), Field("n", .real)], rows: values.map { [.string($0.0), .real($0.1)] })
  }

  static func chart(
    _ table: Table, _ kind: ChartRequest.Kind, _ change: (inout ChartRequest) -> Void = { _ in }
  )
    -> Chart?
  {
    var request = ChartRequest(kind)
    change(&request)
    if case .chart(let chart) = ChartMaker.chart(of: table, request, .kql) { return chart }
    return nil
  }

  static func text(
    _ table: Table, _ kind: ChartRequest.Kind, width: Int = 40, glyphs: ChartGlyphs = .blocks,
    _ change: (inout ChartRequest) -> Void = { _ in }
  ) -> String {
    guard let chart = chart(table, kind, change) else { return "no chart\n" }
    return "\n" + TextChart(chart, width: width, glyphs: glyphs).text().text
  }

  @Test func `bars grow by eighths, negative ones to the left of zero`() {
    let rows = TextChartTests.names([("a", 8), ("bb", 3), ("c", -2), ("d", 0)])
    #expect(
      TextChartTests.text(rows, .barchart, width: 20) == """

        n by who
        a       █████████ 8
        bb      ███▋      3
        c     ██          -2
        d                 0

        """)
    #expect(
      TextChartTests.text(rows, .barchart, width: 20, glyphs: .ascii) == """

        n by who
        a       ######### 8
        bb      ####      3
        c     ##          -2
        d                 0

        """)
  }

  @Test func `a line has an axis of times and one of numbers`() {
    let rows = TextChartTests.hours((0..<12).map { ($0, "", Double($0 * $0)) })
    #expect(
      TextChartTests.text(rows, .timechart, width: 30) == """

        n by time
        150 ┤
            │
            │                        ⡔
            │                       ⡜
        100 ┤                     ⢠⠊
            │                   ⢀⠔⠁
            │                  ⡠⠃
         50 ┤                ⡠⠊
            │              ⡠⠊
            │           ⡠⠔⠊
            │       ⢀⡠⠔⠉
          0 ┤⣀⣀⣀⡠⠤⠒⠉⠁
            └────┬────────────┬───────
                 12:00        18:00
                 2026-03-02

        """)
  }

  @Test func `series are stacked with fills that differ`() {
    let rows = TextChartTests.hours([(0, "a", 4), (0, "b", 2), (1, "a", 1), (1, "b", 5), (3, "b", 3)])
    #expect(
      TextChartTests.text(rows, .columnchart, width: 30) { $0.stacking = .stacked } == """

        █ a   ▒ b
        6 ┤▒▒▒▒▒ ▒▒▒▒▒
          │▒▒▒▒▒ ▒▒▒▒▒
          │▒▒▒▒▒ ▒▒▒▒▒
          │▒▒▒▒▒ ▒▒▒▒▒
        4 ┤█████ ▒▒▒▒▒
          │█████ ▒▒▒▒▒
          │█████ ▒▒▒▒▒       ▒▒▒▒▒
        2 ┤█████ ▒▒▒▒▒       ▒▒▒▒▒
          │█████ ▒▒▒▒▒       ▒▒▒▒▒
          │█████ ▒▒▒▒▒       ▒▒▒▒▒
          │█████ █████       ▒▒▒▒▒
        0 ┤█████ █████       ▒▒▒▒▒
          └┬───────────┬───────────
           10:00       12:00
           2026-03-02

        """)
  }

  @Test func `several series have a picture each over one axis`() {
    let rows = TextChartTests.hours([
      (0, "a", 4), (0, "b", 2), (1, "a", 1), (1, "b", 5), (2, "a", 3), (2, "b", 1),
    ])
    #expect(
      TextChartTests.text(rows, .linechart, width: 30) { $0.x = "time" } == """

        a  greatest 4
        4 ┤⠑⠢⣀
          │   ⠉⠢⢄                   ⣀⠤
          │      ⠉⠒⢄⡀          ⣀⡠⠔⠒⠉
          │         ⠈⠒⠤⡀  ⢀⡠⠤⠒⠉
          │            ⠈⠑⠊⠁
        0 ┤
        b  greatest 5
        5 ┤          ⢀⡠⠔⠊⠒⢄⡀
          │      ⢀⡠⠔⠊⠁     ⠈⠢⢄
          │  ⢀⡠⠔⠊⠁            ⠉⠢⢄
          │⠔⠊⠁                   ⠉⠢⣀
          │                         ⠑⠢
        0 ┤
          └┬────────────┬────────────┬
           10:00        11:00    12:00
           2026-03-02

        """)
  }

  @Test func `parts of a whole have their share`() {
    let rows = TextChartTests.names([("a", 30), ("b", 10)])
    #expect(
      TextChartTests.text(rows, .piechart, width: 40) == """

        n by who
        a    ███████████████████████████ 30  75%
        b    █████████                   10  25%

        """)
  }

  @Test func `a point alone is seen`() {
    let text = TextChartTests.text(TextChartTests.hours([(0, "", 5)]), .timechart)
    #expect(text.contains("●") && text.contains("10:00") && text.contains("2026-03-02"))
  }

  @Test(arguments: ChartRequest.Kind.allCases, [1, 10, 20, 80, 5000])
  func `any values fit any width`(_ kind: ChartRequest.Kind, _ width: Int) {
    let hostile = "\u{1B}[31mred\u{202E}\u{7}日本語\n"
    let values: [Double] = [
      .nan, .infinity, -.infinity, -1, 0, 1e308, -1e308, 5e-300, 1e15, .greatestFiniteMagnitude,
    ]
    let tables = [
      TextChartTests.names(values.map { (hostile, $0) }), TextChartTests.names(values.map { ("\($0)", $0) }),
      TextChartTests.hours(values.indices.map { ($0 * $0 * 1000, hostile, values[$0]) }),
      TextChartTests.hours([(0, "a", .nan)]), TextChartTests.names([]),
      Table(fields: [], rows: []), Table(fields: [Field("x", .string)], rows: [[.string("a")]]),
      Table(
        fields: [Field("t", .datetime), Field("n", .long)],
        rows: [[.datetime(0), .long(1)], [.datetime(Ticks.maximum), .long(2)], [.null, .long(3)]]),
      Table(fields: [Field("n", .long)], rows: (0..<300).map { [.long(Int64($0 * $0))] }),
    ]
    for table in tables {
      for stacking in [ChartRequest.Stacking.none, .stacked, .full] {
        guard let chart = TextChartTests.chart(table, kind, { $0.stacking = stacking }) else { continue }
        for glyphs in [ChartGlyphs.blocks, .ascii] {
          let text = TextChart(chart, width: width, glyphs: glyphs).text().text
          #expect(!text.unicodeScalars.contains { $0 != "\n" && DisplayText.mustEscape($0) })
          for line in text.split(separator: "\n") where width >= 20 {
            #expect(DisplayText.width(of: String(line)) <= min(width, 1000), "\(kind) \(line)")
          }
        }
      }
    }
  }

  @Test func `what is left out is said`() {
    let many = TextChartTests.hours((0..<30).map { (0, "series \($0)", Double($0)) })
    let notes = TextChartTests.chart(many, .timechart)?.notes.map(\.plainText) ?? []
    #expect(notes == ["the 10 series with the greatest totals of 30 are drawn"])
    let odd = TextChartTests.names([("a", .nan), ("b", 1)])
    #expect(
      TextChartTests.chart(odd, .barchart)?.notes.map(\.plainText) == [
        "not drawn: 1 value without a place or a finite number"
      ])
    let bars = TextChartTests.names((0..<50).map { ("\($0)", Double($0)) })
    let drawn = TextChartTests.chart(bars, .barchart).map {
      TextChart($0, width: 80, glyphs: .blocks).text().notes
    }
    #expect(drawn?.map(\.plainText) == ["the 40 greatest of 50 bars are drawn"])
    if case .rows(let reason) = ChartMaker.chart(of: odd, ChartRequest(.treemap), .kql) {
      #expect(reason?.plainText == "`treemap` is a picture that is not drawn here")
    } else {
      Issue.record("a treemap was drawn")
    }
  }

  @Test func `a sparkline goes from zero to the greatest value`() {
    #expect(SparklineText.text([0, 1, 4, 8, .nan]) == "▁▂▅█ ")
    #expect(SparklineText.text([]).isEmpty && SparklineText.text([-1, -1]) == "▁▁")
    #expect(SparklineText.text([-.greatestFiniteMagnitude, .greatestFiniteMagnitude]) == "▁█")
  }
}

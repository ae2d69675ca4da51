import Diagnostics
import Engine

/// The alerts of a run, a line each.
///
/// ```
/// when              severity  rule                                     who                 from          count
/// 2026-03-02 14:00  high      High-volume email sending through SES    …:user/marketing    203.0.113.41      1
/// ```
package struct AlertListText {
  let list: AlertList
  /// Nil never cuts.
  let width: Int?
  let limit: Int?

  package init(_ list: AlertList, width: Int?, limit: Int?) {
    self.list = list
    self.width = width
    self.limit = limit
  }

  private static let names = ["when", "severity", "rule", "who", "from", "count"]

  package var text: String {
    let rows = list.lines.prefix(limit ?? list.lines.count).map { line in
      [
        line.first.map { Ticks.minuteText($0) } ?? "",
        line.severity ?? "",
        (line.title.map { "\($0)  [\(line.rules[0])]" } ?? line.rules[0])
          + line.rules.dropFirst().filter { $0 != line.rules[0] }.map { " + \($0)" }.joined(),
        AlertListText.few(line.who), AlertListText.few(line.from), "\(line.count)",
      ].map { DisplayText.escaped($0) }
    }
    var widths = AlertListText.names.indices.map { column in
      max(AlertListText.names[column].count, rows.map { DisplayText.width(of: $0[column]) }.max() ?? 0)
    }
    // In a narrow terminal the widest texts give way first.
    if let width {
      while widths.reduce(0, +) + 10 > width,
        let widest = (2...4).max(by: { widths[$0] < widths[$1] }), widths[widest] > 8
      {
        widths[widest] -= 1
      }
    }
    func line(_ cells: [String]) -> String {
      let shown = cells.enumerated().map { column, cell -> String in
        let text =
          column == 3
          ? ChartText.cutWithin(cell, to: widths[column], .blocks)
          : ChartText.cut(cell, to: widths[column], .blocks)
        return column == 5 ? ChartText.atRight(text, widths[column]) : ChartText.atLeft(text, widths[column])
      }
      return ChartText.trimmed(shown.joined(separator: "  ")) + "\n"
    }
    return line(AlertListText.names) + rows.map(line).joined()
  }

  static func few(_ texts: [String]) -> String {
    texts.prefix(2).joined(separator: ", ") + (texts.count > 2 ? " +\(texts.count - 2)" : "")
  }
}

package import Diagnostics
import Engine

/// `render timechart with (title="x")`: how to draw the result; the rows stay as they are.
package struct RenderSyntax: Hashable, Sendable {
  package var chart: NameSyntax
  package var properties: [OptionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["render"],
    syntax: "T | render CHART [with (PROPERTY=VALUE, …)]",
    summary: "Says how the result is drawn; the rows stay as they are.",
    examples: [
      .kqlQuery(
        "range n from 1 to 2 step 1 | render columnchart",
        gives: "1, 2")
    ],
    stage: { .render($0.parseRender($1)) })

  static let charts = [
    "anomalychart", "areachart", "barchart", "card", "columnchart", "graph", "ladderchart", "linechart",
    "piechart", "pivotchart", "plotly", "scatterchart", "stackedareachart", "table", "timechart", "timeline",
    "timepivot", "treemap",
  ]
}

extension KQLParser {
  func parseRender(_ start: SourceSpan) -> RenderSyntax {
    let chart = self.name("a kind of chart", after: "render")
    if !chart.text.isEmpty, !RenderSyntax.charts.contains(chart.text) {
      report(KQLMessages.unknownChart(chart.text, at: chart.span))
    }
    var properties: [OptionSyntax] = []
    if take("with") != nil {
      properties = renderProperties()
    } else {
      while current.word != nil, at(.assign, ahead: 1) { properties.append(property()) }
    }
    return RenderSyntax(chart: chart, properties: properties, span: span(from: start))
  }

  /// As `propertyList`, but a value may be a list of columns: `ycolumns = a, b`.
  private func renderProperties() -> [OptionSyntax] {
    let opening = currentSpan
    guard expect(.leftParenthesis, after: "with") else { return [] }
    var properties: [OptionSyntax] = []
    while !at(.rightParenthesis), !isAtEnd {
      let index = cursor.index
      if nameLength() > 0, at(.assign, ahead: nameLength()) {
        properties.append(property())
      } else {
        _ = expression()
      }
      if take(.comma) == nil, cursor.index == index || isRecovering { break }
    }
    close(.rightParenthesis, opening: opening)
    return properties
  }
}

extension KQLLowering {
  /// A chart is kept as metadata of the result.
  func lower(_ node: RenderSyntax, on input: Relation) -> Relation? {
    var result = input
    result.chart = node.chart.text
    return result
  }
}

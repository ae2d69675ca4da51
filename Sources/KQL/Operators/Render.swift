package import Diagnostics
package import Engine

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

  static let charts = ChartRequest.Kind.allCases.map(\.rawValue)

  /// What it asks for; nil for a chart that there is not.
  package var request: ChartRequest? {
    guard let kind = ChartRequest.Kind(rawValue: chart.text) else { return nil }
    var request = ChartRequest(kind)
    request.title = properties[named: "title"]?.word
    request.x = properties[named: "xcolumn"]?.word
    request.y = properties[named: "ycolumns"]?.words ?? []
    request.series = properties[named: "series"]?.words ?? []
    switch properties[named: "kind"]?.word {
    case "stacked": request.stacking = .stacked
    case "stacked100": request.stacking = .full
    case nil where kind == .stackedareachart: request.stacking = .stacked
    case nil, _?: request.stacking = .none
    }
    return request
  }
}

extension OptionSyntax {
  /// The names of a list of columns.
  fileprivate var words: [String] { (word.map { [$0] } ?? []) + more }
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
      } else if case .name(let name) = expression(), !properties.isEmpty {
        properties[properties.count - 1].more.append(name.text)
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
    result.chart = node.request
    return result
  }
}

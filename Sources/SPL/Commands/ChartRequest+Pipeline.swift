package import Engine

extension PipelineSyntax {
  /// How the result of a search is drawn: as its last `timechart`, `chart`, `top` or `rare` says, unless what follows makes
  /// other rows of it.
  package var chart: ChartRequest? {
    var chart = lastChart
    chart?.isImplied = true
    return chart
  }

  private var lastChart: ChartRequest? {
    for stage in stages.reversed() {
      switch stage.command {
      case .timechart: return ChartRequest(.timechart)
      case .timewrap: return ChartRequest(.linechart)
      case .chart(let command):
        guard let row = command.row else { return nil }
        var request = ChartRequest(.columnchart)
        request.x = row.field.name
        return request
      case .top(let command), .rare(let command):
        guard command.showCount else { return nil }
        var request = ChartRequest(.barchart)
        request.y = [command.countField]
        return request
      case .sort, .head, .tail, .reverse, .where, .search, .fillnull, .eval, .fieldformat, .trendline,
        .fields:
        continue
      default: return nil
      }
    }
    return nil
  }
}

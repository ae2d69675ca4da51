import Diagnostics
import LogSources

/// What a summary asks of a table, in KQL.
enum SummaryQuestion: Hashable {
  case count
  case aspect(SourceAspect.Kind)
  case visits
  /// With a step in ticks.
  case timeline(Int64)

  /// So many names of services, actions and regions are kept of a visit.
  private static let names = 50

  func source(of table: SourceTable) -> SourceText {
    SourceText(name: "summary of \(table.name)", text: text(table))
  }

  private func text(_ table: SourceTable) -> String {
    func value(_ kind: SourceAspect.Kind) -> String {
      table.aspects.first { $0.kind == kind }.map { "tostring(\($0.expression))" } ?? "\"\""
    }
    let time = table.timeColumn
    let figures =
      "events = count(), errors = countif(isnotempty(failure)), begun = min(\(time)), ended = max(\(time))"
    let failure = "failure = \(value(.error))"
    switch self {
    case .count: return "\(table.name) | count"
    case .aspect(let kind):
      return "\(table.name) | extend value = \(value(kind)), \(failure) | where isnotempty(value)"
        + " | summarize \(figures) by value"
    case .visits:
      return "\(table.name) | extend who = \(value(.identity)), address = \(value(.address)),"
        + " service = \(value(.service)), action = \(value(.action)), region = \(value(.region)), \(failure)"
        + " | where isnotempty(who) or isnotempty(address)"
        + " | summarize \(figures), services = make_set(service, \(SummaryQuestion.names)),"
        + " actions = make_set(action, \(SummaryQuestion.names)),"
        + " regions = make_set(region, \(SummaryQuestion.names)) by who, address"
    case .timeline(let step):
      return
        "\(table.name) | extend \(failure) | summarize events = count(), errors = countif(isnotempty(failure))"
        + " by moment = bin(\(time), \(step)tick) | where isnotnull(moment)"
    }
  }
}

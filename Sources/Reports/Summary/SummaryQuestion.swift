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
    let time = table.timeColumn
    let figures =
      "events = count(), errors = countif(isnotempty(failure)), begun = min(\(time)), ended = max(\(time))"
    let failure = "failure = \(table.text(of: .error))"
    switch self {
    case .count:
      return
        "\(table.name) | extend \(failure) | summarize events = count(), errors = countif(isnotempty(failure))"
    case .aspect(let kind):
      return "\(table.name) | extend value = \(table.text(of: kind)), \(failure) | where isnotempty(value)"
        + " | summarize \(figures) by value"
    case .visits:
      return
        "\(table.name) | extend who = \(table.text(of: .identity)), address = \(table.text(of: .address)),"
        + " service = \(table.text(of: .service)), action = \(table.text(of: .action)), region = \(table.text(of: .region)), \(failure)"
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

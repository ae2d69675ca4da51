import Diagnostics
package import Engine
import Session

/// One row of a rule that fired, with what the rule says of it.
///
/// ```
///   for alert in try workspace.run(rules).entries.flatMap(\.alerts) { print(alert.title, alert.entities) }
/// ```
package struct Alert: Sendable {
  /// An entity and the values that identify it: `Account` with `FullName` = `arn:aws:iam::1:root`.
  package struct Entity: Hashable, Sendable {
    package struct Field: Hashable, Sendable {
      package var identifier: String
      package var column: String
      package var value: String
    }

    package var type: String
    package var fields: [Field]
  }

  package var rule: RuleMetadata
  /// The file of the rule.
  package var path: String
  package var title: String
  package var description: String
  /// informational, low, medium, high or critical.
  package var severity: String?
  package var tactics: [String]
  /// Ticks, from the row's time column.
  package var time: Int64?
  package var entities: [Entity]
  package var customDetails: [JSONValue.Member]
  /// Where the playbook stands; a path beside the rule goes on from the rule's folder.
  package var playbook: String?
  /// The row's columns; empty for an alert that no row made, as with a threshold of fewer than one row.
  package var row: [JSONValue.Member]

  /// The same for the same row of the same rule, whatever the run.
  package var fingerprint: String {
    Digest.sha256(
      "\(rule.id ?? rule.title)\n" + (Ticks.optionalText(time)) + "\n" + JSONValue.object(row).text)
  }
}

extension PackRun.Entry {
  /// The alerts of the rule, one for each row.
  package var alerts: [Alert] { alerts(upTo: Int.max) }

  package func alerts(upTo limit: Int) -> [Alert] {
    guard case .ran(let outcome) = outcome, hasFired else { return [] }
    let maker = AlertMaker(rule: rule)
    var alerts: [Alert] = []
    for result in outcome.results {
      alerts += maker.alerts(of: result.table.slice(0..<min(result.table.rowCount, limit - alerts.count)))
    }
    return alerts.isEmpty && limit > 0 && rowCount == 0 ? [maker.alertWithoutRow] : alerts
  }

  package var alertCount: Int { hasFired ? max(1, rowCount) : 0 }
}

extension Ticks {
  fileprivate static func optionalText(_ ticks: Int64?) -> String { ticks.map(datetimeText) ?? "" }
}

import Diagnostics
package import Engine
import LogSources
import Rules
package import Session

/// What the entities of alerts did in the logs, whether a rule minds it or not.
package struct EntityActivity: Sendable {
  package struct Entity: Sendable {
    package var name: String
    /// Titles of the rules that name it, and how many alerts they have of it.
    package var rules: [(title: String, alerts: Int)]
    /// service, action, address or identity, region, events, errors, first, last.
    package var rows: [[Value]] = []
    /// Kinds of events beyond those.
    package var more = 0
  }

  package var entities: [Entity]
  /// So many more were not looked up.
  package var left = 0
  /// So many were not looked up because of their length.
  package var tooLong = 0

  package var isEmpty: Bool { entities.isEmpty && tooLong == 0 }

  /// So many entities are looked up, those of the most alerts first.
  package static let mostEntities = 200
  /// A value of more bytes is the name of nothing.
  package static let mostNameBytes = 2000
  /// So many kinds of events are kept of each.
  private static let mostRows = 500

  package static let fields = [
    Field("identity", .string), Field("address", .string), Field("service", .string),
    Field("action", .string),
    Field("region", .string), Field("events", .long), Field("errors", .long), Field("first", .datetime),
    Field("last", .datetime),
  ]

  package static func find(_ alerts: RunAlerts, in workspace: Workspace) throws -> EntityActivity {
    var counts: [String: [String: Int]] = [:]
    var order: [String] = []
    var tooLong: Set<String> = []
    for alert in alerts.ofEntry.joined() {
      for value in alert.people.all {
        if value.utf8.count > mostNameBytes {
          tooLong.insert(value)
          continue
        }
        if counts[value] == nil { order.append(value) }
        counts[value, default: [:]][alert.rule.title, default: 0] += 1
      }
    }
    let totals = counts.mapValues { $0.values.reduce(0, +) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let ranked = order.sorted { left, right in
      let (first, second) = (totals[left] ?? 0, totals[right] ?? 0)
      return first != second ? first > second : (places[left] ?? 0) < (places[right] ?? 0)
    }
    var activity = EntityActivity(
      entities: ranked.prefix(mostEntities).map { name in
        Entity(
          name: name,
          rules: (counts[name] ?? [:]).sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            ($0.key, $0.value)
          })
      }, left: max(0, ranked.count - mostEntities), tooLong: tooLong.count)
    if activity.entities.isEmpty { return activity }
    let tables = SourceCatalog.tables.filter { !$0.aspects.isEmpty }
    let queries = try tables.map { table in
      try workspace.compile(
        SourceText(name: "events of entities", text: question(of: table, activity.entities.map(\.name))),
        language: .kql, values: [:])
    }
    let indexes = Dictionary(
      activity.entities.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    for outcome in try workspace.run(queries).outcomes {
      guard let rows = outcome.results.first?.table else { continue }
      for row in 0..<rows.rowCount {
        if row % 4096 == 0 { try RunLimits.checkpoint() }
        let cells = rows.row(row)
        for name in [cells[0].kqlText, cells[1].kqlText].uniqued {
          guard let index = indexes[name] else { continue }
          if activity.entities[index].rows.count < mostRows {
            activity.entities[index].rows.append(cells)
          } else {
            activity.entities[index].more += 1
          }
        }
      }
    }
    return activity
  }

  private static func question(of table: SourceTable, _ names: [String]) -> String {
    let list = names.map(quoted).joined(separator: ", ")
    let time = table.timeColumn
    return "\(table.name) | extend who = \(table.text(of: .identity)), address = \(table.text(of: .address))"
      + " | where who in (\(list)) or address in (\(list))"
      + " | extend service = \(table.text(of: .service)), action = \(table.text(of: .action)), region = \(table.text(of: .region)),"
      + " failure = \(table.text(of: .error))"
      + " | summarize events = count(), errors = countif(isnotempty(failure)), begun = min(\(time)), ended = max(\(time))"
      + " by who, address, service, action, region | sort by events desc, action asc, service asc, address asc"
      + " | project who, address, service, action, region, events, errors, begun, ended"
  }

  /// A text of KQL that is this text, whatever it holds.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22, 0x5C: result += "\\" + String(decoding: [unit], as: UTF16.self)
      case 0x20...0x7E: result += String(decoding: [unit], as: UTF16.self)
      default:
        let digits = String(unit, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return result + "\""
  }
}

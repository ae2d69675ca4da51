package import Engine

/// An alert for programs.
///
/// ```
/// {"rule":"…","id":"…","title":"…","severity":"high","technique":"T1496.004","file":"rules/a.kql",
///  "time":"2026-03-02T14:00:00.0000000Z","entities":[{"type":"Account","FullName":"arn:…"}],"row":{"EventCount":101}}
/// ```
package enum AlertDocument {
  /// The columns of an alert as a row of a table.
  package static let fields = [
    Field("rule", .string), Field("id", .string), Field("title", .string), Field("description", .string),
    Field("severity", .string), Field("technique", .string), Field("tactic", .string), Field("file", .string),
    Field("time", .datetime), Field("entities", .dynamic), Field("customDetails", .dynamic),
    Field("playbook", .string), Field("fingerprint", .string), Field("row", .dynamic),
  ]

  package static func table(of alerts: [Alert]) -> Table { Table(fields: fields, rows: alerts.map(row)) }

  private static func row(_ alert: Alert) -> [Value] {
    [
      .string(alert.rule.title), .string(alert.rule.id ?? ""), .string(alert.title),
      .string(alert.description), .string(alert.severity ?? ""),
      .string(alert.rule.techniques.joined(separator: " ")),
      .string(alert.tactics.joined(separator: ", ")), .string(alert.path),
      alert.time.map { .datetime($0) } ?? .null, .dynamic(entities(alert)),
      .dynamic(.object(alert.customDetails)), .string(alert.playbook ?? ""), .string(alert.fingerprint),
      .dynamic(.object(alert.row)),
    ]
  }

  static func entities(_ alert: Alert) -> JSONValue {
    .array(
      alert.entities.map { entity in
        .object(
          [JSONValue.Member("type", .string(entity.type))]
            + entity.fields.map { JSONValue.Member($0.identifier, .string($0.value)) })
      })
  }
}

extension Alert {
  /// Its entities on one line: `Account arn:aws:iam::1:root, IP 203.0.113.7`.
  package var entityText: String {
    entities.map { "\($0.type) \($0.fields.map(\.value).joined(separator: " "))" }.joined(separator: ", ")
  }
}

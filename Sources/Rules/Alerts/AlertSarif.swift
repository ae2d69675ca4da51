package import Diagnostics
package import Engine

/// The alerts of a run as SARIF: rules are rule files, results are rows.
package enum AlertSarif {
  package static func document(
    of run: PackRun, broken: [QueryFailure], unreadable: [(path: String, reason: String)], version: String,
    spelling: (Remedy) -> String
  ) -> JSONValue {
    var log = SarifRun(version: version)
    for entry in run.entries {
      let index = log.add(rule(entry.rule, id: log.freeID(entry.rule.metadata.id ?? entry.rule.place)))
      for alert in entry.alerts { log.results.append(result(alert, entry.rule, ruleIndex: index)) }
      switch entry.outcome {
      case .ran: break
      case .notRun(let reasons):
        for reason in reasons {
          log.notifications.append(
            SarifRun.Notification(
              id: "not-run", level: .warning, text: "not run: \(reason.text(spelling))", path: entry.rule.path
            ))
        }
      case .refused(let failure): log.notifications += notifications(failure)
      case .failed(let failure):
        log.notifications.append(
          SarifRun.Notification(id: failure.id, level: .error, text: failure.message, path: entry.rule.path))
      }
    }
    for failure in broken { log.notifications += notifications(failure) }
    for file in unreadable {
      log.notifications.append(
        SarifRun.Notification(id: "unreadable-input", level: .error, text: file.reason, path: file.path))
    }
    return log.document
  }

  private static func notifications(_ failure: QueryFailure) -> [SarifRun.Notification] {
    failure.diagnostics.filter { $0.severity == .error }.map { diagnostic in
      SarifRun.Notification(
        id: diagnostic.id, level: .error, text: diagnostic.message, path: failure.source.name,
        region: diagnostic.primary.map { SarifRegion($0.span, in: failure.source) })
    }
  }

  private static func rule(_ rule: DetectionRule, id: String) -> SarifRun.Rule {
    let metadata = rule.metadata
    var made = SarifRun.Rule(id: id, name: metadata.title)
    made.short = metadata.title
    made.full = metadata.description
    made.help = (metadata.triage.isEmpty ? metadata.falsePositives : metadata.triage).joined(separator: "\n")
    made.level = SarifLevel(severity: metadata.severity)
    made.properties = [
      .init("tags", .array((["security"] + metadata.techniques + metadata.tactics).map { .string($0) })),
      .init("security-severity", .string(SarifLevel.score(of: metadata.severity))),
    ]
    if let playbook = rule.playbookPath { made.properties.append(.init("playbook", .string(playbook))) }
    return made
  }

  private static func result(_ alert: Alert, _ rule: DetectionRule, ruleIndex: Int) -> SarifRun.Result {
    let entities = alert.entityText
    var text = alert.title
    if !entities.isEmpty { text += ": \(entities)" }
    if let time = alert.time { text += " at \(Value.datetime(time).scalarText)" }
    var result = SarifRun.Result(
      ruleIndex: ruleIndex, level: SarifLevel(severity: alert.severity), text: text, path: rule.path)
    result.region = SarifRegion(SourceSpan(0, 0), in: rule.query)
    result.logicalLocations = alert.entities.flatMap { entity in
      entity.fields.map { field in
        SarifRun.LogicalLocation(
          name: field.value, qualified: "\(entity.type)/\(field.identifier)/\(field.value)", kind: entity.type
        )
      }
    }
    result.fingerprints = [.init("trawlAlert/v1", .string(alert.fingerprint))]
    result.properties = [
      .init("severity", .string(alert.severity ?? "")),
      .init("time", alert.time.map { .string(Ticks.datetimeText($0)) } ?? .null),
      .init("entities", AlertDocument.entities(alert)), .init("customDetails", .object(alert.customDetails)),
      .init("row", .object(alert.row)),
    ]
    return result
  }
}

import Diagnostics
package import Engine

/// All logs that are known.
package enum SourceCatalog {
  /// Those that both languages read. A new one adds its folder and a line here.
  package static let sources: [SourceDefinition] = [
    .cloudTrail,
    .guardDuty,
    .vpcFlow,
  ]

  /// All tables with a known schema. A new one that only KQL reads adds its file under `Tables` and a line here.
  package static let tables: [SourceTable] =
    sources.map(\.table) + [
      .signinLogs, .aadNonInteractiveUserSignInLogs, .aadServicePrincipalSignInLogs,
      .aadManagedIdentitySignInLogs, .aadRiskyUsers, .aadSignInEventsBeta, .aadUserRiskEvents,
      .alertEvidence, .alertInfo, .auditLogs, .azureActivity,
      .azureDiagnostics, .behaviorAnalytics, .cloudAppEvents, .commonSecurityLog, .deviceEvents,
      .deviceFileEvents, .deviceImageLoadEvents, .deviceInfo, .deviceLogonEvents,
      .deviceNetworkEvents, .deviceProcessEvents, .deviceRegistryEvents, .dnsEvents, .emailEvents,
      .emailURLInfo, .windowsEventLog, .gcpAuditLogs, .heartbeat, .identityDirectoryEvents, .identityInfo,
      .identityLogonEvents, .laQueryLogs, .officeActivity, .securityAlert, .securityEvent,
      .securityIncident, .syslog, .threatIntelIndicators, .threatIntelligenceIndicator, .usage, .vmConnection,
      .w3cIISLog,
      .windowsEvent, .windowsFirewall,
    ]

  private static let byName: [String: SourceTable] = {
    var result: [String: SourceTable] = [:]
    for table in tables { result[table.name] = table }
    return result
  }()

  /// Names are matched exactly, as KQL does.
  package static func table(_ name: String) -> SourceTable? { byName[name] }

  /// The sources of a load that wants other ones.
  package static func strangers(except names: Set<String> = []) -> [LogSource] {
    tables.filter { !names.contains($0.name) }.map(\.asStranger)
  }

  /// Names that may have been meant, best first.
  package static func nearest(_ name: String) -> [String] {
    NearestNames.of(name, among: tables.map(\.name))
  }
}

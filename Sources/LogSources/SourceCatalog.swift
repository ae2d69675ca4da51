import Diagnostics

/// All tables with a known schema.
package enum SourceCatalog {
  /// A new table adds its file under `Tables` and a line here.
  package static let tables: [SourceTable] = [
    .awsCloudTrail, .signinLogs, .aadNonInteractiveUserSignInLogs, .aadServicePrincipalSignInLogs,
    .aadManagedIdentitySignInLogs, .aadRiskyUsers, .aadSignInEventsBeta, .aadUserRiskEvents,
    .alertEvidence, .alertInfo, .auditLogs, .awsGuardDuty, .awsVPCFlow, .azureActivity,
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

  /// Names that may have been meant, best first.
  package static func nearest(_ name: String) -> [String] {
    NearestNames.of(name, among: tables.map(\.name))
  }
}

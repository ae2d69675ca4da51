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

  private static let aspectsByColumn: [String: SourceAspect.Kind] = {
    var result: [String: SourceAspect.Kind] = [:]
    for aspect in tables.flatMap(\.aspects) {
      for column in aspect.columns { result[column.lowercased()] = aspect.kind }
    }
    for kind in SourceAspect.Kind.allCases {
      for column in kind.usualColumns { result[column] = kind }
    }
    return result
  }()

  /// A value without what the names of all services of a log have in common: `ses` of `ses.amazonaws.com`.
  package static func shortName(of value: String) -> String {
    for suffix in sources.compactMap({ $0.eventNames?.serviceSuffix }) where value.hasSuffix(suffix) {
      return String(value.dropLast(suffix.count))
    }
    return value
  }

  /// What a column of a result tells by its name, in either language.
  package static func aspect(ofColumn name: String) -> SourceAspect.Kind? {
    aspectsByColumn[name.lowercased()]
  }

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

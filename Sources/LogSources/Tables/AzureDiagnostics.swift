extension SourceTable {
  /// Diagnostic logs of Azure resources; each service adds columns of its own.
  package static let azureDiagnostics = SourceTable.flat(
    "AzureDiagnostics",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "ActivityId", "ActorCUID", "ActorClientId", "ActorDisplayName", "ActorUPN", "ActorUserId", "Area",
      "AuthenticationMechanism", "CallerIPAddress", "Category", "CategoryDisplayName", "CorrelationId",
      "Details", "Id", "IpAddress", "Level", "OperationName", "ProjectId", "ProjectName", "Resource",
      "ResourceGroup", "ResourceId", "ResourceProvider", "ResourceType", "ResultDescription",
      "ResultSignature", "ResultType", "ScopeDisplayName", "ScopeId", "ScopeType", "SubscriptionId",
      "UserAgent",
    ],
    dynamic: [
      "Data"
    ],
    long: [
      "DurationMs"
    ],
    isSubset: true, "Diagnostic logs of Azure resources; each service adds columns of its own.")
}

extension SourceTable {
  /// Diagnostic logs of Azure resources; each service adds columns of its own.
  package static let azureDiagnostics = SourceTable.flat(
    "AzureDiagnostics",
    datetime: ["TimeGenerated"],
    string: [
      "CallerIPAddress", "Category", "CorrelationId", "Level", "OperationName", "Resource",
      "ResourceGroup", "ResourceId", "ResourceProvider", "ResourceType", "ResultDescription",
      "ResultSignature", "ResultType", "SubscriptionId",
    ],
    long: ["DurationMs"],
    "Diagnostic logs of Azure resources; each service adds columns of its own.")
}

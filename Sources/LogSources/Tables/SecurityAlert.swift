extension SourceTable {
  /// Alerts of Microsoft security products and of analytics rules.
  package static let securityAlert = SourceTable.flat(
    "SecurityAlert",
    datetime: [
      "TimeGenerated", "EndTime", "ProcessingEndTime", "StartTime",
    ],
    string: [
      "AlertLink", "AlertName", "AlertSeverity", "AlertType", "CompromisedEntity", "ConfidenceLevel",
      "Description", "DisplayName", "Entities", "ExtendedLinks", "ExtendedProperties",
      "ProductComponentName", "ProductName", "ProviderName", "RemediationSteps", "ResourceId",
      "SourceComputerId", "Status", "SubTechniques", "SystemAlertId", "Tactics", "Techniques",
      "VendorName", "VendorOriginalId", "WorkspaceResourceGroup", "WorkspaceSubscriptionId",
    ],
    real: [
      "ConfidenceScore"
    ],
    bool: [
      "IsIncident"
    ],
    "Alerts of Microsoft security products and of analytics rules.")
}

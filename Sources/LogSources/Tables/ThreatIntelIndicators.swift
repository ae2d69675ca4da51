extension SourceTable {
  /// Indicators of compromise in their current form, one row for each pattern.
  package static let threatIntelIndicators = SourceTable.flat(
    "ThreatIntelIndicators",
    datetime: ["TimeGenerated", "Created", "Modified", "ValidFrom", "ValidUntil"],
    string: [
      "Id", "LastUpdateMethod", "ObservableKey", "ObservableValue", "Pattern", "Tags", "WorkspaceId",
    ],
    dynamic: ["AdditionalFields", "Data"],
    int: ["Confidence"],
    bool: ["IsActive", "IsDeleted", "Revoked"],
    "Indicators of compromise in their current form.")
}

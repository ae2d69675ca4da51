extension SourceTable {
  /// Users at risk, from Microsoft Entra ID Protection.
  package static let aadRiskyUsers = SourceTable.flat(
    "AADRiskyUsers",
    datetime: [
      "TimeGenerated", "RiskLastUpdatedDateTime",
    ],
    string: [
      "CorrelationId", "Id", "OperationName", "RiskDetail", "RiskLevel", "RiskState", "UserDisplayName",
      "UserPrincipalName",
    ],
    bool: [
      "IsDeleted", "IsProcessing",
    ],
    "Users at risk, from Microsoft Entra ID Protection.")
}

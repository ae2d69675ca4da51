extension SourceTable {
  /// Risk detections on users, from Microsoft Entra ID Protection.
  package static let aadUserRiskEvents = SourceTable.flat(
    "AADUserRiskEvents",
    datetime: [
      "TimeGenerated", "ActivityDateTime", "DetectedDateTime", "LastUpdatedDateTime",
    ],
    string: [
      "Activity", "CorrelationId", "DetectionTimingType", "Id", "IpAddress", "OperationName", "RequestId",
      "RiskDetail", "RiskEventType", "RiskLevel", "RiskState", "Source", "TokenIssuerType",
      "UserDisplayName", "UserId", "UserPrincipalName",
    ],
    dynamic: [
      "AdditionalInfo", "Location",
    ],
    "Risk detections on users, from Microsoft Entra ID Protection.")
}

extension SourceTable {
  /// Incidents of Microsoft Sentinel; a row for each change.
  package static let securityIncident = SourceTable.flat(
    "SecurityIncident",
    datetime: [
      "TimeGenerated", "ClosedTime", "CreatedTime", "FirstActivityTime", "FirstModifiedTime",
      "LastActivityTime", "LastModifiedTime",
    ],
    string: [
      "Classification", "ClassificationComment", "ClassificationReason", "Description", "IncidentName",
      "IncidentUrl", "ModifiedBy", "ProviderIncidentId", "ProviderName", "Severity", "Status", "Title",
    ],
    dynamic: [
      "AdditionalData", "AlertIds", "BookmarkIds", "Comments", "Labels", "Owner",
      "RelatedAnalyticRuleIds", "Tasks",
    ],
    int: [
      "IncidentNumber"
    ],
    "Incidents of Microsoft Sentinel; a row for each change.")
}

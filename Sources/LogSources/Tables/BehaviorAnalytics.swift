extension SourceTable {
  /// Unusual activity of users, from entity behavior analytics.
  package static let behaviorAnalytics = SourceTable.flat(
    "BehaviorAnalytics",
    datetime: ["TimeGenerated", "TimeProcessed"],
    string: [
      "ActionType", "ActivityType", "DestinationDevice", "DestinationIPAddress",
      "DestinationIPLocation", "EventSource", "EventVendor", "NativeTableName", "SourceDevice",
      "SourceIPAddress", "SourceIPLocation", "SourceRecordId", "UserName", "UserPrincipalName",
    ],
    dynamic: ["ActivityInsights", "DevicesInsights", "UsersInsights"],
    int: ["InvestigationPriority"],
    "Unusual activity of users, from entity behavior analytics.")
}

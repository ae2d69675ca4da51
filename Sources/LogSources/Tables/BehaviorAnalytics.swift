extension SourceTable {
  /// Unusual activity of users, from entity behavior analytics.
  package static let behaviorAnalytics = SourceTable.flat(
    "BehaviorAnalytics",
    datetime: [
      "TimeGenerated", "TimeProcessed",
    ],
    string: [
      "ActionType", "ActivityType", "ActorName", "ActorPrincipalName", "DestinationDevice",
      "DestinationIPAddress", "DestinationIPLocation", "Device", "EventProductVersion", "EventSource",
      "EventVendor", "NativeTableName", "SourceDevice", "SourceIPAddress", "SourceIPLocation",
      "SourceRecordId", "TargetName", "TargetPrincipalName", "UserName", "UserPrincipalName",
      "_ResourceId", "_SubscriptionId",
    ],
    dynamic: [
      "ActivityInsights", "DevicesInsights", "UsersInsights",
    ],
    int: [
      "InvestigationPriority"
    ],
    "Unusual activity of users, from entity behavior analytics.")
}

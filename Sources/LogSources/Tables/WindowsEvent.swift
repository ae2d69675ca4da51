extension SourceTable {
  /// Events of Windows hosts, as the agent reads them.
  package static let windowsEvent = SourceTable.flat(
    "WindowsEvent",
    datetime: [
      "TimeCreated", "TimeGenerated",
    ],
    string: [
      "Channel", "Computer", "Correlation", "EventLevelName", "EventOriginId", "EventRecordId",
      "Keywords", "ManagementGroupName", "Opcode", "Provider", "RawEventData", "SystemUserId",
      "_ResourceId", "_SubscriptionId",
    ],
    dynamic: [
      "Data", "EventData",
    ],
    int: [
      "EventID", "EventLevel", "SystemProcessId", "SystemThreadId", "Task", "Version",
    ],
    isSubset: true, "Events of Windows hosts, as the agent reads them.")
}

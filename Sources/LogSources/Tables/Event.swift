extension SourceTable {
  /// Events of the logs of Windows hosts.
  package static let windowsEventLog = SourceTable.flat(
    "Event",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "AzureDeploymentID", "Computer", "EventData", "EventLevelName", "EventLog",
      "ManagementGroupName", "MG", "Message", "ParameterXml", "RenderedDescription", "Role", "Source",
      "UserName",
      "_ResourceId", "_SubscriptionId",
    ],
    int: [
      "EventCategory", "EventID", "EventLevel",
    ],
    isSubset: true, "Events of the logs of Windows hosts.")
}

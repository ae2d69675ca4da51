extension SourceTable {
  /// Messages of syslog daemons.
  package static let syslog = SourceTable.flat(
    "Syslog",
    datetime: [
      "TimeGenerated", "EventTime",
    ],
    string: [
      "CollectorHostName", "Computer", "Facility", "HostIP", "HostName", "ProcessName", "SeverityLevel",
      "SyslogMessage", "_ResourceId", "_SubscriptionId",
    ],
    int: [
      "ProcessID"
    ],
    "Messages of syslog daemons.")
}

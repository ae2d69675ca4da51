extension SourceTable {
  /// Queries to DNS servers of Windows.
  package static let dnsEvents = SourceTable.flat(
    "DnsEvents",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "ClientIP", "Computer", "Confidence", "Description", "IPAddresses", "IndicatorThreatType",
      "MaliciousIP", "Message", "Name", "QueryType", "RemoteIPCountry", "Result", "SubType",
      "TaskCategory", "_ResourceId", "_SubscriptionId",
    ],
    int: [
      "EventId", "ResultCode", "Severity",
    ],
    real: [
      "RemoteIPLatitude", "RemoteIPLongitude",
    ],
    "Queries to DNS servers of Windows.")
}

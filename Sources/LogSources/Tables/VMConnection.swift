extension SourceTable {
  /// Network connections of machines, from VM insights.
  package static let vmConnection = SourceTable.flat(
    "VMConnection",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "AgentId", "Computer", "Confidence", "ConnectionId", "Description", "DestinationIp", "Direction",
      "FirstReportedDateTime", "IndicatorThreatType", "IsActive", "LastReportedDateTime", "Machine",
      "MaliciousIp", "Process", "ProcessName", "Protocol", "RemoteClassification", "RemoteCountry",
      "RemoteDnsCanonicalNames", "RemoteDnsQuestions", "RemoteIp", "SourceIp", "TLPLevel", "_ResourceId",
      "_SubscriptionId",
    ],
    int: [
      "DestinationPort", "Severity",
    ],
    long: [
      "BytesReceived", "BytesSent", "LinksEstablished", "LinksFailed", "LinksLive", "LinksTerminated",
      "ResponseTimeMax", "ResponseTimeMin", "ResponseTimeSum", "Responses",
    ],
    real: [
      "RemoteLatitude", "RemoteLongitude",
    ],
    "Network connections of machines, from VM insights.")
}

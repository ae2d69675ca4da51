extension SourceTable {
  /// Network connections of machines, from VM insights.
  package static let vmConnection = SourceTable.flat(
    "VMConnection",
    datetime: ["TimeGenerated"],
    string: [
      "AgentId", "Computer", "ConnectionId", "DestinationIp", "Direction", "IndicatorThreatType",
      "Machine", "MaliciousIp", "Process", "ProcessName", "Protocol", "RemoteClassification",
      "RemoteCountry", "RemoteDnsCanonicalNames", "RemoteDnsQuestions", "RemoteIp", "SourceIp",
    ],
    int: ["DestinationPort"],
    long: [
      "BytesReceived", "BytesSent", "LinksEstablished", "LinksFailed", "LinksLive",
      "LinksTerminated", "Responses",
    ],
    real: ["RemoteLatitude", "RemoteLongitude"],
    "Network connections of machines, from VM insights.")
}

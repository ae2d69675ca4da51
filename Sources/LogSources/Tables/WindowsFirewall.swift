extension SourceTable {
  /// Log of the Windows firewall.
  package static let windowsFirewall = SourceTable.flat(
    "WindowsFirewall",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "CommunicationDirection", "Computer", "Confidence", "Description", "DestinationIP",
      "FirewallAction", "FirstReportedDateTime", "FullDestinationAddress", "IndicatorThreatType", "Info",
      "IsActive", "LastReportedDateTime", "MaliciousIP", "MaliciousIPCountry", "ManagementGroupName",
      "Protocol", "RemoteIP", "SourceIP", "TLPLevel", "_ResourceId", "_SubscriptionId",
    ],
    int: [
      "DestinationPort", "Severity", "SourcePort",
    ],
    long: [
      "RequestSizeInBytes"
    ],
    real: [
      "MaliciousIPLatitude", "MaliciousIPLongitude",
    ],
    "Log of the Windows firewall.")
}

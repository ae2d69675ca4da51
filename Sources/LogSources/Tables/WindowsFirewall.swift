extension SourceTable {
  /// Log of the Windows firewall.
  package static let windowsFirewall = SourceTable.flat(
    "WindowsFirewall",
    datetime: ["TimeGenerated"],
    string: [
      "CommunicationDirection", "Computer", "DestinationIP", "FirewallAction", "Protocol",
      "SourceIP",
    ],
    int: ["DestinationPort", "SourcePort"],
    "Log of the Windows firewall.")
}

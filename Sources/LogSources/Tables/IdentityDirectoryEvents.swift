extension SourceTable {
  /// Changes in a directory that a domain controller saw.
  package static let identityDirectoryEvents = SourceTable.flat(
    "IdentityDirectoryEvents",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AccountDisplayName", "AccountDomain", "AccountName", "AccountObjectId", "AccountSid", "AccountUpn",
      "ActionType", "Application", "DestinationDeviceName", "DestinationIPAddress", "DestinationPort",
      "DeviceName",
      "IPAddress", "ISP", "Location", "Port", "Protocol", "ReportId", "TargetAccountDisplayName",
      "TargetAccountUpn", "TargetDeviceName",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    isSubset: true, "Changes in a directory that a domain controller saw.")
}

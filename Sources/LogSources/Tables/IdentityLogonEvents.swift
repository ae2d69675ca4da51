extension SourceTable {
  /// Sign-ins to Active Directory and to online services, from Microsoft Defender for Identity.
  package static let identityLogonEvents = SourceTable.flat(
    "IdentityLogonEvents",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AccountDisplayName", "AccountDomain", "AccountName", "AccountObjectId", "AccountSid", "AccountUpn",
      "ActionType", "Application", "DestinationDeviceName", "DestinationIPAddress", "DestinationPort",
      "DeviceName", "DeviceType", "FailureReason", "IPAddress", "ISP", "Location", "LogonType",
      "OSPlatform", "Port", "Protocol", "ReportId", "TargetAccountDisplayName", "TargetDeviceName",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    "Sign-ins to Active Directory and to online services, from Microsoft Defender for Identity.")
}

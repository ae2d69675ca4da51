extension SourceTable {
  /// Sign-ins to devices, from Microsoft Defender for Endpoint.
  package static let deviceLogonEvents = SourceTable.eventsOnDevices(
    "DeviceLogonEvents",
    string: [
      "AccountDomain", "AccountName", "AccountSid", "FailureReason", "LogonType", "Protocol",
      "RemoteDeviceName", "RemoteIP", "RemoteIPType",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "RemotePort"
    ],
    long: [
      "LogonId"
    ],
    bool: [
      "IsLocalAdmin"
    ],
    "Sign-ins to devices, from Microsoft Defender for Endpoint.")
}

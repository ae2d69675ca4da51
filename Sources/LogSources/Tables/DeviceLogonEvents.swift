extension SourceTable {
  /// Sign-ins to devices, from Microsoft Defender for Endpoint.
  package static let deviceLogonEvents = SourceTable.flat(
    "DeviceLogonEvents",
    datetime: [
      "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
      "Timestamp",
    ],
    string: [
      "AccountDomain", "AccountName", "AccountSid", "ActionType", "AppGuardContainerId", "DeviceId",
      "DeviceName", "FailureReason", "InitiatingProcessAccountDomain", "InitiatingProcessAccountName",
      "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid", "InitiatingProcessAccountUpn",
      "InitiatingProcessCommandLine", "InitiatingProcessFileName", "InitiatingProcessFolderPath",
      "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5", "InitiatingProcessParentFileName",
      "InitiatingProcessSHA1", "InitiatingProcessSHA256", "InitiatingProcessTokenElevation",
      "InitiatingProcessVersionInfoCompanyName", "InitiatingProcessVersionInfoFileDescription",
      "InitiatingProcessVersionInfoInternalFileName", "InitiatingProcessVersionInfoOriginalFileName",
      "InitiatingProcessVersionInfoProductName", "InitiatingProcessVersionInfoProductVersion",
      "LogonType", "MachineGroup", "Protocol", "RemoteDeviceName", "RemoteIP", "RemoteIPType",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "RemotePort"
    ],
    long: [
      "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessParentId", "LogonId",
      "ReportId",
    ],
    bool: [
      "IsLocalAdmin"
    ],
    "Sign-ins to devices, from Microsoft Defender for Endpoint.")
}

extension SourceTable {
  /// Network connections of devices, from Microsoft Defender for Endpoint.
  package static let deviceNetworkEvents = SourceTable.flat(
    "DeviceNetworkEvents",
    datetime: [
      "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
      "Timestamp",
    ],
    string: [
      "ActionType", "AppGuardContainerId", "DeviceId", "DeviceName", "InitiatingProcessAccountDomain",
      "InitiatingProcessAccountName", "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid",
      "InitiatingProcessAccountUpn", "InitiatingProcessCommandLine", "InitiatingProcessFileName",
      "InitiatingProcessFolderPath", "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5",
      "InitiatingProcessParentFileName", "InitiatingProcessSHA1", "InitiatingProcessSHA256",
      "InitiatingProcessTokenElevation", "InitiatingProcessVersionInfoCompanyName",
      "InitiatingProcessVersionInfoFileDescription", "InitiatingProcessVersionInfoInternalFileName",
      "InitiatingProcessVersionInfoOriginalFileName", "InitiatingProcessVersionInfoProductName",
      "InitiatingProcessVersionInfoProductVersion", "LocalIP", "LocalIPType", "MachineGroup", "Protocol",
      "RemoteIP", "RemoteIPType", "RemoteUrl",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "LocalPort", "RemotePort",
    ],
    long: [
      "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessParentId", "ReportId",
    ],
    "Network connections of devices, from Microsoft Defender for Endpoint.")
}

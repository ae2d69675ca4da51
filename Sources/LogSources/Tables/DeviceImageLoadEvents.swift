extension SourceTable {
  /// Libraries that processes loaded, from Microsoft Defender for Endpoint.
  package static let deviceImageLoadEvents = SourceTable.flat(
    "DeviceImageLoadEvents",
    datetime: [
      "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
      "Timestamp",
    ],
    string: [
      "ActionType", "AppGuardContainerId", "DeviceId", "DeviceName", "FileName", "FolderPath",
      "InitiatingProcessAccountDomain", "InitiatingProcessAccountName",
      "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid", "InitiatingProcessAccountUpn",
      "InitiatingProcessCommandLine", "InitiatingProcessFileName", "InitiatingProcessFolderPath",
      "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5", "InitiatingProcessParentFileName",
      "InitiatingProcessSHA1", "InitiatingProcessSHA256", "InitiatingProcessTokenElevation",
      "InitiatingProcessVersionInfoCompanyName", "InitiatingProcessVersionInfoFileDescription",
      "InitiatingProcessVersionInfoInternalFileName", "InitiatingProcessVersionInfoOriginalFileName",
      "InitiatingProcessVersionInfoProductName", "InitiatingProcessVersionInfoProductVersion", "MD5",
      "MachineGroup", "SHA1", "SHA256",
    ],
    long: [
      "FileSize", "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessParentId",
      "ReportId",
    ],
    "Libraries that processes loaded, from Microsoft Defender for Endpoint.")
}

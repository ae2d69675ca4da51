extension SourceTable {
  /// Files that were made, changed or removed on devices, from Microsoft Defender for Endpoint.
  package static let deviceFileEvents = SourceTable.flat(
    "DeviceFileEvents",
    datetime: [
      "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
      "Timestamp",
    ],
    string: [
      "ActionType", "AppGuardContainerId", "DeviceId", "DeviceName", "FileName", "FileOriginIP",
      "FileOriginReferrerUrl", "FileOriginUrl", "FolderPath", "InitiatingProcessAccountDomain",
      "InitiatingProcessAccountName", "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid",
      "InitiatingProcessAccountUpn", "InitiatingProcessCommandLine", "InitiatingProcessFileName",
      "InitiatingProcessFolderPath", "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5",
      "InitiatingProcessParentFileName", "InitiatingProcessSHA1", "InitiatingProcessSHA256",
      "InitiatingProcessTokenElevation", "InitiatingProcessVersionInfoCompanyName",
      "InitiatingProcessVersionInfoFileDescription", "InitiatingProcessVersionInfoInternalFileName",
      "InitiatingProcessVersionInfoOriginalFileName", "InitiatingProcessVersionInfoProductName",
      "InitiatingProcessVersionInfoProductVersion", "MD5", "MachineGroup", "PreviousFileName",
      "PreviousFolderPath", "RequestAccountDomain", "RequestAccountName", "RequestAccountSid",
      "RequestProtocol", "RequestSourceIP", "SHA1", "SHA256", "SensitivityLabel", "SensitivitySubLabel",
      "ShareName",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "RequestSourcePort"
    ],
    long: [
      "FileSize", "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessParentId",
      "ReportId",
    ],
    bool: [
      "IsAzureInfoProtectionApplied"
    ],
    "Files that were made, changed or removed on devices, from Microsoft Defender for Endpoint.")
}

extension SourceTable {
  /// Registry keys that were made, changed or removed on devices, from Microsoft Defender for Endpoint.
  package static let deviceRegistryEvents = SourceTable.flat(
    "DeviceRegistryEvents",
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
      "InitiatingProcessVersionInfoProductVersion", "MachineGroup", "PreviousRegistryKey",
      "PreviousRegistryValueData", "PreviousRegistryValueName", "RegistryKey", "RegistryValueData",
      "RegistryValueName", "RegistryValueType",
    ],
    long: [
      "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessParentId", "ReportId",
    ],
    "Registry keys that were made, changed or removed on devices, from Microsoft Defender for Endpoint.")
}

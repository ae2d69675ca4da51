extension SourceTable {
  /// Processes that started on devices, from Microsoft Defender for Endpoint.
  package static let deviceProcessEvents = SourceTable.flat(
    "DeviceProcessEvents",
    datetime: [
      "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
      "ProcessCreationTime", "Timestamp",
    ],
    string: [
      "AccountDomain", "AccountName", "AccountObjectId", "AccountSid", "AccountUpn", "ActionType",
      "AppGuardContainerId", "DeviceId", "DeviceName", "FileName", "FolderPath",
      "InitiatingProcessAccountDomain", "InitiatingProcessAccountName",
      "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid", "InitiatingProcessAccountUpn",
      "InitiatingProcessCommandLine", "InitiatingProcessFileName", "InitiatingProcessFolderPath",
      "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5", "InitiatingProcessParentFileName",
      "InitiatingProcessSHA1", "InitiatingProcessSHA256", "InitiatingProcessSignatureStatus",
      "InitiatingProcessSignerType", "InitiatingProcessTokenElevation",
      "InitiatingProcessVersionInfoCompanyName", "InitiatingProcessVersionInfoFileDescription",
      "InitiatingProcessVersionInfoInternalFileName", "InitiatingProcessVersionInfoOriginalFileName",
      "InitiatingProcessVersionInfoProductName", "InitiatingProcessVersionInfoProductVersion", "MD5",
      "MachineGroup", "ProcessCommandLine", "ProcessIntegrityLevel", "ProcessTokenElevation",
      "ProcessVersionInfoCompanyName", "ProcessVersionInfoFileDescription",
      "ProcessVersionInfoInternalFileName", "ProcessVersionInfoOriginalFileName",
      "ProcessVersionInfoProductName", "ProcessVersionInfoProductVersion", "SHA1", "SHA256",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    long: [
      "FileSize", "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessLogonId",
      "InitiatingProcessParentId", "LogonId", "ProcessId", "ReportId",
    ],
    "Processes that started on devices, from Microsoft Defender for Endpoint.")
}

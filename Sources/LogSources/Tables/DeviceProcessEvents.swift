extension SourceTable {
  /// Processes that started on devices, from Microsoft Defender for Endpoint.
  package static let deviceProcessEvents = SourceTable.eventsOnDevices(
    "DeviceProcessEvents",
    datetime: [
      "ProcessCreationTime"
    ],
    string: [
      "AccountDomain", "AccountName", "AccountObjectId", "AccountSid", "AccountUpn", "FileName",
      "FolderPath", "InitiatingProcessSignatureStatus", "InitiatingProcessSignerType", "MD5",
      "ProcessCommandLine", "ProcessIntegrityLevel", "ProcessTokenElevation",
      "ProcessVersionInfoCompanyName", "ProcessVersionInfoFileDescription",
      "ProcessVersionInfoInternalFileName", "ProcessVersionInfoOriginalFileName",
      "ProcessVersionInfoProductName", "ProcessVersionInfoProductVersion", "SHA1", "SHA256",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    long: [
      "FileSize", "InitiatingProcessLogonId", "LogonId", "ProcessId",
    ],
    "Processes that started on devices, from Microsoft Defender for Endpoint.")
}

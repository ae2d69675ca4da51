extension SourceTable {
  /// Other events on devices, such as those of antivirus and firewall, from Microsoft Defender for Endpoint.
  package static let deviceEvents = SourceTable.flat(
    "DeviceEvents",
    datetime: [
      "TimeGenerated", "InitiatingProcessCreationTime", "InitiatingProcessParentCreationTime",
      "ProcessCreationTime", "Timestamp",
    ],
    string: [
      "AccountDomain", "AccountName", "AccountSid", "ActionType", "AppGuardContainerId", "DeviceId",
      "DeviceName", "FileName", "FileOriginIP", "FileOriginUrl", "FolderPath",
      "InitiatingProcessAccountDomain", "InitiatingProcessAccountName",
      "InitiatingProcessAccountObjectId", "InitiatingProcessAccountSid", "InitiatingProcessAccountUpn",
      "InitiatingProcessCommandLine", "InitiatingProcessFileName", "InitiatingProcessFolderPath",
      "InitiatingProcessIntegrityLevel", "InitiatingProcessMD5", "InitiatingProcessParentFileName",
      "InitiatingProcessSHA1", "InitiatingProcessSHA256", "InitiatingProcessTokenElevation",
      "InitiatingProcessVersionInfoCompanyName", "InitiatingProcessVersionInfoFileDescription",
      "InitiatingProcessVersionInfoInternalFileName", "InitiatingProcessVersionInfoOriginalFileName",
      "InitiatingProcessVersionInfoProductName", "InitiatingProcessVersionInfoProductVersion", "LocalIP",
      "MD5", "MachineGroup", "ProcessCommandLine", "ProcessTokenElevation", "RegistryKey",
      "RegistryValueData", "RegistryValueName", "RemoteDeviceName", "RemoteIP", "RemoteUrl", "SHA1",
      "SHA256",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "LocalPort", "RemotePort",
    ],
    long: [
      "FileSize", "InitiatingProcessFileSize", "InitiatingProcessId", "InitiatingProcessLogonId",
      "InitiatingProcessParentId", "LogonId", "ProcessId", "ReportId",
    ],
    "Other events on devices, such as those of antivirus and firewall, from Microsoft Defender for Endpoint.")
}

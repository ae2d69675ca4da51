extension SourceTable {
  /// Files that were made, changed or removed on devices, from Microsoft Defender for Endpoint.
  package static let deviceFileEvents = SourceTable.eventsOnDevices(
    "DeviceFileEvents",
    string: [
      "FileName", "FileOriginIP", "FileOriginReferrerUrl", "FileOriginUrl", "FolderPath", "MD5",
      "PreviousFileName", "PreviousFolderPath", "RequestAccountDomain", "RequestAccountName",
      "RequestAccountSid", "RequestProtocol", "RequestSourceIP", "SHA1", "SHA256", "SensitivityLabel",
      "SensitivitySubLabel", "ShareName",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "RequestSourcePort"
    ],
    long: [
      "FileSize"
    ],
    bool: [
      "IsAzureInfoProtectionApplied"
    ],
    "Files that were made, changed or removed on devices, from Microsoft Defender for Endpoint.")
}

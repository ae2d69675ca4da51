extension SourceTable {
  /// Files, users, devices and addresses of alerts, from Microsoft Defender XDR.
  package static let alertEvidence = SourceTable.flat(
    "AlertEvidence",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AccountDomain", "AccountName", "AccountObjectId", "AccountSid", "AccountUpn", "AlertId",
      "Application", "AttackTechniques", "Categories", "DetectionSource", "DeviceId", "DeviceName",
      "EmailSubject", "EntityType", "EvidenceDirection", "EvidenceRole", "FileName", "FolderPath",
      "LocalIP", "NetworkMessageId", "OAuthApplicationId", "ProcessCommandLine", "RegistryKey",
      "RegistryValueData", "RegistryValueName", "RemoteIP", "RemoteUrl", "SHA1", "SHA256",
      "ServiceSource", "Severity", "ThreatFamily", "Title",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "ApplicationId"
    ],
    long: [
      "FileSize"
    ],
    "Files, users, devices and addresses of alerts, from Microsoft Defender XDR.")
}

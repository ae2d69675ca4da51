extension SourceTable {
  /// Other events on devices, such as those of antivirus and firewall, from Microsoft Defender for Endpoint.
  package static let deviceEvents = SourceTable.eventsOnDevices(
    "DeviceEvents",
    datetime: [
      "ProcessCreationTime"
    ],
    string: [
      "AccountDomain", "AccountName", "AccountSid", "FileName", "FileOriginIP", "FileOriginUrl",
      "FolderPath", "LocalIP", "MD5", "ProcessCommandLine", "ProcessTokenElevation", "RegistryKey",
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
      "FileSize", "InitiatingProcessLogonId", "LogonId", "ProcessId",
    ],
    "Other events on devices, such as those of antivirus and firewall, from Microsoft Defender for Endpoint.")
}

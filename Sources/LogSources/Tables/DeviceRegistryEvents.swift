extension SourceTable {
  /// Registry keys that were made, changed or removed on devices, from Microsoft Defender for Endpoint.
  package static let deviceRegistryEvents = SourceTable.eventsOnDevices(
    "DeviceRegistryEvents",
    string: [
      "PreviousRegistryKey", "PreviousRegistryValueData", "PreviousRegistryValueName", "RegistryKey",
      "RegistryValueData", "RegistryValueName", "RegistryValueType",
    ],
    "Registry keys that were made, changed or removed on devices, from Microsoft Defender for Endpoint.")
}

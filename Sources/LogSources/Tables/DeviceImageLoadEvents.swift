extension SourceTable {
  /// Libraries that processes loaded, from Microsoft Defender for Endpoint.
  package static let deviceImageLoadEvents = SourceTable.eventsOnDevices(
    "DeviceImageLoadEvents",
    string: [
      "FileName", "FolderPath", "MD5", "SHA1", "SHA256",
    ],
    long: [
      "FileSize"
    ],
    "Libraries that processes loaded, from Microsoft Defender for Endpoint.")
}

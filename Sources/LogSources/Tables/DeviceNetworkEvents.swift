extension SourceTable {
  /// Network connections of devices, from Microsoft Defender for Endpoint.
  package static let deviceNetworkEvents = SourceTable.eventsOnDevices(
    "DeviceNetworkEvents",
    string: [
      "LocalIP", "LocalIPType", "Protocol", "RemoteIP", "RemoteIPType", "RemoteUrl",
    ],
    dynamic: [
      "AdditionalFields"
    ],
    int: [
      "LocalPort", "RemotePort",
    ],
    "Network connections of devices, from Microsoft Defender for Endpoint.")
}

extension SourceTable {
  /// State of devices, from Microsoft Defender for Endpoint.
  package static let deviceInfo = SourceTable.flat(
    "DeviceInfo",
    datetime: ["TimeGenerated", "Timestamp"],
    string: [
      "AadDeviceId", "ClientVersion", "DeviceCategory", "DeviceId", "DeviceName", "DeviceSubtype",
      "DeviceType", "ExposureLevel", "JoinType", "MachineGroup", "Model", "OSArchitecture",
      "OSDistribution", "OSPlatform", "OSVersion", "OSVersionInfo", "OnboardingStatus", "PublicIP",
      "RegistryDeviceTag", "Vendor",
    ],
    dynamic: ["AdditionalFields", "LoggedOnUsers"],
    long: ["OSBuild", "ReportId"],
    bool: ["IsAzureADJoined", "IsInternetFacing"],
    "State of devices, from Microsoft Defender for Endpoint.")
}

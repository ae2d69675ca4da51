extension SourceTable {
  /// State of devices, from Microsoft Defender for Endpoint.
  package static let deviceInfo = SourceTable.flat(
    "DeviceInfo",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AadDeviceId", "AssetValue", "AwsResourceName", "AzureResourceId", "ClientVersion",
      "DeviceCategory", "DeviceDynamicTags", "DeviceId", "DeviceManualTags", "DeviceName",
      "DeviceObjectId", "DeviceSubtype", "DeviceType", "ExclusionReason", "ExposureLevel",
      "GcpFullResourceName", "JoinType", "MachineGroup", "MergedDeviceIds", "MergedToDeviceId", "Model",
      "OSArchitecture", "OSDistribution", "OSPlatform", "OSVersion", "OSVersionInfo", "OnboardingStatus",
      "PublicIP", "RegistryDeviceTag", "SensorHealthState", "Vendor",
    ],
    dynamic: [
      "AdditionalFields", "LoggedOnUsers",
    ],
    long: [
      "OSBuild", "ReportId",
    ],
    bool: [
      "IsAzureADJoined", "IsExcluded", "IsInternetFacing",
    ],
    "State of devices, from Microsoft Defender for Endpoint.")
}

extension SourceTable {
  /// Signs of life of agents.
  package static let heartbeat = SourceTable.flat(
    "Heartbeat",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "Category", "Computer", "ComputerEnvironment", "ComputerIP", "ManagementGroupName",
      "OSMajorVersion", "OSMinorVersion", "OSName", "OSType", "RemoteIPCountry", "Resource",
      "ResourceGroup", "ResourceId", "ResourceProvider", "ResourceType", "SCAgentChannel", "Solutions",
      "SourceComputerId", "SubscriptionId", "VMUUID", "Version", "_ResourceId", "_SubscriptionId",
    ],
    dynamic: [
      "ComputerPrivateIPs"
    ],
    real: [
      "RemoteIPLatitude", "RemoteIPLongitude",
    ],
    bool: [
      "IsGatewayInstalled"
    ],
    "Signs of life of agents.")
}

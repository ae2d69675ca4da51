extension SourceTable {
  /// Signs of life of agents.
  package static let heartbeat = SourceTable.flat(
    "Heartbeat",
    datetime: ["TimeGenerated"],
    string: [
      "Category", "Computer", "ComputerEnvironment", "ComputerIP", "OSMajorVersion",
      "OSMinorVersion", "OSName", "OSType", "RemoteIPCountry", "Resource", "ResourceGroup",
      "ResourceId", "ResourceProvider", "ResourceType", "SourceComputerId", "SubscriptionId",
      "VMUUID", "Version",
    ],
    real: ["RemoteIPLatitude", "RemoteIPLongitude"],
    "Signs of life of agents.")
}

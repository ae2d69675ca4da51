extension SourceTable {
  /// How much data each table of the workspace took in.
  package static let usage = SourceTable.flat(
    "Usage",
    datetime: [
      "EndTime", "StartTime", "TimeGenerated",
    ],
    string: [
      "Computer", "DataType", "LinkedMeterId", "LinkedResourceUri", "ManagementGroupName", "MeterId",
      "QuantityUnit", "ResourceUri", "Solution", "SourceComputerId",
    ],
    long: [
      "BatchesCapped", "BatchesOutsideSla", "BatchesWithinSla", "TotalBatches",
    ],
    real: [
      "AvgLatencyInSeconds", "Quantity",
    ],
    bool: [
      "IsBillable"
    ],
    isSubset: true, "How much data each table of the workspace took in.")
}

extension SourceTable {
  /// Queries that were run in the workspace.
  package static let laQueryLogs = SourceTable.flat(
    "LAQueryLogs",
    datetime: [
      "QueryTimeRangeEnd", "QueryTimeRangeStart", "StatsDataProcessedEnd", "StatsDataProcessedStart",
      "TimeGenerated",
    ],
    string: [
      "AADClientId", "AADEmail", "AADObjectId", "AADTenantId", "CorrelationId", "QueryText",
      "RequestClientApp", "RequestTarget", "_ResourceId", "_SubscriptionId",
    ],
    dynamic: [
      "RequestContext", "RequestContextFilters",
    ],
    int: [
      "ResponseCode", "ResponseRowCount", "StatsRegionCount", "StatsWorkspaceCount",
    ],
    real: [
      "ResponseDurationMs", "StatsCPUTimeMs", "StatsDataProcessedKB",
    ],
    bool: [
      "IsBillableQuery"
    ],
    isSubset: true, "Queries that were run in the workspace.")
}

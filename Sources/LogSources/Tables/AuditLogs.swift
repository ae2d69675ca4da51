import Engine

extension SourceTable {
  /// Changes in Microsoft Entra: users, groups, applications, policies.
  ///
  /// Records come in the envelope of a diagnostic setting, as rows of a workspace, or as the audit objects of
  /// Microsoft Graph.
  package static let auditLogs = SourceTable(
    "AuditLogs", columns: auditColumns,
    shapes: [
      [.equals("category", ["AuditLogs"])],
      [.has("activityDisplayName"), .has("activityDateTime"), .has("initiatedBy")],
    ],
    "Changes in Microsoft Entra: users, groups, applications, policies.")

  private static let auditColumns: [SourceColumn] = [
    .audit(
      "TimeGenerated", .datetime, ["time", "TimeGenerated", "activityDateTime"], "Time of the event, in UTC."),
    .audit("AADOperationType", .string, ["properties.operationType"], "Add, Update, Delete or other."),
    .audit("AADTenantId", .string, ["tenantId"], "Tenant of the change."),
    .audit("ActivityDateTime", .datetime, nil, "Time of the change."),
    .audit("ActivityDisplayName", .string, nil, "What was done, such as `Add member to role`."),
    .audit("AdditionalDetails", .dynamic, nil, "More on the change: an array of key and value."),
    .audit(
      "Category", .string, ["properties.category", "category"], "What was changed, such as `GroupManagement`."
    ),
    .audit(
      "CorrelationId", .string, ["properties.correlationId", "correlationId"],
      "Joins the events of one change."),
    .audit("DurationMs", .long, ["durationMs"], "Duration in milliseconds."),
    .audit("Id", .string, nil, "Identifier of the event."),
    .audit("Identity", .string, ["identity", "properties.identity"], "Name of who made the change."),
    .audit("InitiatedBy", .dynamic, nil, "Who made the change: `user` or `app`."),
    .audit("Level", .string, ["Level", "level"], "Severity of the event."),
    .audit("Location", .string, ["location"], "Place of the event."),
    .audit("LoggedByService", .string, nil, "Service that made the event."),
    .audit("OperationName", .string, ["operationName", "properties.operationName"], "What was done."),
    .audit("OperationVersion", .string, ["operationVersion"], "Version of the event format."),
    .audit("Resource", .string, [], "Name of the resource."),
    .audit("ResourceGroup", .string, [], "Resource group of the log."),
    .audit("ResourceId", .string, ["resourceId"], "Resource identifier of the log."),
    .audit("ResourceProvider", .string, [], "Resource provider of the log."),
    .audit("Result", .string, ["properties.result", "result"], "success, failure or timeout."),
    .audit(
      "ResultDescription", .string, ["resultDescription", "properties.resultDescription"],
      "More on the result."),
    .audit("ResultReason", .string, nil, "Why it failed."),
    .audit("ResultSignature", .string, ["resultSignature"], "Result of the operation."),
    .audit("ResultType", .string, ["resultType", "properties.resultType"], "Error code."),
    .audit("TargetResources", .dynamic, nil, "What was changed, with old and new values."),
    SourceColumn("TenantId", .string, from: ["TenantId"], "Identifier of the workspace."),
    SourceColumn(
      "SourceSystem", .string, from: ["SourceSystem"], form: .constant("Azure AD"), "Always `Azure AD`."),
    SourceColumn("Type", .string, from: ["Type"], form: .constant("AuditLogs"), "Name of the table."),
    SourceColumn("_BilledSize", .real, from: ["_BilledSize"], "Size of the record in bytes, as billed."),
    SourceColumn("_ItemId", .string, from: ["_ItemId"], "Identifier of the record."),
    SourceColumn("_IsBillable", .string, from: ["_IsBillable"], "Whether the record is billed."),
  ]
}

extension SourceColumn {
  /// A column of the audit log; without paths it stands under its name in `properties`.
  fileprivate static func audit(
    _ name: String, _ type: DataType, _ paths: [String]?, _ documentation: String
  ) -> SourceColumn {
    var all = paths ?? ["properties.\(jsonKey(of: name))"]
    for path in flatPaths(of: name) where !all.contains(path) { all.append(path) }
    return SourceColumn(name, type, from: all, documentation)
  }
}

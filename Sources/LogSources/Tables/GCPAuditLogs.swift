extension SourceTable {
  /// Audit logs of Google Cloud.
  package static let gcpAuditLogs = SourceTable.flat(
    "GCPAuditLogs",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "GCPResourceName", "GCPResourceType", "InsertId", "LogName", "MethodName", "NumResponseItems",
      "PrincipalEmail", "ProjectId", "ServiceName", "Severity", "StatusMessage", "Subscription",
    ],
    dynamic: [
      "AuthenticationInfo", "AuthorizationInfo", "Metadata", "Request", "RequestMetadata",
      "ResourceLocation", "ResourceOriginalState", "Response", "ServiceData", "Status",
    ],
    "Audit logs of Google Cloud.")
}

extension SourceTable {
  /// Audit logs of Google Cloud.
  package static let gcpAuditLogs = SourceTable.flat(
    "GCPAuditLogs",
    datetime: ["TimeGenerated", "Timestamp"],
    string: [
      "GCPResourceName", "GCPResourceType", "InsertId", "LogName", "MethodName", "PrincipalEmail",
      "ProjectId", "ServiceName", "Severity", "Subscription",
    ],
    dynamic: [
      "AuthenticationInfo", "AuthorizationInfo", "Metadata", "Request", "RequestMetadata",
      "Response", "ServiceData", "Status",
    ],
    "Audit logs of Google Cloud.")
}

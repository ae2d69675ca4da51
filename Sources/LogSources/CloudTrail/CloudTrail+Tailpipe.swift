import Engine

/// CloudTrail as Tailpipe stores it: columns and members in snake_case, with columns of its own that begin with `tp_`.
extension CloudTrail {
  static let tailpipeRows = RowForm(
    "rows of Tailpipe",
    tests: [[.has("event_name"), .has("event_source"), .has("user_identity")]],
    columns: [
      RowColumn("event_time", ["eventTime"], .time),
      RowColumn("user_identity", ["userIdentity"], .structure(spelling: snakeCase(of: identityNames))),
      RowColumn("tls_details", ["tlsDetails"], .structure(spelling: snakeCase(of: tlsNames))),
      RowColumn(
        "resources", ["resources"],
        .structure(spelling: snakeCase(of: ["accountId"]).merging(["arn": "ARN"]) { first, _ in first })),
      RowColumn("read_only", ["readOnly"], .bool), RowColumn("management_event", ["managementEvent"], .bool),
      RowColumn("source_ip_address", ["sourceIPAddress"]), RowColumn("request_id", ["requestID"]),
      RowColumn("event_id", ["eventID"]), RowColumn("shared_event_id", ["sharedEventID"]),
    ]
      + [
        "requestParameters", "responseElements", "additionalEventData", "serviceEventDetails", "addendum",
        "edgeDeviceDetails", "insightDetails",
      ].map { RowColumn(snakeCase($0), [$0], .json) }
      + [
        "eventVersion", "eventName", "eventSource", "awsRegion", "userAgent", "errorCode", "errorMessage",
        "eventType", "apiVersion", "recipientAccountId", "vpcEndpointId", "vpcEndpointAccountId",
        "eventCategory", "sessionCredentialFromConsole",
      ].map { RowColumn(snakeCase($0), [$0]) })

  private static func snakeCase(_ name: String) -> String {
    String(name.flatMap { $0.isUppercase ? ["_", Character($0.lowercased())] : [$0] })
  }

  private static func snakeCase(of names: [String]) -> [String: String] {
    Dictionary(names.map { (snakeCase($0), $0) }, uniquingKeysWith: { first, _ in first })
  }
}

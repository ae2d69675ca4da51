import Engine

/// CloudTrail as flat rows: what tables and consoles make of events.
extension CloudTrail {
  static let rows: [RowForm] = [
    // The command line of Azure writes every value as text.
    RowForm(
      "rows of Sentinel, as the az command prints them",
      tests: [[.equals("TableName", ["PrimaryResult"]), .has("EventName"), .has("EventSource")]],
      columns: sentinelColumns, nulls: ["None"]),
    RowForm(
      "rows of Sentinel",
      tests: [
        [.has("EventName"), .has("EventSource"), .has("AWSRegion")],
        [.has("EventName"), .has("EventSource"), .has("UserIdentityType")],
        [.has("EventName"), .has("EventSource"), .has("UserIdentityArn")],
        [.equals("Type", ["AWSCloudTrail"])],
      ],
      columns: sentinelColumns),
    RowForm(
      "the console's event history", tests: [[.has("Event name"), .has("Event source"), .has("Event time")]],
      columns: historyColumns),
    RowForm(
      "rows of Athena or CloudTrail Lake",
      tests: [
        [.has("eventname"), .has("eventsource")], [.has("eventname"), .has("eventtime")], [.has("eventjson")],
      ],
      columns: lakeColumns, nulls: ["null"]),
    schemaFramework, tailpipeRows,
  ]

  /// Where the table has a column, its first path is where an event has the value.
  private static let sentinelColumns: [RowColumn] = SourceTable.cloudTrailColumns.compactMap { column in
    guard let path = column.paths.first, path != column.name, !path.contains("[") else { return nil }
    let cell: RowColumn.Cell
    switch (column.form, column.type) {
    case (.constant, _): return nil
    case (.jsonText, _): cell = .json
    case (.value, .bool): cell = .bool
    case (.value, .datetime): cell = .time
    case (.value, _): cell = .text
    }
    return RowColumn(column.name, path.split(separator: ".").map(String.init), cell)
  }

  private static let historyColumns: [RowColumn] = [
    RowColumn("Event name", ["eventName"]), RowColumn("Event source", ["eventSource"]),
    RowColumn("Event time", ["eventTime"], .time), RowColumn("User name", ["userIdentity", "userName"]),
    RowColumn("AWS access key", ["userIdentity", "accessKeyId"]), RowColumn("AWS region", ["awsRegion"]),
    RowColumn("Source IP address", ["sourceIPAddress"]), RowColumn("User agent", ["userAgent"]),
    RowColumn("Error code", ["errorCode"]), RowColumn("Resources", ["resources"], .json),
    RowColumn("Request ID", ["requestID"]), RowColumn("Event ID", ["eventID"]),
    RowColumn("Read-only", ["readOnly"], .bool), RowColumn("Event type", ["eventType"]),
    RowColumn("Recipient Account Id", ["recipientAccountId"]),
    RowColumn("Event category", ["eventCategory"]),
  ]

  // MARK: - Athena and Lake

  private static let lakeColumns: [RowColumn] =
    [
      RowColumn("eventjson", [], .record), RowColumn("eventtime", ["eventTime"], .time),
      RowColumn("useridentity", ["userIdentity"], .structure(spelling: spelling(of: identityNames))),
      RowColumn("tlsdetails", ["tlsDetails"], .structure(spelling: spelling(of: tlsNames))),
      RowColumn(
        "resources", ["resources"], .structure(spelling: spelling(of: ["ARN", "accountId", "type"]))),
    ]
    + ["readOnly", "managementEvent"].map { RowColumn($0.lowercased(), [$0], .bool) }
    + [
      "requestParameters", "responseElements", "additionalEventData", "serviceEventDetails", "addendum",
      "edgeDeviceDetails", "insightDetails",
    ].map { RowColumn($0.lowercased(), [$0], .structure(spelling: [:])) }
    + [
      "eventVersion", "eventName", "eventSource", "awsRegion", "sourceIPAddress", "userAgent", "errorCode",
      "errorMessage", "requestID", "eventID", "eventType", "apiVersion", "recipientAccountId",
      "sharedEventID",
      "vpcEndpointId", "vpcEndpointAccountId", "eventCategory", "sessionCredentialFromConsole",
    ].map { RowColumn($0.lowercased(), [$0]) }

  static let identityNames = [
    "principalId", "accountId", "invokedBy", "accessKeyId", "userName", "sessionContext", "mfaAuthenticated",
    "creationDate", "sessionIssuer", "ec2RoleDelivery", "webIdFederationData", "federatedProvider",
    "sourceIdentity", "onBehalfOf", "identityStoreArn", "userId", "inScopeOf", "issuerType",
    "credentialsIssuedTo", "identityProvider", "credentialId",
  ]

  static let tlsNames = ["tlsVersion", "cipherSuite", "clientProvidedHostHeader"]

  static func spelling(of names: [String]) -> [String: String] {
    Dictionary(names.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }
}

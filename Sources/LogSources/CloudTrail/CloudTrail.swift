/// AWS CloudTrail: requests to AWS services.
enum CloudTrail {
  static let sample = #"""
    {"eventVersion":"1.09","eventTime":"2026-03-02T10:00:00Z","eventSource":"iam.amazonaws.com",\#
    "eventName":"CreateUser","eventID":"0a1b2c3d-0000-4000-8000-000000000001","awsRegion":"us-east-1",\#
    "sourceIPAddress":"198.51.100.7","userIdentity":{"type":"IAMUser","userName":"ada",\#
    "arn":"arn:aws:iam::123456789012:user/ada"},"requestParameters":{"userName":"bob"}}
    """#

  /// Members that hold further fields.
  static let objects: Set<String> = [
    "userIdentity", "requestParameters", "responseElements", "additionalEventData", "resources", "tlsDetails",
    "serviceEventDetails", "addendum", "sessionCredentialFromConsole", "edgeDeviceDetails", "insightDetails",
  ]

  // MARK: - Data models

  static let commonFields: [(name: String, expression: String)] = [
    ("user", user),
    ("user_name", "coalesce('userIdentity.userName', \(user))"),
    ("user_id", "'userIdentity.principalId'"),
    ("user_type", "'userIdentity.type'"),
    ("user_agent", "userAgent"),
    ("user_arn", "'userIdentity.arn'"),
    ("src", "sourceIPAddress"),
    ("src_ip", "sourceIPAddress"),
    ("dest", "eventSource"),
    ("vendor_account", "coalesce('userIdentity.accountId', recipientAccountId)"),
    ("vendor_region", "awsRegion"),
    ("vendor_product", "\"AWS CloudTrail\""),
    ("region", "awsRegion"),
    ("signature", "eventName"),
    ("command", "eventName"),
  ]

  /// The last part of the identity's ARN, or its name.
  private static let user =
    #"coalesce(replace('userIdentity.arn', "^.*[/:]", ""), 'userIdentity.userName', 'userIdentity.principalId')"#
}

extension SourceDefinition {
  package static let cloudTrail = SourceDefinition(
    "CloudTrail", table: .awsCloudTrail, sourcetype: "aws:cloudtrail", eventID: "eventID",
    eventNames: EventNames(
      column: "EventName", serviceColumn: "EventSource", path: "eventName", servicePath: "eventSource",
      serviceSuffix: ".amazonaws.com"),
    objects: CloudTrail.objects, addonFields: CloudTrail.addonFields,
    dataModels: [CloudTrail.change, CloudTrail.authentication], sample: CloudTrail.sample,
    exemplar: CloudTrail.exemplar, completed: CloudTrail.completed)
}

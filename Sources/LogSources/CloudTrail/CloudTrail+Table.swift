import Engine

extension SourceTable {
  /// CloudTrail as Microsoft Sentinel shows it: 55 columns.
  ///
  /// Columns with JSON inside are text, as they are there. Each column is also found under its own name, where a file
  /// is named for the table.
  package static let awsCloudTrail = SourceTable(
    "AWSCloudTrail", columns: cloudTrailColumns,
    shapes: [
      [.has("eventVersion"), .has("eventTime"), CloudTrail.isNoNotification],
      [.has("eventName"), .has("eventSource"), .has("userIdentity"), CloudTrail.isNoNotification],
      [.has("eventName"), .has("eventSource"), .has("awsRegion"), CloudTrail.isNoNotification],
      [.has("eventName"), .has("awsRegion"), .has("userIdentity"), CloudTrail.isNoNotification],
      // What rows of a workspace become that lack the others.
      [.has("eventTime"), .equals("Type", ["AWSCloudTrail"])],
      [.has("eventName"), .equals("Type", ["AWSCloudTrail"])],
    ],
    framing: CloudTrail.framing, idColumn: "AwsEventId",
    aspects: [
      SourceAspect(
        .identity,
        "coalesce(UserIdentityArn, UserIdentityPrincipalid, UserIdentityUserName, UserIdentityInvokedBy)",
        columns: ["UserIdentityArn", "UserIdentityUserName", "userIdentity.arn", "user_arn"]),
      SourceAspect(.address, "SourceIpAddress"), SourceAspect(.service, "EventSource"),
      SourceAspect(.action, "EventName"), SourceAspect(.region, "AWSRegion"),
      SourceAspect(.error, "ErrorCode"),
      SourceAspect(.client, "UserAgent"), SourceAspect(.account, "RecipientAccountId"),
    ],
    "Requests to AWS services, from CloudTrail.")

  static let cloudTrailColumns = event + identity

  private static let event: [SourceColumn] = [
    SourceColumn(
      "TimeGenerated", .datetime, from: ["eventTime", "TimeGenerated", "['TimeGenerated [UTC]']"],
      "Time of the request, in UTC."),
    SourceColumn(
      "EventSource", .string, from: ["eventSource", "EventSource"],
      "Service that took the request, such as `iam.amazonaws.com`."),
    SourceColumn(
      "EventName", .string, from: ["eventName", "EventName"],
      "Action that was asked for, such as `CreateUser`."),
    SourceColumn(
      "EventTypeName", .string, from: ["eventType", "EventTypeName"],
      "Kind of event, such as `AwsApiCall` or `AwsConsoleSignIn`."),
    SourceColumn(
      "EventVersion", .string, from: ["eventVersion", "EventVersion"],
      "Version of the event format."),
    SourceColumn("AwsEventId", .string, from: ["eventID", "AwsEventId"], "Identifier of the event."),
    SourceColumn(
      "Category", .string, from: ["eventCategory", "Category"],
      "Management, Data, NetworkActivity or Insight."),
    SourceColumn("AWSRegion", .string, from: ["awsRegion", "AWSRegion"], "Region that took the request."),
    SourceColumn(
      "SourceIpAddress", .string, from: ["sourceIPAddress", "SourceIpAddress"],
      "Address that the request came from; the host name of a service for calls between services."),
    SourceColumn("UserAgent", .string, from: ["userAgent", "UserAgent"], "Program that made the request."),
    SourceColumn(
      "ErrorCode", .string, from: ["errorCode", "ErrorCode"],
      "Error of the service; empty if the request succeeded."),
    SourceColumn(
      "ErrorMessage", .string, from: ["errorMessage", "ErrorMessage"],
      "Description of the error."),
    SourceColumn(
      "RequestParameters", .string, from: ["requestParameters", "RequestParameters"], form: .jsonText,
      "Parameters of the request as JSON text; read it with `parse_json`."),
    SourceColumn(
      "ResponseElements", .string, from: ["responseElements", "ResponseElements"], form: .jsonText,
      "Answer of an action that makes changes, as JSON text."),
    SourceColumn(
      "AdditionalEventData", .string, from: ["additionalEventData", "AdditionalEventData"], form: .jsonText,
      "More about the event, as JSON text."),
    SourceColumn(
      "Resources", .string, from: ["resources", "Resources"], form: .jsonText,
      "Resources that were accessed: an array as JSON text."),
    SourceColumn(
      "RecipientAccountId", .string, from: ["recipientAccountId", "RecipientAccountId"],
      "Account that got the event."),
    SourceColumn("ReadOnly", .bool, from: ["readOnly", "ReadOnly"], "The action changes nothing."),
    SourceColumn(
      "ManagementEvent", .bool, from: ["managementEvent", "ManagementEvent"],
      "The event is a management event."),
    SourceColumn(
      "AwsRequestId_", .string, from: ["requestID", "AwsRequestId_"],
      "Identifier of the request."),
    SourceColumn(
      "AwsRequestId", .string, from: ["requestID", "AwsRequestId"],
      "Identifier of the request; replaced by `AwsRequestId_`."),
    SourceColumn("APIVersion", .string, from: ["apiVersion", "APIVersion"], "Version of the service's API."),
    SourceColumn(
      "SharedEventId", .string, from: ["sharedEventID", "SharedEventId"],
      "Identifier shared by the copies of an event in several accounts."),
    SourceColumn(
      "ServiceEventDetails", .string, from: ["serviceEventDetails", "ServiceEventDetails"], form: .jsonText,
      "What a service event did, as JSON text."),
    SourceColumn(
      "VpcEndpointId", .string, from: ["vpcEndpointId", "VpcEndpointId"],
      "VPC endpoint that the request went through."),
    SourceColumn(
      "TlsVersion", .string, from: ["tlsDetails.tlsVersion", "TlsVersion"],
      "TLS version of the request."),
    SourceColumn(
      "CipherSuite", .string, from: ["tlsDetails.cipherSuite", "CipherSuite"],
      "Cipher suite of the request."),
    SourceColumn(
      "ClientProvidedHostHeader", .string,
      from: ["tlsDetails.clientProvidedHostHeader", "ClientProvidedHostHeader"],
      "Host name that the client used."),
    SourceColumn(
      "CidrIp", .string,
      from: [
        "requestParameters.ipPermissions.items[0].ipRanges.items[0].cidrIp", "requestParameters.cidrIp",
        "CidrIp",
      ],
      "First address range of a security group rule."),
    SourceColumn(
      "IpProtocol", .string,
      from: [
        "requestParameters.ipPermissions.items[0].ipProtocol", "requestParameters.ipProtocol", "IpProtocol",
      ],
      "Protocol of a security group rule."),
    SourceColumn(
      "SourcePort", .string,
      from: [
        "requestParameters.ipPermissions.items[0].fromPort", "requestParameters.fromPort", "SourcePort",
      ],
      "First port of a security group rule."),
    SourceColumn(
      "DestinationPort", .string,
      from: [
        "requestParameters.ipPermissions.items[0].toPort", "requestParameters.toPort", "DestinationPort",
      ],
      "Last port of a security group rule."),
    SourceColumn(
      "_BilledSize", .real, from: ["_BilledSize"],
      "Billed size in bytes; set by a workspace only."),
    SourceColumn(
      "_IsBillable", .string, from: ["_IsBillable"],
      "Whether the event is billed; set by a workspace only."),
    SourceColumn(
      "OperationName", .string, from: ["OperationName"], form: .constant("CloudTrail"),
      "Always `CloudTrail`."),
    SourceColumn("SourceSystem", .string, from: ["SourceSystem"], "Kind of agent; set by a workspace only."),
    SourceColumn(
      "TenantId", .string, from: ["TenantId"],
      "Identifier of the workspace; set by a workspace only."),
    SourceColumn("Type", .string, from: ["Type"], form: .constant("AWSCloudTrail"), "Name of the table."),
  ]

  private static let identity: [SourceColumn] = [
    SourceColumn(
      "UserIdentityType", .string, from: ["userIdentity.type", "UserIdentityType"],
      "Kind of identity, such as `IAMUser`, `AssumedRole` or `Root`."),
    SourceColumn(
      "UserIdentityPrincipalid", .string, from: ["userIdentity.principalId", "UserIdentityPrincipalid"],
      "Unique identifier of the caller."),
    SourceColumn(
      "UserIdentityArn", .string, from: ["userIdentity.arn", "UserIdentityArn"],
      "ARN of the caller."),
    SourceColumn(
      "UserIdentityAccountId", .string, from: ["userIdentity.accountId", "UserIdentityAccountId"],
      "Account of the caller."),
    SourceColumn(
      "UserIdentityAccessKeyId", .string, from: ["userIdentity.accessKeyId", "UserIdentityAccessKeyId"],
      "Access key that signed the request."),
    SourceColumn(
      "UserIdentityUserName", .string, from: ["userIdentity.userName", "UserIdentityUserName"],
      "Name of the caller."),
    SourceColumn(
      "UserIdentityInvokedBy", .string, from: ["userIdentity.invokedBy", "UserIdentityInvokedBy"],
      "Service that made the request for the caller."),
    SourceColumn(
      "UserIdentityUserId", .string, from: ["userIdentity.onBehalfOf.userId", "UserIdentityUserId"],
      "Identity Center user on whose behalf the request was made."),
    SourceColumn(
      "UserIdentityStoreArn", .string,
      from: ["userIdentity.onBehalfOf.identityStoreArn", "UserIdentityStoreArn"],
      "Identity store of that user."),
    SourceColumn(
      "SessionMfaAuthenticated", .bool,
      from: ["userIdentity.sessionContext.attributes.mfaAuthenticated", "SessionMfaAuthenticated"],
      "The session was opened with a second factor."),
    SourceColumn(
      "SessionCreationDate", .datetime,
      from: ["userIdentity.sessionContext.attributes.creationDate", "SessionCreationDate"],
      "Time when the temporary credentials were issued."),
    SourceColumn(
      "SessionIssuerType", .string,
      from: ["userIdentity.sessionContext.sessionIssuer.type", "SessionIssuerType"],
      "Source of the temporary credentials, such as `Role`."),
    SourceColumn(
      "SessionIssuerPrincipalId", .string,
      from: ["userIdentity.sessionContext.sessionIssuer.principalId", "SessionIssuerPrincipalId"],
      "Identifier of what issued them."),
    SourceColumn(
      "SessionIssuerArn", .string,
      from: ["userIdentity.sessionContext.sessionIssuer.arn", "SessionIssuerArn"],
      "ARN of what issued them."),
    SourceColumn(
      "SessionIssuerAccountId", .string,
      from: ["userIdentity.sessionContext.sessionIssuer.accountId", "SessionIssuerAccountId"],
      "Account of what issued them."),
    SourceColumn(
      "SessionIssuerUserName", .string,
      from: ["userIdentity.sessionContext.sessionIssuer.userName", "SessionIssuerUserName"],
      "Name of what issued them."),
    SourceColumn(
      "EC2RoleDelivery", .string, from: ["userIdentity.sessionContext.ec2RoleDelivery", "EC2RoleDelivery"],
      "Version of the instance metadata service that delivered the credentials."),
  ]
}

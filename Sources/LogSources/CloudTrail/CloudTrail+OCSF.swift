import Engine

/// CloudTrail in the Open Cybersecurity Schema Framework, as Security Lake writes it: versions 1.0 to 1.4.
extension CloudTrail {
  static let schemaFramework = RowForm(
    "OCSF", tests: [[.equals("class_uid", ["6003", "3001", "3002"]), .has("api"), .has("metadata")]],
    columns: ocsfColumns,
    nesting: RowForm.Nesting(marks: ["metadata.product.name": "CloudTrail"], rest: "unmapped"))

  private static let identity = "userIdentity"
  private static let session = ["userIdentity", "sessionContext"]

  private static let ocsfColumns: [RowColumn] = [
    RowColumn("metadata.product.version", ["eventVersion"]), RowColumn("metadata.uid", ["eventID"]),
    RowColumn("metadata.event_code", ["eventType"]),
    RowColumn("metadata.product.feature.name", ["eventCategory"]),
    RowColumn("time", ["eventTime"], .time), RowColumn("time_dt", ["eventTime"], .time),
    RowColumn("api.operation", ["eventName"]), RowColumn("api.service.name", ["eventSource"]),
    RowColumn("api.version", ["apiVersion"]), RowColumn("api.request.uid", ["requestID"]),
    RowColumn("api.request.data", ["requestParameters"], .json),
    RowColumn("api.response.data", ["responseElements"], .json),
    RowColumn("api.response.error", ["errorCode"]), RowColumn("api.response.message", ["errorMessage"]),
    RowColumn("cloud.region", ["awsRegion"]), RowColumn("http_request.user_agent", ["userAgent"]),
    RowColumn("src_endpoint.ip", ["sourceIPAddress"]), RowColumn("src_endpoint.domain", ["sourceIPAddress"]),
    RowColumn("src_endpoint.uid", ["vpcEndpointId"]),
    RowColumn("dst_endpoint.svc_name", ["additionalEventData", "LoginTo"]),
    RowColumn("is_mfa", ["additionalEventData", "MFAUsed"], .answer),
    RowColumn("actor.user.type", [identity, "type"]), RowColumn("actor.user.name", [identity, "userName"]),
    // Before 1.1 the principal stands here, and the ARN elsewhere.
    RowColumn("actor.user.uid", [identity, "arn"], prefix: "arn:"),
    RowColumn("actor.user.uid", [identity, "principalId"]), RowColumn("actor.user.uuid", [identity, "arn"]),
    RowColumn("actor.user.uid_alt", [identity, "principalId"]),
    RowColumn("actor.user.account.uid", [identity, "accountId"]),
    RowColumn("actor.user.account_uid", [identity, "accountId"]),
    RowColumn("actor.user.credential_uid", [identity, "accessKeyId"]),
    RowColumn("actor.invoked_by", [identity, "invokedBy"]),
    RowColumn("actor.idp.name", [identity, "identityProvider"]),
    RowColumn("actor.session.issuer", session + ["sessionIssuer", "arn"]),
    RowColumn("actor.session.is_mfa", session + ["attributes", "mfaAuthenticated"]),
    RowColumn("actor.session.created_time", session + ["attributes", "creationDate"], .time),
    RowColumn("actor.session.created_time_dt", session + ["attributes", "creationDate"], .time),
    RowColumn(
      "resources", ["resources"],
      .list([
        RowColumn("uid", ["ARN"]), RowColumn("account.uid", ["accountId"]),
        RowColumn("account_uid", ["accountId"]), RowColumn("type", ["type"]),
      ])),
  ]
}

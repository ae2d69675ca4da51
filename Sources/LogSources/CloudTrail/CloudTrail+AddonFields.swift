import Engine

/// What the Splunk Add-on for AWS makes of CloudTrail events.
extension CloudTrail {
  static let addonFields: [String: AddonField] = {
    var fields = [String: AddonField](aliases: aliases, constants: constants, calculated: calculated)
    fields["errorCode"] = .paths([FieldPath("errorCode"), .constant("success")])
    return fields
  }()

  private static let aliases: [(names: [String], paths: [String])] = [
    (["src", "src_ip"], ["sourceIPAddress"]),
    (["user", "user_id"], ["userIdentity.principalId"]),
    (["user_arn"], ["userIdentity.arn"]),
    (["user_type"], ["userIdentity.type"]),
    (["user_agent"], ["userAgent"]),
    (["user_access_key"], ["userIdentity.accessKeyId"]),
    (["aws_account_id", "user_group_id"], ["userIdentity.accountId"]),
    (["vendor_account"], ["recipientAccountId", "userIdentity.accountId"]),
    (["region", "vendor_region"], ["awsRegion"]),
    (["command", "signature"], ["eventName"]),
    (["app"], ["eventType"]),
    (["dest"], ["eventSource"]),
    (["dvc"], ["eventSource"]),
    (["start_time"], ["eventTime"]),
    (["temp_access_key"], ["responseElements.credentials.accessKeyId"]),
    (["reason"], ["errorMessage"]),
    (["result"], ["errorMessage"]),
    (["result_id"], ["errorCode"]),
    (["authentication_method"], ["additionalEventData.MFAUsed"]),
    (["object_id"], objectPaths),
    (["object"], objectPaths),
    (["image_id"], ["requestParameters.instancesSet.items[0].imageId"]),
    (["instance_type"], ["requestParameters.instanceType"]),
    (["rule_action"], ["requestParameters.ruleAction"]),
    (["src_ip_range"], ["requestParameters.cidrBlock"]),
    (["protocol_code"], ["requestParameters.aclProtocol"]),
  ]

  /// What a call is about, the most telling name first.
  private static let objectPaths = [
    "requestParameters.userName", "requestParameters.roleName", "requestParameters.groupName",
    "requestParameters.policyArn", "requestParameters.bucketName", "requestParameters.groupId",
    "requestParameters.networkAclId", "requestParameters.snapshotId", "requestParameters.instanceId",
    "responseElements.instancesSet.items[0].instanceId", "requestParameters.instancesSet.items[0].instanceId",
  ]

  private static let constants: [(name: String, text: String)] = [
    ("product", "CloudTrail"), ("vendor", "AWS"), ("vendor_product", "AWS CloudTrail"),
  ]

  private static let calculated: [(name: String, text: String)] = [
    ("userName", lastPart("userIdentity.arn")),
    ("user_name", "coalesce('userIdentity.userName', \(lastPart("userIdentity.arn")))"),
    // Who a role is taken on by, and as whom: no other event has these.
    (
      "user_role",
      ofAssumedRole("coalesce('responseElements.assumedRoleUser.arn', 'requestParameters.roleArn')")
    ),
    ("src_user", ofAssumedRole("coalesce('userIdentity.userName', 'userIdentity.principalId')")),
    ("src_user_id", ofAssumedRole("'userIdentity.principalId'")),
    ("src_user_type", ofAssumedRole("'userIdentity.type'")),
    (
      "direction",
      #"case('requestParameters.egress'="true", "outbound", 'requestParameters.egress'="false", "inbound")"#
    ),
    (
      "action",
      #"case(eventName="ConsoleLogin" OR match(eventName, "^(AssumeRole|GetSessionToken|GetFederationToken)"), "#
        + outcome + ", "
        + verbs.map { #"match(eventName, "^(\#($0.verbs))"), "\#($0.word)""# }.joined(separator: ", ")
        + ")"
    ),
    ("status", outcome),
    (
      "change_type",
      #"case(eventSource="ec2.amazonaws.com", "EC2", eventSource="iam.amazonaws.com", "AAA", "#
        + #"eventSource="sts.amazonaws.com", "AAA", true(), replace(eventSource, "\.amazonaws\.com$", ""))"#
    ),
    (
      "object_category",
      #"case(match(eventName, "Instance"), "instance", match(eventName, "SecurityGroup"), "security_group", "#
        + #"match(eventName, "NetworkAcl"), "firewall", match(eventName, "Bucket"), "bucket", "#
        + #"match(eventName, "(User|LoginProfile|AccessKey|MFADevice)"), "user", match(eventName, "Role"), "role", "#
        + #"match(eventName, "Polic"), "policy", true(), "unknown")"#
    ),
  ]

  private static let outcome =
    #"if('responseElements.ConsoleLogin'="Failure" OR errorCode!="success" OR isnotnull(errorMessage), "#
    + #""failure", "success")"#

  private static let verbs = [
    (verbs: "Create|Run|Allocate|Import|Register", word: "created"),
    (verbs: "Delete|Terminate|Remove|Deregister|Release", word: "deleted"),
    (verbs: "Get|List|Describe|Head|Lookup|BatchGet|Search", word: "read"),
    (verbs: "Start", word: "started"),
    (verbs: "Stop", word: "stopped"),
    (
      verbs:
        "Update|Modify|Put|Set|Replace|Attach|Detach|Add|Associate|Disassociate|Authorize|Revoke|Change|Enable"
        + "|Disable|Deactivate|Tag|Untag|Upload|Reset|Restore",
      word: "modified"
    ),
  ]

  /// `arn:aws:iam::123456789012:user/ops/ada` is `ada`, `arn:aws:iam::123456789012:root` is `root`.
  private static func lastPart(_ path: String) -> String { #"replace('\#(path)', "^.*[/:]", "")"# }

  private static func ofAssumedRole(_ text: String) -> String {
    #"if(match(eventName, "^AssumeRole"), \#(text), null())"#
  }
}

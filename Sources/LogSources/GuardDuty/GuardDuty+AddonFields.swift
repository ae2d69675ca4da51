/// What the Splunk Add-on for AWS makes of findings.
extension GuardDuty {
  static let addonFields = [String: AddonField](
    aliases: [
      (["signature"], ["title"]),
      (["signature_id"], ["type"]),
      (["severity_id"], ["severity"]),
      (["action_type"], ["service.action.actionType"]),
      (["aws_account_id", "vendor_account"], ["accountId"]),
      (["vendor_region"], ["region"]),
      // The side that is not the account's is the source, whoever opened the connection.
      (["src", "src_ip"], actions.map { "service.action.\($0).remoteIpDetails.ipAddressV4" }),
      (["src_port"], ["service.action.networkConnectionAction.remotePortDetails.port"]),
      (["dest_port"], actions.map { "service.action.\($0).localPortDetails.port" }),
      (["dest_ip"], ["resource.instanceDetails.networkInterfaces[0].privateIpAddress"]),
      (
        ["dest"],
        [
          "resource.instanceDetails.instanceId", "resource.s3BucketDetails[0].name",
          "resource.eksClusterDetails.name", "resource.rdsDbInstanceDetails.dbInstanceIdentifier",
          "resource.lambdaDetails.functionName", "resource.accessKeyDetails.accessKeyId",
        ]
      ),
      (["dest_type"], ["resource.resourceType"]),
      (["user", "user_name"], ["resource.accessKeyDetails.userName"]),
      (["user_id"], ["resource.accessKeyDetails.principalId"]),
      (["user_type"], ["resource.accessKeyDetails.userType"]),
      (["start_time"], ["service.eventFirstSeen"]),
      (["end_time"], ["service.eventLastSeen"]),
    ],
    constants: [("product", "GuardDuty"), ("vendor", "AWS"), ("vendor_product", "AWS GuardDuty")],
    calculated: [("transport", "lower('service.action.networkConnectionAction.protocol')")])

  /// Kinds of actions that name the other side of a connection.
  static let actions = [
    "networkConnectionAction", "awsApiCallAction", "portProbeAction.portProbeDetails[0]",
    "kubernetesApiCallAction", "rdsLoginAttemptAction",
  ]
}

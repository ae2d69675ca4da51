extension CloudTrail {
  /// Events that change something: what is created, modified, deleted, started or stopped.
  static let change = SourceDataModel(
    "Change",
    datasets: [
      ("All_Changes", "*"),
      ("Account_Management", "eventSource=iam.amazonaws.com"),
      ("Auditing_Changes", "eventSource=cloudtrail.amazonaws.com"),
      ("Endpoint_Changes", "*"),
      ("Instance_Changes", "eventSource=ec2.amazonaws.com eventName IN (*Instance, *Instances)"),
      (
        "Network_Changes",
        "eventSource=ec2.amazonaws.com eventName IN (*NetworkAcl*, *SecurityGroup*, *Route*, *Gateway*, *Vpc*, *Subnet*)"
      ),
    ],
    filter:
      "NOT eventName IN (Get*, List*, Describe*, Head*, Lookup*, ConsoleLogin, AssumeRole*, Decrypt, Encrypt)",
    fields: [
      (
        "action",
        #"case(match(eventName, "^(Create|Run|Allocate|Import|Put|Register)"), "created", "#
          + #"match(eventName, "^(Delete|Terminate|Remove|Deregister|Release)"), "deleted", "#
          + #"match(eventName, "^Start"), "started", match(eventName, "^Stop"), "stopped", true(), "modified")"#
      ),
      ("status", #"if(coalesce(errorCode, "success")="success", "success", "failure")"#),
      ("result", #"coalesce(errorCode, "success")"#),
      (
        "change_type",
        #"case(eventSource="ec2.amazonaws.com", "EC2", eventSource="iam.amazonaws.com", "AAA", true(), replace(eventSource, "\.amazonaws\.com$", ""))"#
      ),
      (
        "object_category",
        #"case(match(eventName, "Instance"), "instance", match(eventName, "SecurityGroup"), "security_group", "#
          + #"match(eventName, "NetworkAcl"), "firewall", match(eventName, "Bucket"), "bucket", "#
          + #"match(eventName, "(User|LoginProfile|AccessKey)"), "user", match(eventName, "Role"), "role", "#
          + #"match(eventName, "Polic"), "policy")"#
      ),
      (
        "object",
        "coalesce('requestParameters.userName', 'requestParameters.roleName', 'requestParameters.groupName', "
          + "'requestParameters.bucketName', 'requestParameters.groupId', 'requestParameters.networkAclId', "
          + "'responseElements.instancesSet.items{}.instanceId', 'requestParameters.instancesSet.items{}.instanceId')"
      ),
      (
        "object_id",
        "coalesce('responseElements.instancesSet.items{}.instanceId', "
          + "'requestParameters.instancesSet.items{}.instanceId', 'requestParameters.groupId', "
          + "'requestParameters.networkAclId', 'requestParameters.userName', 'requestParameters.bucketName')"
      ),
      (
        "image_id",
        "coalesce('requestParameters.instancesSet.items{}.imageId', 'responseElements.instancesSet.items{}.imageId')"
      ),
      (
        "instance_type",
        "coalesce('requestParameters.instanceType', 'responseElements.instancesSet.items{}.instanceType')"
      ),
    ] + commonFields)
}

extension GuardDuty {
  /// Every finding is an alert.
  static let alerts = SourceDataModel(
    "Alerts", datasets: [("Alerts", "*")],
    fields: alertFields + commonFields + [("type", #""alert""#)])

  /// Every finding is an attack that was seen.
  static let intrusionDetection = SourceDataModel(
    "Intrusion_Detection",
    datasets: [
      ("IDS_Attacks", "*"),
      (
        "Network_IDS_Attacks",
        "service.action.actionType IN (NETWORK_CONNECTION, PORT_PROBE, DNS_REQUEST)"
      ),
    ],
    fields: attackFields + commonFields)

  // Fields are made one after the other: those that read a path come before those that take its name.
  private static let alertFields: [(name: String, expression: String)] = [
    ("app", #""GuardDuty""#), ("description", "description"), ("id", "id"), ("severity_id", "severity"),
    ("signature_id", "type"), ("dest_type", "'resource.resourceType'"),
    ("vendor_account", "accountId"), ("vendor_region", "region"),
  ]

  private static let attackFields: [(name: String, expression: String)] = [
    (
      "action",
      #"if('service.action.networkConnectionAction.blocked'="true" OR 'service.action.portProbeAction.blocked'="true", "#
        + #""blocked", "allowed")"#
    ),
    ("category", #"replace(type, ":.*$", "")"#), ("dvc", "accountId"),
    (
      "dest_port",
      "coalesce('service.action.networkConnectionAction.localPortDetails.port', "
        + "mvindex('service.action.portProbeAction.portProbeDetails{}.localPortDetails.port', 0))"
    ),
    ("ids_type", #""network""#),
    ("transport", "lower('service.action.networkConnectionAction.protocol')"),
  ]

  private static let commonFields: [(name: String, expression: String)] = [
    (
      "dest",
      "coalesce('resource.instanceDetails.instanceId', mvindex('resource.s3BucketDetails{}.name', 0), "
        + "'resource.eksClusterDetails.name', 'resource.accessKeyDetails.accessKeyId')"
    ),
    (
      "severity",
      #"case(severity>=9, "critical", severity>=7, "high", severity>=4, "medium", severity>=1, "low")"#
    ),
    ("signature", "title"),
    (
      "src",
      "coalesce('service.action.networkConnectionAction.remoteIpDetails.ipAddressV4', "
        + "'service.action.awsApiCallAction.remoteIpDetails.ipAddressV4', "
        + "mvindex('service.action.portProbeAction.portProbeDetails{}.remoteIpDetails.ipAddressV4', 0), "
        + "'service.action.kubernetesApiCallAction.remoteIpDetails.ipAddressV4', "
        + "'service.action.rdsLoginAttemptAction.remoteIpDetails.ipAddressV4')"
    ),
    ("user", "'resource.accessKeyDetails.userName'"),
    ("vendor_product", #""AWS GuardDuty""#),
  ]
}

/// Amazon GuardDuty: findings of threats in an account.
enum GuardDuty {
  static let sample = #"""
    {"schemaVersion":"2.0","accountId":"123456789012","region":"eu-west-1","partition":"aws",\#
    "id":"0a1b2c3d4e5f60718293a4b5c6d7e8f9","arn":"arn:aws:guardduty:eu-west-1:123456789012:detector/d/finding/0a1b",\#
    "type":"Recon:EC2/PortProbeUnprotectedPort","resource":{"resourceType":"Instance","instanceDetails":\#
    {"instanceId":"i-0a1b2c3d","networkInterfaces":[{"privateIpAddress":"10.0.0.5"}]}},"service":\#
    {"serviceName":"guardduty","action":{"actionType":"PORT_PROBE","portProbeAction":{"blocked":false,\#
    "portProbeDetails":[{"localPortDetails":{"port":22},"remoteIpDetails":{"ipAddressV4":"198.51.100.7"}}]}},\#
    "count":3},"severity":2,"createdAt":"2026-03-02T09:00:00.000Z","updatedAt":"2026-03-02T10:00:00.000Z",\#
    "title":"Unprotected port on EC2 instance i-0a1b2c3d is being probed.","description":"It is probed."}
    """#
}

extension SourceDefinition {
  package static let guardDuty = SourceDefinition(
    "GuardDuty", table: .awsGuardDuty, sourcetype: "aws:cloudwatch:guardduty", eventID: "id",
    eventNames: EventNames(column: "ActivityType", path: "type"),
    // Events that EventBridge brought keep their finding in `detail`.
    pathPrefixes: ["detail."], addonFields: GuardDuty.addonFields,
    dataModels: [GuardDuty.alerts, GuardDuty.intrusionDetection], sample: GuardDuty.sample)
}

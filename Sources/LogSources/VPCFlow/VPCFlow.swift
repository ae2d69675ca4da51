import Engine

/// Amazon VPC: flow logs, which are lines of text.
enum VPCFlow {
  static let sample =
    "2 123456789012 eni-0a1b2c3d4e5f60718 198.51.100.7 10.0.0.5 50122 22 6 12 1840 1772445600 1772445660 ACCEPT OK"

  /// A flow as Firehose delivers it.
  static let exemplar = #"""
    {"version":2,"account-id":"123456789012","interface-id":"eni-0a1b2c3d4e5f60718","srcaddr":"198.51.100.7",
    "dstaddr":"10.0.0.5","srcport":50122,"dstport":22,"protocol":6,"packets":12,"bytes":1840,"start":1772446800,
    "end":1772446860,"action":"ACCEPT","log-status":"OK"}
    """#

  /// What a flow log has unless it is told otherwise, in this order.
  static let standardNames = [
    "version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol",
    "packets", "bytes", "start", "end", "action", "log-status",
  ]

  /// What it can be told to have beside them.
  static let furtherNames = [
    "vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr", "region",
    "az-id",
    "sublocation-type", "sublocation-id", "pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction",
    "traffic-path", "ecs-cluster-arn", "ecs-cluster-name", "ecs-container-instance-arn",
    "ecs-container-instance-id", "ecs-container-id", "ecs-second-container-id", "ecs-service-name",
    "ecs-task-definition-arn", "ecs-task-arn", "ecs-task-id", "reject-reason", "resource-id",
    "encryption-status",
  ]

  /// ```
  ///   version account-id interface-id srcaddr …                      files in S3 begin with the names
  ///   2 123456789012 eni-0a1b2c3d 198.51.100.7 …                     lines of CloudWatch Logs have none
  ///   2026-03-02T10:00:00.000Z 2 123456789012 eni-0a1b2c3d …         nor have exported ones, which begin with a time
  /// ```
  static let framing = RecordFraming(lines: [
    LineLayout(
      names: Set(standardNames + furtherNames), unnamed: [standardNames, ["exported"] + standardNames],
      marks: [
        "version": .oneOf(["2"]), "interface-id": .prefix("eni-"),
        "log-status": .oneOf(["OK", "NODATA", "SKIPDATA"]),
      ],
      time: "start")
  ])
}

extension SourceDefinition {
  package static let vpcFlow = SourceDefinition(
    "VPC Flow", table: .awsVPCFlow, sourcetype: "aws:cloudwatchlogs:vpcflow",
    addonFields: VPCFlow.addonFields, dataModels: [VPCFlow.networkTraffic], sample: VPCFlow.sample,
    exemplar: VPCFlow.exemplar)
}

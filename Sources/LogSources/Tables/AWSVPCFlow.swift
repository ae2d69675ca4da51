extension SourceTable {
  /// Flow logs of Amazon VPC.
  package static let awsVPCFlow = SourceTable.flat(
    "AWSVPCFlow",
    datetime: ["TimeGenerated", "End"],
    string: [
      "AccountId", "Action", "AzId", "DstAddr", "FlowDirection", "InstanceId", "InterfaceId",
      "LogStatus", "PktDstAddr", "PktDstAwsService", "PktSrcAddr", "PktSrcAwsService", "Region",
      "SrcAddr", "SubLocationId", "SubLocationType", "SubnetId", "TrafficPath", "TrafficType",
      "VpcId",
    ],
    int: ["DstPort", "Protocol", "SrcPort", "TcpFlags", "Version"],
    long: ["Bytes", "Packets"],
    "Flow logs of Amazon VPC.")
}

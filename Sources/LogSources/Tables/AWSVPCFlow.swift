extension SourceTable {
  /// Flow logs of Amazon VPC.
  package static let awsVPCFlow = SourceTable.flat(
    "AWSVPCFlow",
    datetime: [
      "TimeGenerated", "End",
    ],
    string: [
      "AccountId", "Action", "AzId", "DstAddr", "FlowDirection", "InstanceId", "InterfaceId", "LogStatus",
      "PktDstAddr", "PktDstAwsService", "PktSrcAddr", "PktSrcAwsService", "Region", "SrcAddr",
      "SublocationId", "SublocationType", "SubnetId", "TrafficPath", "TrafficType", "VpcId",
    ],
    int: [
      "DstPort", "Packets", "Protocol", "SrcPort", "TcpFlags", "Version",
    ],
    long: [
      "Bytes"
    ],
    "Flow logs of Amazon VPC.")
}

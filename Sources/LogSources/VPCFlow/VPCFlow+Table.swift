import Engine

extension SourceTable {
  /// Flow logs of Amazon VPC.
  package static let awsVPCFlow = SourceTable(
    "AWSVPCFlow", columns: flowColumns + standardColumns(of: "AWSVPCFlow", except: flowColumns),
    shapes: [
      [.has("srcaddr"), .has("dstaddr")], [.has("interface-id"), .has("log-status")],
      [.has("pkt-srcaddr"), .has("pkt-dstaddr")],
    ],
    framing: VPCFlow.framing,
    aspects: [
      SourceAspect(.address, "SrcAddr"),
      SourceAspect(.service, #"iff(isnull(DstPort), "", strcat("port ", DstPort))"#),
      SourceAspect(.action, "Action"), SourceAspect(.region, "Region"),
      SourceAspect(.error, #"iff(Action == "REJECT", "REJECT", "")"#), SourceAspect(.account, "AccountId"),
    ],
    "Flow logs of Amazon VPC.")

  private static let flowColumns: [SourceColumn] = [
    flow("TimeGenerated", .datetime, "start", "Time of the first packet of the flow."),
    flow("AccountId", .string, "account-id", "Account of the network interface."),
    flow("Action", .string, "action", "`ACCEPT` or `REJECT`."),
    flow("AzId", .string, "az-id", "Identifier of the availability zone."),
    flow("Bytes", .long, "bytes", "Bytes of the flow."),
    flow("DstAddr", .string, "dstaddr", "Address that the flow went to."),
    flow("DstPort", .int, "dstport", "Port that it went to."),
    flow("End", .datetime, "end", "Time of the last packet of the flow."),
    flow("FlowDirection", .string, "flow-direction", "`ingress` or `egress`, as the interface sees it."),
    flow("InstanceId", .string, "instance-id", "Instance of the network interface."),
    flow("InterfaceId", .string, "interface-id", "Network interface that saw the flow."),
    flow("LogStatus", .string, "log-status", "`OK`, `NODATA` or `SKIPDATA`."),
    flow("Packets", .int, "packets", "Packets of the flow."),
    flow("PktDstAddr", .string, "pkt-dstaddr", "Address that the packets themselves name as their end."),
    flow("PktDstAwsService", .string, "pkt-dst-aws-service", "Service of AWS at that address."),
    flow("PktSrcAddr", .string, "pkt-srcaddr", "Address that the packets themselves name as their source."),
    flow("PktSrcAwsService", .string, "pkt-src-aws-service", "Service of AWS at that address."),
    flow("Protocol", .int, "protocol", "IANA number of the protocol; 6 is TCP, 17 is UDP."),
    flow("Region", .string, "region", "Region of the network interface."),
    flow("SrcAddr", .string, "srcaddr", "Address that the flow came from."),
    flow("SrcPort", .int, "srcport", "Port that it came from."),
    flow("SublocationId", .string, "sublocation-id", "Identifier of the sublocation."),
    flow("SublocationType", .string, "sublocation-type", "Kind of sublocation, such as `wavelength`."),
    flow("SubnetId", .string, "subnet-id", "Subnet of the network interface."),
    flow("TcpFlags", .int, "tcp-flags", "Flags of TCP that were seen, as the sum of their bits."),
    flow("TrafficPath", .string, "traffic-path", "Number of the way that leaving traffic took."),
    flow("TrafficType", .string, "type", "`IPv4`, `IPv6` or `EFA`."),
    flow("Version", .int, "version", "Version of the record's format."),
    flow("VpcId", .string, "vpc-id", "VPC of the network interface."),
  ]

  /// A column, found under the name of the flow log and under its own.
  private static func flow(
    _ name: String, _ type: DataType, _ field: String, _ documentation: String
  ) -> SourceColumn {
    let spelled = [field, String(field.map { $0 == "-" ? "_" : $0 })] + SourceColumn.flatPaths(of: name)
    var seen: Set<String> = []
    return SourceColumn(name, type, from: spelled.filter { seen.insert($0).inserted }, documentation)
  }
}

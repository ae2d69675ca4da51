extension VPCFlow {
  /// Records of flows; those that say that there was none, or that some were left out, are no traffic.
  static let networkTraffic = SourceDataModel(
    "Network_Traffic",
    datasets: [
      ("All_Traffic", "*"), ("Allowed_Traffic", "action=ACCEPT OR action=allowed"),
      ("Blocked_Traffic", "action=REJECT OR action=blocked"),
    ],
    filter: "NOT _raw IN (\"*NODATA\", \"*SKIPDATA\")",
    fields: [
      (
        "action",
        #"case(action="ACCEPT" OR action="allowed", "allowed", action="REJECT" OR action="blocked", "blocked")"#
      ),
      ("bytes", "bytes"), ("packets", "packets"), ("src", "srcaddr"), ("src_ip", "srcaddr"),
      ("dest", "dstaddr"),
      ("dest_ip", "dstaddr"), ("src_port", "srcport"), ("dest_port", "dstport"), ("duration", "end-start"),
      ("direction", direction("flow-direction")), ("dvc", "'interface-id'"),
      // Read before the name is taken.
      ("transport", "lower(\(protocolName("protocol")))"), ("protocol", #""ip""#),
      ("vendor_product", #""AWS VPC Flow Logs""#),
    ])
}

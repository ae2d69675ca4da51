/// What the Splunk Add-on for AWS makes of flow records.
extension VPCFlow {
  static let addonFields = [String: AddonField](
    aliases: aliases + spellings,
    constants: [("product", "VPC Flow Logs"), ("vendor", "AWS"), ("vendor_product", "AWS VPC Flow Logs")],
    calculated: [
      ("action", action("vpcflow_action")), ("duration", "end_time-start_time"),
      ("protocol", protocolName("protocol_code")), ("transport", "lower(\(protocolName("protocol_code")))"),
      ("direction", direction("flow_direction")),
    ])

  private static let aliases: [(names: [String], paths: [String])] = [
    (["src", "src_ip"], ["srcaddr"]),
    (["dest", "dest_ip"], ["dstaddr"]),
    (["src_port"], ["srcport"]),
    (["dest_port"], ["dstport"]),
    (["protocol_code"], ["protocol"]),
    (["start_time"], ["start"]),
    (["end_time"], ["end"]),
    (["vpcflow_action"], ["action"]),
    (["aws_account_id", "vendor_account"], ["account-id"]),
    (["vendor_region"], ["region"]),
    (["dvc"], ["interface-id"]),
  ]

  /// `account-id` is called `account_id`.
  private static let spellings: [(names: [String], paths: [String])] = {
    let names = (standardNames + furtherNames).filter { $0.contains("-") }
    return names.map { name in ([String(name.map { $0 == "-" ? "_" : $0 })], [name]) }
  }()

  static func action(_ field: String) -> String {
    #"case('\#(field)'="ACCEPT", "allowed", '\#(field)'="REJECT", "blocked")"#
  }

  static func direction(_ field: String) -> String {
    #"case('\#(field)'="ingress", "inbound", '\#(field)'="egress", "outbound")"#
  }

  /// The keyword of a protocol's number; the number where it is none of these.
  static func protocolName(_ field: String) -> String {
    let cases = protocols.map { #"'\#(field)'="\#($0.code)", "\#($0.name)""# }
    return "case(\(cases.joined(separator: ", ")), true(), '\(field)')"
  }

  private static let protocols: [(code: Int, name: String)] = [
    (1, "ICMP"), (2, "IGMP"), (6, "TCP"), (17, "UDP"), (41, "IPv6"), (47, "GRE"), (50, "ESP"),
    (51, "AH"), (58, "IPv6-ICMP"), (132, "SCTP"),
  ]
}

/// `iplocation prefix=src_ sourceIPAddress`: adds where an address is.
package struct IPLocationCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let options: CommandOptions

  package var prefix: String { options.text("prefix") ?? "" }
  package var allFields: Bool { options.boolean("allfields") ?? false }

  static let record = CommandRecord(
    "iplocation", summary: "Adds where an address is.", example: "iplocation prefix=src_ sourceIPAddress"
  ) { parser, command in
    let rules: [String: OptionKind] = ["allfields": .boolean, "lang": .text, "prefix": .text]
    let (field, options) = parser.parseOneField(command, rules)
    return .iplocation(IPLocationCommandSyntax(field: field, options: options))
  }
}

/// `anomalydetection action=annotate user src`: marks rows whose values are rare.
package struct AnomalyDetectionCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  /// `filter` if nothing is said.
  package var action: String { options.text("action")?.lowercased() ?? "filter" }
  package var probabilityThreshold: Double? { options.number("pthresh") }

  static let record = CommandRecord(
    "anomalydetection", summary: "Finds rows whose values are rare.",
    example: "anomalydetection user, src action=annotate pthresh=0.01"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "action": .choice(["annotate", "filter", "remove", "rm", "summary", "tf", "transform"]),
      "cutoff": .boolean, "mark": .boolean, "method": .choice(["histogram", "iqr", "zscore"]),
      "param": .number,
      "pthresh": .number, "uselower": .boolean,
    ]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    return .anomalydetection(AnomalyDetectionCommandSyntax(fields: fields, options: options))
  }
}

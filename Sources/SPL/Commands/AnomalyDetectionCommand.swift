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

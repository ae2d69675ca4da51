import Diagnostics
import Engine

/// `anomalydetection action=annotate user src`: marks rows whose values are rare.
package struct AnomalyDetectionCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  /// `filter` if nothing is said.
  package var action: String { options.text("action")?.lowercased() ?? "filter" }
  package var probabilityThreshold: Double? { options.number("pthresh") }

  static let record = CommandRecord(
    "anomalydetection",
    syntax: "anomalydetection [action=filter|annotate|summary] [pthresh=NUMBER] [FIELD …]",
    summary: "Finds rows whose values are rare.",
    differs: [
      "A row's probability is the product of the frequencies of its values; the numbers are grouped in "
        + "another way than Splunk's."
    ],
    examples: [
      .splQuery(
        #"| makeresults count=9 | streamstats count as n | eval user=if(n=9, "eve", "ann") | table "#
          + "user | anomalydetection pthresh=0.2 | table user",
        gives: #""eve""#)
    ]
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

extension SPLLowering {
  /// An approximation: the product of the frequencies of a row's values.
  func lower(_ command: AnomalyDetectionCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    report(SPLMessages.approximate("anomalydetection", at: span))
    let fields =
      command.fields.isEmpty
      ? relation.columns.filter { !$0.name.hasPrefix("_") }
      : command.fields.flatMap { columns($0, in: &relation) }
    refuse(["cutoff", "mark", "param", "uselower"], in: command.options, of: "anomalydetection")
    if let method = command.options["method"], method.value.value.lowercased() != "histogram" {
      refuse(["method"], in: command.options, of: "anomalydetection")
    }
    let made = [
      makeColumn("log_event_prob", .real), makeColumn("probable_cause", .string),
      makeColumn("probable_cause_freq", .real), makeColumn("max_freq", .real), makeColumn("", .bool),
      makeColumn("", .real),
    ]
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan],
        operator: AnomalyOperator(
          fields: fields.map { TitledExpression(name: $0.name, value: $0.reference) },
          threshold: command.probabilityThreshold, made: made),
        origin: origin(span)))
    switch command.action {
    case "annotate":
      // Only anomalies carry the annotation.
      let isAnomaly = made[4].reference
      assign(
        made[..<4].map { column in
          Assignment(
            column: makeColumn(column.name, column.type),
            expression: choose([(isAnomaly, column.reference)], otherwise: .literal(.null, column.type)))
        }, in: &relation, at: span)
      drop([made[4], made[5]], in: &relation, at: span)
    case "summary": summarize(&relation, made, at: span)
    case "filter":
      filter(&relation, by: made[4].reference, at: span)
      drop([made[4], made[5]], in: &relation, at: span)
    default:
      report(SPLMessages.unsupported("`anomalydetection action=\(command.action)`", at: span))
    }
  }

  /// One row about the probabilities of all rows.
  private func summarize(_ relation: inout Relation, _ made: [PlanColumn], at span: SourceSpan) {
    let logarithm = made[0].reference
    let flag = choose(
      [(made[4].reference, .literal(.long(1), .long))], otherwise: .literal(.long(0), .long))
    let quarter = Expression.literal(.real(25), .real)
    let threeQuarters = Expression.literal(.real(75), .real)
    let wanted: [(function: String, arguments: [Expression], name: String)] = [
      ("sum", [flag], "num_anomalies"), ("max", [made[5].reference], "thresh"),
      ("max", [logarithm], "max_logprob"), ("min", [logarithm], "min_logprob"),
      ("perc", [logarithm, quarter], "1st_quartile"), ("perc", [logarithm, threeQuarters], "3rd_quartile"),
    ]
    let items = wanted.compactMap { wish in
      AggregateCatalog.function(wish.function, in: .spl).flatMap {
        item($0, wish.arguments, name: wish.name, at: span)
      }
    }
    aggregate(&relation, keys: [], items: items, at: span)
  }
}

extension SPLMessages {
  static func approximate(_ name: String, at span: SourceSpan) -> Diagnostic {
    .warning(
      "approximate", "`\(name)` follows the documented idea only: its numbers differ from Splunk's", at: span)
  }
}

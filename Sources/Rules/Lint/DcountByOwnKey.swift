import Engine

extension LintRule {
  static let dcountByOwnKey = LintRule(
    "dcount-by-own-key", "A distinct count of a column within groups by that column is always 1.",
    why: """
      Each group holds one value of what it is grouped by, so the count never passes a threshold. Take the column \
      out of the groups, or count another one.
      """,
    triggers: [
      .kql("AWSCloudTrail | summarize n = dcount(SourceIpAddress) by SourceIpAddress, UserIdentityArn"),
      .spl("eventName=ConsoleLogin | stats dc(sourceIPAddress) as n by sourceIPAddress"),
    ],
    quiet: [
      .kql("AWSCloudTrail | summarize n = dcount(SourceIpAddress) by UserIdentityArn"),
      .kql("AWSCloudTrail | summarize n = dcount(TimeGenerated) by bin(TimeGenerated, 1h)"),
    ]
  ) { subject in
    var findings: [Finding] = []
    for case .aggregate(let aggregate) in subject.nodes {
      let keys = aggregate.keys.compactMap { key -> PlanColumn? in
        if case .column(let column) = key.expression { subject.origin(of: column) } else { nil }
      }
      for item in aggregate.items {
        guard item.call.function.meaning == .distinctCount,
          case .column(let column)? = item.call.arguments.first,
          keys.contains(where: { $0.id == subject.origin(of: column).id })
        else { continue }
        let name = item.call.function.name(in: item.call.dialect.language)
        findings.append(
          Finding(
            "dcount-by-own-key",
            "`\(name)(\(column.name))` is 1 in every group: `\(column.name)` is a group key",
            at: item.call.span ?? aggregate.origin.span, of: subject))
      }
    }
    return findings
  }
}

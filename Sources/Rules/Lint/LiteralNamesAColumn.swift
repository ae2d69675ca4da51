import Diagnostics
import Engine
import LogSources
import Session

extension LintRule {
  static let literalNamesAColumn = LintRule(
    "literal-names-a-column", "A field compared with a text that is the name of another field.",
    why: """
      A name in quotes, or on the right of `=` and `!=` in SPL's `search`, is plain text: the field is compared \
      with those letters and not with the other field. In KQL leave out the quotes, in SPL use `where` with both \
      names in single quotes.
      """,
    triggers: [
      .spl("eventName=CreateAccessKey | search userIdentity.userName!=requestParameters.userName"),
      .kql("AWSCloudTrail | where UserIdentityUserName == 'UserIdentityPrincipalid'"),
    ],
    quiet: [
      .spl("eventName=CreateAccessKey | where 'userIdentity.userName'!='requestParameters.userName'"),
      .kql("AWSCloudTrail | where EventName == 'CreateUser'"),
      .kql(
        "AWSCloudTrail | extend Kind = iff(ErrorCode == '', 'UserAgent', 'EventName') | where Kind == 'UserAgent'"
      ),
      .spl("eventName=* | eval errorCode=if(eventName=\"errorCode\", 1, 0)"),
    ]
  ) { subject in
    var tables: Set<String> = []
    for case .scan(let scan) in subject.nodes {
      if let definition = subject.workspace.sources.table(named: scan.table) {
        tables.formUnion(definition.fields.map(\.name))
      }
    }
    var findings: [Finding] = []
    for (call, node) in subject.calls {
      guard let predicate = Predicate(.call(call)), predicate.meaning.test == .equals,
        !call.function.takesList, case .column(let column) = predicate.subject
      else { continue }
      let names = tables.union(node.inputs.flatMap(\.columns).map(\.name))
      for argument in predicate.others {
        guard case .string(let text)? = argument.constantValue, text != column.name else { continue }
        let isPath = subject.workspace.configuration.sources.contains { $0.isPath(text) }
        let isName = isPath || (LiteralNames.isCompound(text) && names.contains(text))
        guard isName, !LiteralNames.isMade(text, by: subject, comparedBy: node) else { continue }
        findings.append(
          Finding(
            "literal-names-a-column",
            "`\(column.name)` is compared with the text \"\(text)\", not with the field of that name",
            at: subject.place(call, in: node), of: subject,
            suggestions: [
              subject.query.language.advice(comparing: column.name, withColumn: text).map {
                .init(Advice($0))
              }
            ].compactMap { $0 }))
      }
    }
    return findings
  }
}

private enum LiteralNames {
  /// The rule itself writes such texts into fields, or makes the field from the comparison.
  static func isMade(_ text: String, by subject: LintSubject, comparedBy node: LogicalPlan) -> Bool {
    if case .project(let project) = node,
      project.assignments.contains(where: {
        if case .column = $0.expression { false } else { $0.column.name == text }
      })
    {
      return true
    }
    for case .project(let project) in subject.nodes {
      for assignment in project.assignments where writes(text, assignment.expression) { return true }
    }
    for case .inline(let inline) in subject.nodes {
      for row in 0..<inline.table.rowCount
      where inline.table.row(row).contains(where: { $0 == .string(text) }) {
        return true
      }
    }
    return false
  }

  /// Whether a value may be the text; what is only compared with it is not meant.
  private static func writes(_ text: String, _ expression: Expression) -> Bool {
    switch expression {
    case .literal(.string(let value), _): return value == text
    case .literal, .column, .subquery: return false
    case .call(let call):
      if call.type == .bool { return false }
      return call.arguments.contains { writes(text, $0) }
    case .conditional(let conditional):
      return writes(text, conditional.otherwise) || conditional.branches.contains { writes(text, $0.value) }
    case .binding(let binding): return writes(text, binding.value) || writes(text, binding.body)
    }
  }

  /// Of several words, as values seldom are: `UserAgent`, `user_agent`.
  static func isCompound(_ text: String) -> Bool {
    text.count >= 6 && (text.contains("_") || text.dropFirst().contains { $0.isUppercase })
      && text.contains { $0.isLowercase }
  }
}

import Diagnostics
import Engine
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
    ]
  ) { subject in
    var tables: Set<String> = []
    for case .scan(let scan) in subject.nodes {
      if let definition = subject.workspace.sources.table(named: scan.table) {
        tables.formUnion(definition.fields.map(\.name))
      }
    }
    var findings: [Finding] = []
    for (call, node) in subject.calls where LiteralNames.operators.contains(call.name) {
      guard call.arguments.count >= 2, case .column(let column) = call.arguments[0] else { continue }
      let names = tables.union(node.inputs.flatMap(\.columns).map(\.name))
      for argument in call.arguments.dropFirst() {
        guard case .string(let text)? = argument.constantValue, text != column.name else { continue }
        let isName = CloudTrailFields.isPath(text) || (LiteralNames.isCompound(text) && names.contains(text))
        guard isName else { continue }
        findings.append(
          Finding(
            "literal-names-a-column",
            "`\(column.name)` is compared with the text \"\(text)\", not with the field of that name",
            at: subject.place(call, in: node), of: subject,
            suggestions: [
              .init(
                call.language == .spl
                  ? "compare two fields: `where '\(column.name)'='\(text)'`"
                  : "without quotes it is the column `\(text)`")
            ]))
      }
    }
    return findings
  }
}

private enum LiteralNames {
  static let operators: Set<String> = ["==", "=~", "!=", "!~", "=", "search=", "search!="]

  /// Of several words, as values seldom are: `UserAgent`, `user_agent`.
  static func isCompound(_ text: String) -> Bool {
    text.count >= 6 && (text.contains("_") || text.dropFirst().contains { $0.isUppercase })
      && text.contains { $0.isLowercase }
  }
}

import Diagnostics
import Engine
import KQL
import Session

extension LintRule {
  static let joinWithoutKind = LintRule(
    "join-without-kind", "A KQL `join` without `kind` keeps only one left row for each key.",
    why: """
      The default is `innerunique`: of the left rows that share a key an arbitrary one is kept, so counts and \
      columns of the others are lost. Write `kind=inner` for all pairs, or `kind=innerunique` where one is meant.
      """,
    triggers: [
      .kql(
        "AWSCloudTrail | where EventName == 'CreateUser'\n| join (AWSCloudTrail | where EventName == 'CreateAccessKey') on UserIdentityArn"
      )
    ],
    quiet: [
      .kql(
        "AWSCloudTrail | where EventName == 'CreateUser'\n| join kind=inner (AWSCloudTrail | where EventName == 'CreateAccessKey') on UserIdentityArn"
      ),
      .spl("eventName=CreateUser | join userName [search eventName=CreateAccessKey]"),
    ]
  ) { subject in
    subject.syntax.all(JoinSyntax.self).filter { $0.kind == nil }.map { join in
      let word = StageWord.word("join", of: join.span)
      return Finding(
        "join-without-kind", "this join keeps one left row for each key: it has no `kind`", at: word,
        of: subject,
        suggestions: [.init("`join kind=inner` pairs all rows; `kind=innerunique` says that one is meant")])
    }
  }
}

import Engine

extension LintRule {
  /// Reading the search finds it and warns of it.
  static let dottedName = LintRule(
    "dotted-name", "A dotted field name without single quotes in an SPL expression joins two texts.",
    why: """
      In `eval`, `where` and `match(…)` a dot joins texts: `userIdentity.userName` is the field `userIdentity` \
      followed by the field `userName`, which is null. Write `'userIdentity.userName'`.
      """,
    triggers: [
      .spl("eventName=CreateAccessKey | eval same=if(match(userIdentity.userName, \"bob\"), 1, 0)"),
      .spl("eventName=CreateAccessKey | where requestParameters.userName!=userIdentity.userName"),
    ],
    quiet: [
      .spl("eventName=CreateAccessKey | where 'requestParameters.userName'!=\"bob\""),
      .spl("eventName=CreateAccessKey | eval both=eventName.\" \".awsRegion"),
    ]
  ) { _ in [] }
}

extension ArgumentTable {
  /// The verbs in the order of the help.
  static let verbs: [VerbDefinition] = [
    VerbDefinition(
      .query, usages: ["QUERY [LOGS…]", "--file FILE [LOGS…]"],
      summary: "Run one query over logs",
      details: """
        LOGS are files or folders, read recursively: CloudTrail JSON, plain or gzipped, or one event a line. \
        The language comes from the ending of FILE (.kql, .spl), else it is kql.
        """,
      examples: [
        "trawl query 'AWSCloudTrail | summarize count() by EventName | top 10 by count_' logs/",
        "trawl query -l spl 'sourcetype=aws:cloudtrail | top eventName' logs/",
        "trawl query --file hunt.kql --format csv logs/ > hits.csv",
      ]),
    VerbDefinition(
      .run, usages: ["RULES… --logs LOGS"],
      summary: "Run detection rules over logs and list their alerts",
      details: "RULES are rule files, folders or packs; every rule sees the logs in one pass.", fewest: 1,
      examples: ["trawl run rules/ --logs logs/", "trawl run rules/ --logs logs/ --fail-on-alert"]),
    VerbDefinition(
      .test, usages: ["RULES…"], summary: "Run the tests that stand beside the rules",
      details: """
        The tests of NAME.kql, NAME.spl or NAME.yml stand in NAME.tests.yml: a list of tests, each with a name, \
        logs (paths relative to that file) or events, now, set, watchlists, lookups, macros, and what it expects: \
        expect (fires or silent), rows, contains and lacks (rows written column: value), or result, all rows as \
        --record wrote them. Tests within a detection for Splunk run over the files of --attack-data.
        """, fewest: 1,
      examples: [
        "trawl test rules/", "trawl test rules/ --filter threshold --junit results.xml",
        "trawl test rules/ses.kql --record", "trawl test rules/ --watch",
      ]),
    VerbDefinition(
      .check, usages: ["RULES… [--logs LOGS]", "--list"],
      summary: "Read rules and say what is wrong or doubtful in them",
      details: """
        With --logs also what the logs never hold: fields that are always empty, texts that never occur. A comment \
        `trawl: allow SLUG` in the rule allows a finding. Errors exit with 2, warnings with 0 unless --strict.
        """,
      examples: [
        "trawl check rules/ --strict", "trawl check rules/ --logs logs/ --format sarif > check.sarif",
      ]),
    VerbDefinition(
      .explain, usages: ["QUERY", "--file FILE"], summary: "Show how a query is understood and planned",
      details: "Every stage on the way from text to execution can be shown with --stage.", most: 1,
      examples: ["trawl explain 'AWSCloudTrail | where EventName has \"Create\"' --stage optimized"]),
    VerbDefinition(
      .schema, usages: ["", "TABLE", "LOGS…"],
      summary: "List the tables, the columns of a table, or the fields found in logs",
      examples: ["trawl schema AWSCloudTrail", "trawl schema logs/"]),
    VerbDefinition(
      .functions, usages: ["[NAME]"], summary: "List the functions of a language, or explain one", most: 1,
      examples: ["trawl functions ipv4_is_private", "trawl functions -l spl"]),
    VerbDefinition(
      .why, usages: ["RULE --logs LOGS", "QUERY [LOGS…]", "--file FILE [LOGS…]"],
      summary: "Show stage by stage how many rows are left, and where the last ones went",
      details: """
        Counts run over the plan as it is written: rows in and out of each stage, for each let, leg of a union and \
        side of a join; at a filter, how many rows each condition passes alone and so far. Where nothing is left, \
        the nearest miss says what the data has instead. --format json gives results, their branches and stages, \
        each with line, column, rowsIn, rowsOut, conditions (alone, inSequence) and nearestMisses (kind, message).
        """,
      examples: [
        "trawl why rules/root-login.yml --logs logs/",
        "trawl why hunt.kql logs/ --event 1f0c6e5a --format json",
      ]),
    VerbDefinition(
      .coverage, usages: ["RULES… --logs LOGS"],
      summary: "Show which rules fire on which logs, and what in the logs no rule reads",
      details: """
        One column for each --logs, or for each day where there is one: fired, silent or not run. Then the event \
        names that no rule reads, and the texts in rules that the logs never hold.
        """, fewest: 1,
      examples: ["trawl coverage rules/ --logs attack/ --logs ordinary/ --format markdown"]),
    VerbDefinition(
      .help, usages: ["[VERB]"], summary: "Show this help, or the help of a verb", most: 1,
      examples: ["trawl help query"]),
  ]
}

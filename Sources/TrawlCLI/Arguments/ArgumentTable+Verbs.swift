extension ArgumentTable {
  /// The verbs in the order of the help.
  static let verbs: [VerbDefinition] = [
    VerbDefinition(
      .query, usages: ["QUERY [LOGS…]", "--file FILE [LOGS…]"],
      summary: "Run one query over logs",
      details: """
        LOGS are files or folders, read recursively, plain, compressed or in archives; - is the standard \
        input: CloudTrail, GuardDuty findings, VPC flow records, sign-ins; `trawl schema` lists the tables. \
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
      details: """
        RULES are rule files, folders or packs: .kql, .spl, YAML of Sentinel and contentctl, JSON that Sentinel exports, \
        savedsearches.conf; every rule sees the logs in one pass. --replay runs each rule as its \
        schedule would have: at every full multiple of its frequency, with that time as now(), over the events of its \
        period before, and says when each alert would first have been found. Events count from their own time: that \
        they arrive later is not known here. A rule whose table, watchlist, lookup or macro is not there is listed as \
        not run, with what would bring it; if no rule could run the exit code is 3.
        """, fewest: 1,
      examples: [
        "trawl run rules/ --logs logs/", "trawl run rules/ --logs logs/ --fail-on-alert",
        "trawl run rules/ --logs logs/ --replay --every 1h --period 1d",
      ]),
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
      details: """
        Every stage on the way from text to execution can be shown with --stage. --format json writes the stages plan \
        and optimized as documents, one a line, that hold all of a plan and are the same from run to run.
        """, most: 1,
      examples: [
        "trawl explain 'AWSCloudTrail | where EventName has \"Create\"' --stage optimized",
        "trawl explain --file rule.kql --format json",
      ]),
    VerbDefinition(
      .schema, usages: ["", "TABLE", "LOGS…"],
      summary:
        "List the tables, the columns of a table, or the fields of logs and what each file was taken for",
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
      .diff, usages: ["OLD NEW --logs LOGS"],
      summary: "Show what a change of a rule does to its rows and alerts",
      details: """
        OLD and NEW are two rules, or two folders, whose rules are paired by path, id, file name or title. Rows are \
        paired by --key, else by the columns that both rules group by, else by the fewest columns that tell all rows \
        apart; the order of rows is not compared. Between KQL and SPL values are compared by meaning: texts of numbers \
        as numbers (to 12 digits), epoch seconds as times, a list of one value as that value and longer ones in any \
        order, and null, "" and an absent field are the same. - is the standard input; a file without a rule's ending \
        has the language of the other, as in: git show HEAD:rules/x.kql | trawl diff - rules/x.kql --logs logs/. \
        Exit code 1: rows, columns or alerts differ, or one of the two lacks what it needs; 3: neither could run.
        """, fewest: 2, most: 2,
      examples: [
        "trawl diff /tmp/old.kql rules/x.kql --logs logs/",
        "trawl diff main/rules rules --logs logs/ --format markdown",
        "trawl diff x.kql x.spl --map UserIdentityArn=user --ignore RiskLevel --logs logs/",
      ]),
    VerbDefinition(
      .sweep, usages: ["RULE --set NAME=FROM..TO:STEP --logs LOGS"],
      summary: "Try values for a threshold or a window of a rule",
      details: """
        NAME=FROM..TO:STEP takes numbers and times (1h..24h:1h), NAME=1,5,10 a list; of several every combination is \
        tried, and a single value is fixed. NAME is a value that is compared with a number (`where NAME > 10`); in KQL \
        also a scalar let, ago or bin; in SPL a macro without arguments, a field that `eval NAME=…` sets to a constant, \
        span, earliest or latest. A name that the rule has not lists those it has. The logs are read once.
        """, fewest: 1, most: 1,
      examples: [
        "trawl sweep rules/high-volume-ses.kql --set SESHighVolumeThreshold=50..500:50 --logs logs/",
        "trawl sweep rule.spl --set Threshold=10,50,100 --set span=30m,1h --logs logs/ --format csv",
      ]),
    VerbDefinition(
      .port, usages: ["RULES… --to kql|spl [--logs LOGS]", "- --to kql|spl"],
      summary: "Write rules in the other language and prove that they find the same",
      details: """
        The rule is written from its plan, with the tables and fields of the other product, and read back from its \
        text. With --logs both run and their rows are compared as `trawl diff` does; without, over events made for the \
        rule, and conditions that none of them decides are named. What that product does otherwise \
        is said beside the rule. A rule that cannot be said there is refused, with the stage that stands in the way; \
        with --partial that stage is left out and marked in the text. Exit code 1: other rows; 2: a rule is not ported, \
        or not all of it. - is the rule on the standard input: Sentinel's or contentctl's YAML, or a query in the \
        language that is no target.
        """, fewest: 1,
      examples: [
        "trawl port rules/ses.kql --to spl --logs logs/ > ses.spl",
        "trawl port detections/ --to kql --out ported/ --logs logs/ --format markdown > report.md",
        "trawl port - --to spl < ses.kql > ses.spl",
      ]),
    VerbDefinition(
      .fmt, usages: ["RULES…", "-"], summary: "Lay out the queries of rules",
      details: """
        Each stage gets a line, and lists and conditions are broken where they would be longer than 100 characters. \
        Nothing but the white space between tokens changes; comments stay. The files of the rules are rewritten, and \
        those that changed are listed; of a rule in YAML the block of its query is. - lays out the query on the \
        standard input and writes it to the standard output. With --check nothing is written, and the exit code is 1 \
        if a file is not laid out.
        """, fewest: 1,
      examples: [
        "trawl fmt rules/", "trawl fmt --check rules/", "trawl fmt -l spl - < hunt.txt",
      ]),
    VerbDefinition(
      .pack, usages: ["LOGS… --out DIR"],
      summary: "Pack CloudTrail into Parquet by day, which queries read many times faster",
      details: """
        DIR holds a folder for each day, with the columns of AWSCloudTrail and the raw event beside them: Trawl reads it \
        as it reads the logs, with the same rows, and DuckDB, Spark, Athena and Polars read it too. Packed again, only \
        files that are new or changed are read; what was packed stays when its file is gone. A run that is broken off \
        leaves DIR as it was, and the next one goes on from there.
        """, fewest: 1,
      examples: [
        "trawl pack logs/ --out packed/", "trawl pack archive.zip today/ --out packed/ -q",
      ]),
    VerbDefinition(
      .events, usages: ["RULES… --out DIR"],
      summary: "Make logs that a rule fires on, and near misses of each of its conditions",
      details: """
        The plan of the rule is gone backwards from a row of its result to events that give it. For each condition \
        events follow that miss it and nothing else: another case, an absent field, one event fewer, a time outside. \
        All are run; what the rule did is written beside them as its tests, which `trawl test DIR` runs. A condition \
        without a near miss is named with the reason. Exit code 1: a rule without a log that it fires on; 2: a rule is \
        wrong, or a file is there already.
        """, fewest: 1,
      examples: [
        "trawl events rules/ses.kql --out made/",
        "trawl events detections/ --macros macros/ --out made/ --format json",
      ]),
    VerbDefinition(
      .shell, usages: ["LOGS…"], summary: "Ask one question after the other, in every language at one prompt",
      details: """
        What a question reads stays in memory, so that the next one over the same columns reads no file. Its language \
        is told from its text; the last result is the table _. Tab completes names, and values with how often the \
        logs have them; lines that begin with a backslash are commands, which \\help lists. Questions may also come \
        through a pipe, with an empty line behind each that goes over several lines. What was typed is kept in the \
        file that TRAWL_HISTORY names, else in ~/.local/state/trawl/history. PAGER shows what is longer than the screen.
        """,
      examples: ["trawl shell logs/", "trawl shell logs/ --format csv < questions.txt"]),
    VerbDefinition(
      .completions, usages: ["bash|zsh|fish"],
      summary: "Write a script by which a shell completes trawl's words",
      details: """
        bash: source <(trawl completions bash) in ~/.bashrc. zsh: trawl completions zsh > _trawl in a folder of fpath. \
        fish: trawl completions fish > ~/.config/fish/completions/trawl.fish.
        """, fewest: 1, most: 1, operandWords: CompletionScript.allCases.map(\.rawValue),
      examples: ["trawl completions bash > ~/.local/share/bash-completion/completions/trawl"]),
    VerbDefinition(
      .man, usages: ["[VERB]"], summary: "Write the manual page of trawl, or of a verb", most: 1,
      operandWords: VerbName.allCases.map(\.rawValue),
      examples: ["trawl man > ~/.local/share/man/man1/trawl.1", "trawl man query > trawl-query.1"]),
    VerbDefinition(
      .summary, usages: ["LOGS…"],
      summary: "Show who did what from where and when in logs",
      details: """
        Events, errors, first and last time of each identity, address, service, action, region, error, client and \
        account, who came from where, a timeline, and what is new against the earlier part of the logs. --limit N \
        lists more of each; --format csv has a row for each value, json also who came from where and the timeline.
        """, fewest: 0,
      examples: ["trawl summary logs/", "trawl summary logs/ --since 2026-03-02 --html summary.html"]),
    VerbDefinition(
      .help, usages: ["[VERB]"], summary: "Show this help, or the help of a verb", most: 1,
      operandWords: VerbName.allCases.map(\.rawValue),
      examples: ["trawl help query"]),
  ]
}

import Engine
import Rules
import Session

extension ArgumentTable {
  private static let all = Set(VerbName.allCases)
  /// Verbs that run a query or a rule over logs.
  private static let running: Set<VerbName> = [.query, .run, .test, .why, .diff, .sweep, .port, .shell]
  /// Verbs that read logs named on the command line.
  private static let reading: Set<VerbName> = [
    .query, .run, .schema, .why, .diff, .sweep, .port, .shell, .summary,
  ]
  /// Verbs that read logs, wherever they are named.
  private static let loading = reading.union([.test, .check, .coverage, .pack])
  /// Verbs that bind a query.
  private static let binding: Set<VerbName> = [
    .query, .run, .test, .check, .explain, .why, .diff, .sweep, .coverage, .port, .shell, .events,
  ]
  /// Verbs that write a table.
  private static let writing: Set<VerbName> = [
    .query, .run, .test, .check, .schema, .functions, .why, .diff, .sweep, .coverage, .port, .shell, .events,
    .summary,
  ]

  /// The options in the order of the help.
  static let options: [OptionDefinition] =
    input + workspace + run + cluster + comparison + translation + schedule + output + other

  private static let input: [OptionDefinition] = [
    OptionDefinition(
      .language, short: "l", choices: .languages, in: .input,
      of: binding.subtracting([.sweep, .events]).union([.functions, .fmt]),
      "Language of the query; default: by the file's ending, else kql"),
    OptionDefinition(
      .file, short: "f", value: "FILE", in: .input, of: [.query, .explain, .why],
      "Read the query from FILE; - is the standard input"),
    OptionDefinition(
      .logs, value: "PATH", isRepeatable: true, in: .input, of: reading.union([.check, .coverage]),
      "A log file or a folder of log files"
    ),
    OptionDefinition(
      .table, value: "NAME=PATH", isRepeatable: true, in: .input,
      of: binding.subtracting([.events]).union([.schema, .summary]),
      "Load JSON, CSV or Parquet as the table NAME"),
    OptionDefinition(
      .index, value: "NAME", in: .input, of: binding,
      "SPL: the index that the logs are in; default: any name fits"),
    OptionDefinition(
      .view, value: "raw|addon", choices: .words(SplunkView.allCases.map(\.rawValue)), in: .input,
      of: binding,
      "SPL: the JSON's own fields, or also those of Splunk's add-on for AWS"),
    OptionDefinition(
      .splunkLimits, in: .input, of: binding,
      "SPL: cut sort, list and subsearches where Splunk cuts them"),
  ]

  private static let workspace: [OptionDefinition] = [
    OptionDefinition(
      .functions, value: "PATH", isRepeatable: true, in: .workspace, of: binding,
      "KQL: saved functions, a file NAME.kql or a folder of them"),
    OptionDefinition(
      .watchlist, value: "NAME=FILE[:KEY]", isRepeatable: true, in: .workspace, of: binding,
      "KQL: the CSV file that _GetWatchlist('NAME') reads"),
    OptionDefinition(
      .external, value: "URL=FILE", isRepeatable: true, in: .workspace, of: binding,
      "KQL: the local file that externaldata reads in place of URL"),
    OptionDefinition(
      .macros, value: "PATH", isRepeatable: true, in: .workspace, of: binding.union([.fmt]),
      "SPL: macros, a macros.conf, JSON, or a folder of them or of macro YAML"),
    OptionDefinition(
      .lookups, value: "DIR", isRepeatable: true, in: .workspace, of: binding,
      "SPL: lookup tables: NAME.csv, lookup YAML and transforms.conf in DIR"),
    OptionDefinition(
      .lookupOutput, value: "DIR", in: .workspace, of: [.query, .run],
      "SPL: let outputlookup write NAME.csv into DIR, which is read too"),
    OptionDefinition(
      .geoip, value: "FILE", in: .workspace, of: binding,
      "CSV of places: network (a CIDR), country, state, city, latitude, longitude"),
    OptionDefinition(
      .set, value: "NAME=VALUE", isRepeatable: true, in: .workspace, of: binding,
      "Replace the value of a scalar let of the query"),
  ]

  private static let run: [OptionDefinition] = [
    OptionDefinition(
      .now, value: "TIME|latest|wall", in: .run, of: running.union([.explain, .coverage]),
      "What now() is: a time, the end of the logs, or the clock; default: latest"),
    OptionDefinition(
      .stage, value: "STAGE", choices: .words(ExplainVerb.Stage.allCases.map(\.rawValue)), in: .run,
      of: [.explain], "tokens, tree, plan, optimized or physical; default: optimized"),
    OptionDefinition(
      .event, value: "ID", in: .run, of: [.why], "Follow one event to the stage that drops it"),
    OptionDefinition(
      .filter, value: "TEXT", in: .run, of: [.test], "Only tests with TEXT in their name or their rule's path"
    ),
    OptionDefinition(
      .junit, value: "FILE", in: .run, of: [.test], "Also write the results to FILE as JUnit XML"),
    OptionDefinition(
      .record, in: .run, of: [.test],
      "Write the rows into tests that have a result, or that expect nothing yet"),
    OptionDefinition(
      .watch, in: .run, of: [.test], "Run again when a rule, a test or a log changes; Ctrl-C ends it"),
    OptionDefinition(
      .attackData, value: "DIR", isRepeatable: true, in: .run, of: [.test],
      "Folder with the data that tests within detections for Splunk name by URL"),
    OptionDefinition(
      .strict, in: .run, of: binding, "Treat warnings as errors"),
    OptionDefinition(
      .lenient, in: .run, of: binding, "Run KQL that Kusto refuses where it has a meaning, with a warning"),
    OptionDefinition(
      .failOnAlert, in: .run, of: [.run], "Exit with 1 if a rule finds something"),
    OptionDefinition(
      .applyPeriod, in: .run, of: [.run],
      "Rules with a period see only the events of that time before now, as in Sentinel"),
    OptionDefinition(.list, in: .run, of: [.check], "List what is looked for, and why, in place of checking"),
    OptionDefinition(
      .allowPartial, in: .run, of: loading,
      "Exit with 0 also if some input was damaged"),
    OptionDefinition(
      .timeout, value: "DURATION", in: .run,
      of: reading.union([.test, .check, .coverage, .explain, .pack, .events]),
      "Stop after a time such as 30s or 5m, from start to last row; default: none"),
    OptionDefinition(
      .memoryLimit, value: "SIZE", in: .run,
      of: reading.union([.test, .check, .coverage, .explain, .pack, .events]),
      "Stop where more memory is needed than 512M or 4G; default: three quarters"),
    OptionDefinition(
      .fileLimit, value: "SIZE", in: .run, of: loading,
      "Read no file that is larger, as it is or unpacked; default: 2G"),
    OptionDefinition(
      .ratioLimit, value: "N", in: .run, of: loading,
      "Unpack no file to more than N times its size; default: 250, beyond 256M"),
    OptionDefinition(
      .queryLimit, value: "SIZE", in: .run, of: binding,
      "Refuse queries that are longer, such as 64K; default: none"),
    OptionDefinition(
      .outputLimit, value: "SIZE", in: .output,
      of: [.query, .run, .check, .explain, .why, .diff, .sweep, .coverage, .summary],
      "Write no results if they are longer, such as 10M; default: none"),
    OptionDefinition(
      .threads, value: "N", in: .run, of: loading,
      "Cores to use; default: all. The result is the same"),
    OptionDefinition(
      .optimizer, value: "on|off", choices: .words(["on", "off"]), in: .run,
      of: reading.union([.test, .check, .coverage]),
      "off: run plans as they are written. The result is the same"),
    OptionDefinition(
      .profile, in: .run, of: [.query, .run, .shell], "Show rows and time of each operator on stderr"),
  ]

  private static let cluster: [OptionDefinition] = [
    OptionDefinition(
      .engine, value: "local|spark", choices: .words(EngineChoice.allCases.map(\.rawValue)), in: .run,
      of: EngineChoice.verbs,
      "Run on this machine, or on a Spark cluster; default: local. Same rows"),
    OptionDefinition(
      .master, value: "URL", in: .run, of: EngineChoice.verbs,
      "--engine spark: the cluster: local[*], spark://HOST:PORT, yarn, k8s://…"),
    OptionDefinition(
      .sparkSubmit, value: "PATH", in: .run, of: EngineChoice.verbs,
      "--engine spark: the program that starts the job; default: spark-submit"),
    OptionDefinition(
      .sparkConf, value: "K=V", isRepeatable: true, in: .run, of: EngineChoice.verbs,
      "--engine spark: a setting of Spark, such as spark.executor.memory=1g"),
    OptionDefinition(
      .dryRun, in: .run, of: EngineChoice.verbs,
      "--engine spark: show the command and the fragments, and run nothing"),
  ]

  private static let comparison: [OptionDefinition] = [
    OptionDefinition(
      .key, value: "COLUMNS", isRepeatable: true, in: .run, of: [.diff],
      "Pair rows by these columns, comma-separated; default: found"),
    OptionDefinition(
      .map, value: "OLD=NEW", isRepeatable: true, in: .run, of: [.diff],
      "Compare the old column OLD with the new column NEW, comma-separated"),
    OptionDefinition(
      .ignore, value: "COLUMNS", isRepeatable: true, in: .run, of: [.diff],
      "Do not compare these columns, comma-separated"),
  ]

  private static let translation: [OptionDefinition] = [
    OptionDefinition(
      .to, choices: .languages, in: .run, of: [.port], "The language that the rules are to be in"),
    OptionDefinition(
      .out, value: "DIR", in: .output, of: [.port, .pack, .events],
      "Write a file for each rule into DIR; pack: the folder of packed logs"),
    OptionDefinition(
      .compression, value: "WAY", choices: .words(ParquetCompression.allCases.map(\.rawValue)), in: .output,
      of: [.pack], "zstd (smaller), snappy (faster) or none; default: snappy"),
    OptionDefinition(
      .force, in: .output, of: [.port, .events], "Overwrite files that are there"),
    OptionDefinition(
      .partial, in: .run, of: [.port], "Leave out the stages that cannot be said, and mark them in the text"),
    OptionDefinition(
      .checkOnly, in: .output, of: [.fmt], "Write nothing; exit with 1 if a file is not laid out"),
  ]

  private static let schedule: [OptionDefinition] = [
    OptionDefinition(
      .since, value: "TIME", in: .run, of: [.summary],
      "What is first seen from TIME on is new; default: the last day, or quarter"),
    OptionDefinition(
      .replay, in: .run, of: [.run], "Run each rule on its schedule over the span of the logs"),
    OptionDefinition(
      .every, value: "DURATION", in: .run, of: [.run],
      "--replay: how often rules run; default: as they say"),
    OptionDefinition(
      .period, value: "DURATION", in: .run, of: [.run],
      "--replay: how far rules look back; default: as they say"),
  ]

  private static let output: [OptionDefinition] = [
    OptionDefinition(
      .format, value: "FORMAT",
      choices: .words(OutputFormat.allCases.map(\.rawValue) + DocumentFormat.allCases.map(\.rawValue)),
      in: .output,
      of: writing.union([.explain]),
      "table, json, ndjson, csv, tsv, markdown, typed-json, arrow, html, …"),
    OptionDefinition(
      .envelope, in: .output, of: writing.subtracting([.shell]),
      "json, ndjson, typed-json: with the engine, now, the limits and the input"),
    OptionDefinition(
      .html, value: "FILE", in: .output, of: DocumentFormat.html.verbs,
      "Also write the result as a page to FILE"),
    OptionDefinition(
      .rows, in: .output, of: [.run], "Below the list of alerts, show the rows of each rule"),
    OptionDefinition(
      .chart, in: .output, of: [.query],
      "Draw the rows, also in a pipe; a terminal shows what `render` asks for"),
    OptionDefinition(
      .limit, value: "N", in: .output, of: writing, "Show at most N rows, and say how many there are"),
    OptionDefinition(
      .width, value: "N", in: .output, of: writing,
      "Columns that a table fits into; 0 never cuts; default: the terminal's"),
    OptionDefinition(
      .csvSafe, in: .output, of: writing, "csv, tsv: put ' before cells that a spreadsheet would run"),
    OptionDefinition(
      .quiet, short: "q", aliases: ["no-summary"], in: .output, of: writing.union([.pack]),
      "No summary and no progress on stderr"),
  ]

  private static let other: [OptionDefinition] = [
    OptionDefinition(
      .color, value: "WHEN", choices: .words(ColourChoice.allCases.map(\.rawValue)), in: .other, of: all,
      "auto, always or never; default: on a terminal without NO_COLOR"),
    OptionDefinition(.help, short: "h", in: .other, of: all, "Show this help"),
    OptionDefinition(.version, short: "V", in: .other, of: all, "Show the version"),
  ]
}

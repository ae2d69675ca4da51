/// The long names of all options.
enum OptionName: String, Hashable, Sendable, CaseIterable {
  case language, file, logs, table, functions, watchlist, external, macros, lookups, geoip, index, view
  case key, map, ignore, replay, every, period
  case now, set, stage, event, junit, filter
  case format, envelope, limit, width, chart, html, since, rows
  case record, watch, color
  case to, out, compression, force, partial
  case checkOnly = "check"
  case attackData = "attack-data"
  case csvSafe = "csv-safe"
  case quiet, strict, lenient
  case failOnAlert = "fail-on-alert"
  case applyPeriod = "apply-period"
  case list
  case allowPartial = "allow-partial"
  case lookupOutput = "lookup-output"
  case splunkLimits = "splunk-limits"
  case timeout
  case memoryLimit = "memory-limit"
  case fileLimit = "file-limit"
  case ratioLimit = "ratio-limit"
  case queryLimit = "query-limit"
  case outputLimit = "output-limit"
  case threads, optimizer, profile, help, version
  case engine, master
  case sparkSubmit = "spark-submit"
  case sparkConf = "spark-conf"
  case dryRun = "dry-run"
}

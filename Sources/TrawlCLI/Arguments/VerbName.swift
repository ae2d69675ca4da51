/// The first word after `trawl`.
enum VerbName: String, Hashable, Sendable, CaseIterable {
  case query, run, test, check, explain, schema, functions, why, diff, sweep, coverage, port, fmt, pack
  case events, shell, completions, man, summary, help
}

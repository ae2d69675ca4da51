/// Functions of Splunk that Trawl does not have, with the reason.
enum RefusedFunctions {
  static let eval: [String: String] = [
    "commands": "it reads a search, not events"
  ]

  static let aggregates: [String: String] = [
    "estdc_error": "`estdc` counts exactly here, so that there is no error",
    "rate_avg": "it is for metrics, and Trawl reads logs",
    "rate_sum": "it is for metrics, and Trawl reads logs",
    "per_day": "only `timechart` has it", "per_hour": "only `timechart` has it",
    "per_minute": "only `timechart` has it", "per_second": "only `timechart` has it",
  ]
}

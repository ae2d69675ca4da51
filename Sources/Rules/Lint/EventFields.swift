import LogSources

/// The names of fields of events, whatever source they are of.
enum EventFields {
  /// A name that Splunk or one of some sources gives by itself.
  static func isKnown(_ name: String, in sources: [SourceDefinition]) -> Bool {
    splunk.contains(name) || name.hasPrefix("date_") || sources.contains { $0.hasField(name) }
  }

  private static let splunk: Set<String> = [
    "_time", "_raw", "_indextime", "host", "source", "sourcetype", "index", "linecount", "punct",
    "splunk_server", "eventtype", "tag", "timestamp", "timestartpos", "timeendpos",
  ]
}

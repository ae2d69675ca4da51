import LogSources

/// The names that CloudTrail events begin their paths with.
enum CloudTrailFields {
  /// Fields of the events themselves: `eventName`, `userIdentity`, …
  static let roots: Set<String> = {
    var names: Set<String> = []
    for column in SourceTable.awsCloudTrail.columns {
      for path in column.paths {
        guard let first = path.split(separator: ".").first?.prefix(while: { $0 != "[" && $0 != "{" }),
          let letter = first.first, letter.isLowercase
        else { continue }
        names.insert(String(first))
      }
    }
    return names.union(objects)
  }()

  /// Those that hold further fields.
  static let objects: Set<String> = [
    "userIdentity", "requestParameters", "responseElements", "additionalEventData", "resources", "tlsDetails",
    "serviceEventDetails", "addendum", "sessionCredentialFromConsole", "edgeDeviceDetails", "insightDetails",
  ]

  /// `requestParameters.userName`: a path into an event.
  static func isPath(_ text: String) -> Bool {
    guard let dot = text.firstIndex(of: "."), text.index(after: dot) < text.endIndex else { return false }
    return objects.contains(String(text[..<dot]).replacingBraces) && !text.contains(" ")
  }

  /// A name that Splunk or CloudTrail gives by itself.
  static func isKnown(_ name: String) -> Bool {
    let first = name.split(separator: ".").first.map { String($0).replacingBraces } ?? name
    return roots.contains(first) || splunk.contains(name) || name.hasPrefix("date_")
  }

  private static let splunk: Set<String> = [
    "_time", "_raw", "_indextime", "host", "source", "sourcetype", "index", "linecount", "punct",
    "splunk_server", "eventtype", "tag", "timestamp", "timestartpos", "timeendpos",
  ]
}

extension String {
  /// `resources{}` as `resources`.
  fileprivate var replacingBraces: String { String(prefix { $0 != "{" && $0 != "[" }) }
}

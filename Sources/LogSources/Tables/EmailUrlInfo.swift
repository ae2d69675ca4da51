extension SourceTable {
  /// Addresses in e-mails.
  package static let emailURLInfo = SourceTable.flat(
    "EmailUrlInfo",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "NetworkMessageId", "ReportId", "Url", "UrlDomain", "UrlLocation",
    ],
    isSubset: true, "Addresses in e-mails.")
}

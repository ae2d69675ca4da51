extension SourceTable {
  /// Requests to Internet Information Services.
  package static let w3cIISLog = SourceTable.flat(
    "W3CIISLog",
    datetime: [
      "TimeGenerated"
    ],
    string: [
      "AzureDeploymentID", "Computer", "Confidence", "Date", "Description", "FirstReportedDateTime",
      "IndicatorThreatType", "IsActive", "LastReportedDateTime", "MaliciousIP", "ManagementGroupName",
      "RemoteIPCountry", "Role", "RoleInstance", "StorageAccount", "TLPLevel", "Time", "_ResourceId",
      "_SubscriptionId", "cIP", "csCookie", "csHost", "csMethod", "csReferer", "csUriQuery", "csUriStem",
      "csUserAgent", "csUserName", "csVersion", "sComputerName", "sIP", "sSiteName", "scStatus",
      "scSubStatus", "scWin32Status",
    ],
    int: [
      "Severity", "sPort",
    ],
    long: [
      "TimeTaken", "csBytes", "scBytes",
    ],
    real: [
      "RemoteIPLatitude", "RemoteIPLongitude",
    ],
    "Requests to Internet Information Services.")
}

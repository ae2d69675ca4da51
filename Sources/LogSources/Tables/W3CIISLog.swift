extension SourceTable {
  /// Requests to Internet Information Services.
  package static let w3cIISLog = SourceTable.flat(
    "W3CIISLog",
    datetime: ["TimeGenerated"],
    string: [
      "Computer", "Date", "IndicatorThreatType", "MaliciousIP", "RemoteIPCountry", "StorageAccount",
      "Time", "cIP", "csCookie", "csHost", "csMethod", "csReferer", "csUriQuery", "csUriStem",
      "csUserAgent", "csUserName", "csVersion", "sComputerName", "sIP", "sPort", "sSiteName",
      "scStatus", "scSubStatus", "scWin32Status",
    ],
    long: ["TimeTaken", "csBytes", "scBytes"],
    real: ["RemoteIPLatitude", "RemoteIPLongitude"],
    "Requests to Internet Information Services.")
}

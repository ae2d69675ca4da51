extension SourceTable {
  /// Alerts of Microsoft Defender XDR.
  package static let alertInfo = SourceTable.flat(
    "AlertInfo",
    datetime: [
      "TimeGenerated", "Timestamp",
    ],
    string: [
      "AlertId", "AttackTechniques", "Category", "DetectionSource", "ServiceSource", "Severity", "Title",
    ],
    "Alerts of Microsoft Defender XDR.")
}

import Engine

extension Carrier {
  /// Answers of Log Analytics and of Kusto: tables of columns and rows, also as frames.
  static let kusto = Carrier(
    "Kusto answer", RecordFraming(pages: ["tables", "Tables"]),
    sample:
      #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"_raw","type":"string"}],"rows":[[TEXT]]}]}"#)
}

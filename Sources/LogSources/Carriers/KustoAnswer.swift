import Engine

extension Carrier {
  /// Answers of Log Analytics and of Kusto: tables of columns and rows, also as frames.
  static let kusto = Carrier(
    "Kusto answer",
    RecordFraming(
      pages: ["tables", "Tables"],
      answers: [
        RecordFraming.Answer(
          beginning: ["tables", "Tables"],
          holding: [
            [.array("tables", "columns")], [.array("tables", "Columns")], [.array("Tables", "Columns")],
            [.array("Tables", "columns")],
          ]),
        RecordFraming.Answer(
          beginning: ["name", "TableName", "columns", "Columns", "rows", "Rows"],
          holding: [[.array("columns"), .array("rows")], [.array("Columns"), .array("Rows")]]),
        RecordFraming.Answer(
          beginning: ["FrameType"],
          holding: [[.any("TableKind")], [.any("Version")], [.any("TableId")], [.any("HasErrors")]]),
      ]),
    sample:
      #"{"tables":[{"name":"PrimaryResult","columns":[{"name":"_raw","type":"string"}],"rows":[[TEXT]]}]}"#)
}

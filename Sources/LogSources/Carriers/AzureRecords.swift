import Engine

extension Carrier {
  /// Messages of Azure's event hubs and diagnostic settings, and whatever else has `records` in small letters.
  static let azureRecords = Carrier(
    "records", RecordFraming(pages: ["records"]), sample: #"{"records":[RECORD]}"#)
}

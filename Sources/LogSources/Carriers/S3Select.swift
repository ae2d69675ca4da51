import Engine

extension Carrier {
  /// What S3 Select prints where a query names no columns.
  static let s3Select = Carrier(
    "S3 Select", RecordFraming(envelopes: [RecordEnvelope(member: "_1", holds: .object)]),
    sample: #"{"_1":RECORD}"#)
}

import Engine

extension Carrier {
  /// Amazon Kinesis and Data Firehose: records in Base64, as a function gets them.
  static let kinesis = Carrier(
    "Kinesis",
    RecordFraming(
      pages: ["records"],
      envelopes: [
        RecordEnvelope(path: ["kinesis", "data"], holds: .packed),
        RecordEnvelope(member: "data", holds: .packed),
      ],
      strangers: [
        RecordFraming.Stranger(member: "kinesis", reason: "records of Kinesis without events of a known log")
      ]),
    sample: #"{"invocationId":"i","records":[{"recordId":"1","data":BASE64}]}"#)
}

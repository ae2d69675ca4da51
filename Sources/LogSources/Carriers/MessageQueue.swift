import Engine

extension Carrier {
  /// Amazon SNS and SQS: a notification, a message in a queue, or one within the other, also as a function gets them.
  static let messageQueue = Carrier(
    "SNS and SQS",
    RecordFraming(
      pages: ["Messages"],
      envelopes: [
        RecordEnvelope(member: "Message", holds: .text),
        RecordEnvelope(path: ["Sns", "Message"], holds: .text),
        RecordEnvelope(member: "Body", holds: .text),
        RecordEnvelope(member: "body", holds: .text),
      ]),
    sample: #"{"Messages":[{"MessageId":"1","Body":TEXT}]}"#)
}

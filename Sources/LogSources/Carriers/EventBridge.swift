import Engine

extension Carrier {
  /// Amazon EventBridge: a message with its detail, whatever service sent it.
  static let eventBridge = Carrier(
    "EventBridge", RecordFraming(envelopes: [RecordEnvelope(member: "detail", holds: .object)]),
    sample: #"{"version":"0","detail-type":"AWS API Call via CloudTrail","source":"aws.iam","detail":RECORD}"#
  )
}

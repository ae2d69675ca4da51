import Engine

extension CloudTrail {
  /// ```
  ///   {"Records":[{…},{…}]}                       a log file as it is delivered
  ///   {"Events":[{"CloudTrailEvent":"{…}"}]}      lookup-events: the text is the record
  ///   {"detail-type":…,"detail":{…}}              EventBridge: the detail is the record
  /// ```
  static let framing = RecordFraming(
    containers: ["Records", "Events"],
    envelopes: [RecordEnvelope(member: "CloudTrailEvent", holds: .text), .eventBridge],
    strangers: ["digestS3Bucket", "digestStartTime"].map { member in
      RecordFraming.Stranger(member: member, reason: "CloudTrail digest file, holds no events")
    },
    timeMembers: ["eventTime"])
}

extension RecordEnvelope {
  /// A message of EventBridge, whatever service sent it.
  static let eventBridge = RecordEnvelope(member: "detail", holds: .object)
}

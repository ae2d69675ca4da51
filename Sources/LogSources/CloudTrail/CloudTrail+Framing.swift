import Engine

extension CloudTrail {
  /// ```
  ///   {"Records":[{…},{…}]}                       a log file as it is delivered
  ///   {"Events":[{"CloudTrailEvent":"{…}"}]}      lookup-events: the text is the record
  ///   {"QueryResultRows":[[{"eventname":"x"},…]]} an answer of CloudTrail Lake
  /// ```
  static let framing = RecordFraming(
    containers: ["Records", "Events"], pages: ["QueryResultRows"],
    envelopes: [
      RecordEnvelope(member: "CloudTrailEvent", holds: .text, carrier: "lookup-events")
    ],
    rows: rows,
    strangers: ["digestS3Bucket", "digestStartTime"].map { member in
      RecordFraming.Stranger(member: member, reason: "CloudTrail digest file, holds no events")
    },
    timeMembers: ["eventTime"])
}

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
    }
      + notifications.map { member in
        RecordFraming.Stranger(
          member: member, reason: "notifications of a service, which are no events of CloudTrail")
      },
    timeMembers: ["eventTime"])

  /// What services send to queues and functions when something changes has the names of an event's members, and one of
  /// these besides:
  ///
  /// ```
  ///   {"eventVersion":"2.1","eventSource":"aws:s3","eventTime":"…","eventName":"ObjectCreated:Put","s3":{…}}
  /// ```
  private static let notifications = ["s3", "dynamodb", "codecommit"]

  /// What its source tells it by: those of events are names of hosts.
  static let isNoNotification = LogSource.ShapeTest.excludes("eventSource", prefix: "aws:")
}

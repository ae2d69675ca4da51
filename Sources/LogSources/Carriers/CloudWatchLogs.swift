import Engine

extension Carrier {
  /// Amazon CloudWatch Logs: what a subscription sends, also to a function, what `filter-log-events` prints, and answers
  /// of Logs Insights. A control message holds no record.
  static let cloudWatchLogs = Carrier(
    "CloudWatch Logs",
    RecordFraming(
      pages: ["logEvents", "events", "results"],
      envelopes: [
        RecordEnvelope(member: "message", holds: .text), RecordEnvelope(member: "@message", holds: .text),
        RecordEnvelope(path: ["awslogs", "data"], holds: .packed),
      ],
      strangers: [
        RecordFraming.Stranger(
          member: "messageType", reason: "messages of CloudWatch Logs without events of a known log")
      ]),
    sample: #"""
      {"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],\#
      "logEvents":[{"id":"","timestamp":1,"message":"CWL CONTROL MESSAGE: Checking health of destination."}]}\#
      {"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","subscriptionFilters":["f"],\#
      "logEvents":[{"id":"1","timestamp":1772445600000,"message":TEXT}]}
      """#)
}

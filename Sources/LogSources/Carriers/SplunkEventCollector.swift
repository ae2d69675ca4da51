import Engine

extension Carrier {
  /// What is sent to Splunk's HTTP Event Collector.
  static let splunkEventCollector = Carrier(
    "HTTP Event Collector", RecordFraming(envelopes: [RecordEnvelope(member: "event", holds: .text)]),
    sample: #"{"time":1772445600,"host":"h","source":"s","sourcetype":"st","index":"main","event":RECORD}"#)
}

package import Engine

/// What carries the records of any log: a service that hands them on, or a tool that exports them.
///
/// A carrier says where a record stands in what it writes, and no more; whose record it is, the log sources tell.
///
/// ```swift
/// extension Carrier {
///   static let eventBridge = Carrier(
///     "EventBridge", RecordFraming(envelopes: [RecordEnvelope(member: "detail", holds: .object)]),
///     sample: #"{"version":"0","detail-type":"t","detail":RECORD}"#)
/// }
/// ```
package struct Carrier: Sendable {
  /// As lists of files call it.
  package var name: String
  package var framing: RecordFraming
  /// What it writes, made up: `RECORD` stands for a record, `TEXT` for its text in quotes, `BASE64` for that in quotes.
  package var sample: String

  package init(_ name: String, _ framing: RecordFraming, sample: String) {
    self.name = name
    self.framing = framing
    self.sample = sample
    for index in framing.envelopes.indices { self.framing.envelopes[index].carrier = name }
  }
}

/// All carriers that are known. A new one adds its file and a line here.
package enum CarrierCatalog {
  /// Of two that may be meant by the same object, the first one is.
  package static let carriers: [Carrier] = [
    .eventBridge, .elasticsearch, .splunkExport, .splunkEventCollector, .kusto, .cloudWatchLogs, .kinesis,
    .azureRecords, .s3Select, .messageQueue,
  ]

  package static let framing = RecordFraming(of: carriers.map(\.framing))
}

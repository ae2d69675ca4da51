import Engine

extension Carrier {
  /// Elasticsearch and OpenSearch: answers of a search, exported documents, and documents in the Elastic Common Schema
  /// with the event as it came, also with their fields as names with dots.
  static let elasticsearch = Carrier(
    "Elasticsearch",
    RecordFraming(
      pages: ["hits"],
      envelopes: [
        RecordEnvelope(member: "_source", holds: .object),
        RecordEnvelope(path: ["event", "original"], holds: .text),
        RecordEnvelope(member: "event.original", holds: .text),
        RecordEnvelope(path: ["fields", "event.original"], holds: .text),
      ],
      answers: [
        RecordFraming.Answer(beginning: ["took", "hits"], holding: [[.array("hits", "hits")]]),
        RecordFraming.Answer(beginning: ["_index", "_id", "_source"], holding: [[.object("_source")]]),
      ]),
    sample: #"""
      {"took":1,"hits":{"total":{"value":1},"hits":[{"_index":"logs","_id":"1","_source":{"@timestamp":"t",\#
      "event":{"action":"a","original":TEXT}}}]}}
      """#)
}

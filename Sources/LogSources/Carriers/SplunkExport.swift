import Engine

extension Carrier {
  /// What Splunk exports of a search: a row a line, or one answer. Preview rows come again as final ones.
  static let splunkExport = Carrier(
    "Splunk export",
    RecordFraming(
      pages: ["results"],
      envelopes: [
        RecordEnvelope(path: ["result"], holds: .object, passingOver: "preview"),
        RecordEnvelope(member: "_raw", holds: .text),
      ],
      answers: [
        RecordFraming.Answer(
          beginning: ["preview"],
          holding: [[.object("result")], [.array("results")], [.array("rows")], [.truth("lastrow")]])
      ]),
    sample: #"""
      {"preview":true,"offset":0,"result":{"_raw":TEXT}}
      {"preview":false,"offset":0,"result":{"_time":"2026-03-02 10:00:00.000 GMT","_raw":TEXT,"x":["1","2"]}}
      {"preview":false,"lastrow":true}
      """#)
}

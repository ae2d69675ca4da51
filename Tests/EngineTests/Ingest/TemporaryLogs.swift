import Foundation

@testable import Engine

/// A folder of log files that lives as long as a test.
final class TemporaryLogs {
  let folder: String

  init(_ files: [String: [UInt8]] = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, bytes) in files { try write(name, bytes) }
  }

  convenience init(text files: [String: String]) throws {
    try self.init(files.mapValues { Array($0.utf8) })
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func path(_ name: String) -> String { "\(folder)/\(name)" }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let parent = (path(name) as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
  }

  static let cloudTrail = LogSource(
    name: "AWSCloudTrail", columns: [], shapes: [[.has("eventSource"), .has("eventName")]],
    time: ["eventTime"], framing: framing)

  static let framing = RecordFraming(
    containers: ["Records", "Events"],
    envelopes: [
      RecordEnvelope(member: "CloudTrailEvent", holds: .text),
      RecordEnvelope(member: "detail", holds: .object),
    ],
    strangers: [
      RecordFraming.Stranger(member: "digestS3Bucket", reason: "CloudTrail digest file, holds no events")
    ],
    timeMembers: ["eventTime"])

  static let fields: [FieldRequest] = [
    LogColumn("TimeGenerated", .datetime, ["eventTime"]).request,
    LogColumn("EventName", .string, ["eventName"]).request,
    LogColumn("EventSource", .string, ["eventSource"]).request,
    LogColumn("UserIdentityArn", .string, ["userIdentity.arn"]).request,
    LogColumn("RequestParameters", .string, ["requestParameters"]).request,
  ]

  func load(
    _ fields: [FieldRequest] = TemporaryLogs.fields, predicate: RecordPredicate? = nil,
    options: LoadOptions = LoadOptions(), source: LogSource = TemporaryLogs.cloudTrail
  ) -> (table: Table, report: LoadReport) {
    let request = LoadRequest(source: source, fields: fields, predicate: predicate)
    let (tables, report) = Engine.load(
      FileDiscovery.files(below: [folder]), requests: [request], options: options)
    return (tables[0], report)
  }

  /// One event as JSON on one line.
  static func event(_ name: String, minute: Int = 0, extra: String = "") -> String {
    let time = "2024-01-01T00:\(minute < 10 ? "0" : "")\(minute % 60):00Z"
    return #"{"eventTime":"\#(time)","eventSource":"ses.amazonaws.com","eventName":"\#(name)"\#(extra)}"#
  }
}

extension Table {
  /// The texts of a column by its name.
  func texts(_ name: String) -> [String] {
    guard let index = fields.firstIndex(where: { $0.name == name }) else { return [] }
    return (0..<rowCount).map { columns[index].value(at: $0).kqlText }
  }
}

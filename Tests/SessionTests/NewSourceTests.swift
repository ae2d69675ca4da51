import Engine
import LogSources
import Session
import Testing

/// A log that Trawl does not know: the doors of a building. This is all that a new source takes, beside its line in
/// the catalog.
extension SourceDefinition {
  fileprivate static let doors = SourceDefinition(
    "Doors",
    table: SourceTable(
      "DoorEvents",
      columns: [
        SourceColumn("TimeGenerated", .datetime, from: ["at"], "Time of the event."),
        SourceColumn("Badge", .string, from: ["badge.number"], "Badge that was shown."),
        SourceColumn("Opened", .bool, from: ["opened"], "The door was opened."),
      ],
      shapes: [[.has("at"), .has("badge"), .has("door")]],
      framing: RecordFraming(
        containers: ["doorEvents"], envelopes: [RecordEnvelope(member: "payload", holds: .text)],
        strangers: [RecordFraming.Stranger(member: "doorMap", reason: "a map of doors, holds no events")],
        timeMembers: ["at"]),
      idColumn: "Badge", "Doors of a building."),
    sourcetype: "building:doors", eventID: "badge.number",
    eventNames: EventNames(column: "Badge", path: "badge.number"),
    addonFields: [String: AddonField](
      aliases: [(["user"], ["badge.owner"])], constants: [("vendor_product", "Doors")],
      calculated: [("action", #"if(opened="true", "allowed", "blocked")"#)]),
    dataModels: [
      SourceDataModel(
        "Authentication", datasets: [("Authentication", "*")], filter: "badge.number=*",
        fields: [("user", "'badge.owner'"), ("app", #""door""#)])
    ],
    sample:
      #"{"at":"2026-03-02T13:00:00Z","badge":{"number":"7","owner":"ada"},"door":"north","opened":true}"#)
}

/// A source is one value: with it in the list of sources, everything that asks logs knows it.
@Suite struct NewSourceTests {
  private func logs() throws -> MixedLogs {
    var files = MixedLogs.files
    files["doors.json"] = #"""
      {"doorEvents":[{"at":"2026-03-02T13:00:00Z","badge":{"number":"7","owner":"ada"},"door":"north","opened":true},
      {"at":"2026-03-02T08:00:00Z","badge":{"number":"8","owner":"bob"},"door":"north","opened":false}]}
      """#
    files["wrapped.json"] = #"""
      {"payload":"{\"at\":\"2026-03-02T14:00:00Z\",\"badge\":{\"number\":\"9\"},\"door\":\"south\",\"opened\":true}"}
      """#
    files["map.json"] = #"{"doorMap":{"north":1}}"#
    let logs = try MixedLogs(files)
    logs.sources.append(.doors)
    return logs
  }

  @Test func `both languages read a source that is one value in the list`() throws {
    let logs = try logs()
    #expect(
      try logs.run("DoorEvents | sort by TimeGenerated asc | project Badge, Opened", .kql).rows == [
        "8|False", "7|True", "9|True",
      ])
    let found = try logs.run("* | head 2 | table sourcetype badge.number")
    #expect(found.rows == ["building:doors|9", "building:doors|7"])
    #expect(found.report.skipped.map(\.reason) == ["a map of doors, holds no events"])
    #expect(try logs.run("* | stats count").rows == ["8"])
  }

  @Test func `its fields, data models and identities are its own`() throws {
    let logs = try logs()
    #expect(
      try logs.run("sourcetype=building:* | table action user vendor_product", view: .addon).rows == [
        "allowed|-|Doors", "allowed|ada|Doors", "blocked|bob|Doors",
      ])
    #expect(
      try logs.run("action=allowed | stats count by sourcetype", view: .addon).rows.contains(
        "building:doors|2"))
    #expect(
      try logs.run("| tstats count from datamodel=Authentication by Authentication.user Authentication.app")
        .rows
        == ["ada|door|1", "bob|door|1", "unknown|door|1"])
    let workspace = logs.workspace()
    #expect(workspace.sources.identityField(of: "DoorEvents") == "Badge")
    #expect(workspace.sources.timeField(of: "building:doors") == "_time")
  }

  @Test func `its files are named where nothing reads them`() throws {
    let logs = try logs()
    let skipped = try logs.run("AWSCloudTrail | count", .kql).report.skipped
    #expect(skipped.contains { $0.reason == "events of `DoorEvents`, which nothing here reads" })
  }
}

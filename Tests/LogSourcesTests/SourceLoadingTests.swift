import Engine
import Foundation
import LogSources
import Testing

/// Loads small logs through the tables and looks at single cells.
@Suite struct SourceLoadingTests {
  private static let envelope = #"""
    {"time":"2025-01-15 14:23:10.123","category":"SignInLogs","operationName":"Sign-in activity","tenantId":"t",
    "resultType":"0","callerIpAddress":"4.4.4.4","correlationId":"c","Level":"4","location":"RU","properties":{
    "createdDateTime":"2025-01-15T14:23:09Z","userPrincipalName":"a@x.com","ipAddress":"5.5.5.5","isInteractive":true,
    "status":{"errorCode":0},"location":{"city":"Moscow","countryOrRegion":"RU"},"riskEventTypes_v2":["anonymizedIP"],
    "deviceDetail":{"browser":"Chrome"}}}
    """#

  /// As an export of the workspace writes it: nested values are text.
  private static let row = #"""
    {"TimeGenerated":"2025-01-15T14:23:10.123Z","Type":"SigninLogs","ResultType":"0","IPAddress":"5.5.5.5",
    "UserPrincipalName":"a@x.com","IsInteractive":true,"LocationDetails":"{\"city\":\"Moscow\"}",
    "RiskEventTypes_V2":"[\"anonymizedIP\"]","DeviceDetail":"{\"browser\":\"Chrome\"}","Location":"RU"}
    """#

  /// As Microsoft Graph writes it.
  private static let graph = #"""
    {"createdDateTime":"2025-01-15T14:23:10.123Z","userPrincipalName":"a@x.com","appDisplayName":"Portal",
    "ipAddress":"5.5.5.5","isInteractive":true,"status":{"errorCode":0},"riskEventTypes_v2":["anonymizedIP"],
    "location":{"city":"Moscow","countryOrRegion":"RU"},"deviceDetail":{"browser":"Chrome"}}
    """#

  private static func load(_ text: String, as name: String, _ columns: [String]) throws -> [[Value]] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appendingPathComponent("log.json"))
    let table = try #require(SourceCatalog.table(name)).logSource
    let fields = try columns.map { column in
      try #require(table.columns.first { $0.name == column }, "\(column)").request
    }
    let request = LoadRequest(source: table, fields: fields)
    var options = LoadOptions()
    options.carriers = CarrierCatalog.framing
    let (tables, _) = Engine.load(
      FileDiscovery.files(below: [folder.path]), requests: [request], options: options)
    let loaded = try #require(tables.first)
    return (0..<loaded.rowCount).map { loaded.row($0) }
  }

  @Test(arguments: [envelope, row, graph])
  func `a sign-in reads the same from every kind of record`(_ text: String) throws {
    let columns = [
      "UserPrincipalName", "IPAddress", "ResultType", "IsInteractive", "Location", "RiskEventTypes_V2",
      "Type",
      "Category",
    ]
    let rows = try Self.load(text, as: "SigninLogs", columns)
    #expect(
      rows == [
        [
          .string("a@x.com"), .string("5.5.5.5"), .string("0"), .bool(true), .string("RU"),
          .string(#"["anonymizedIP"]"#), .string("SigninLogs"), .string("SignInLogs"),
        ]
      ])
  }

  @Test(arguments: [envelope, row, graph])
  func `nested values of a sign-in are dynamic`(_ text: String) throws {
    let rows = try Self.load(text, as: "SigninLogs", ["LocationDetails", "DeviceDetail"])
    let cells = try #require(rows.first)
    guard case .dynamic(let place) = cells[0], case .dynamic(let device) = cells[1] else {
      Issue.record("not dynamic: \(cells)")
      return
    }
    #expect(place["city"] == .string("Moscow"))
    #expect(device["browser"] == .string("Chrome"))
  }

  @Test func `a record of another category is no sign-in`() throws {
    let text = Self.envelope.replacingOccurrences(of: "SignInLogs", with: "NonInteractiveUserSignInLogs")
    #expect(try Self.load(text, as: "SigninLogs", ["IPAddress"]).isEmpty)
    #expect(try Self.load(text, as: "AADNonInteractiveUserSignInLogs", ["IPAddress"]).count == 1)
    #expect(try Self.load(text, as: "AuditLogs", ["Identity"]).isEmpty)
  }

  @Test(arguments: [
    #"{"Records":[EVENT]}"#, #"{"Events":[{"EventId":"1","CloudTrailEvent":TEXT}]}"#,
    #"{"version":"0","detail-type":"AWS API Call via CloudTrail","detail":EVENT}"#,
  ])
  func `an event of CloudTrail is found whatever brought it`(_ shape: String) throws {
    let event =
      #"{"eventVersion":"1.08","eventTime":"2024-01-01T00:00:00Z","eventName":"A","eventSource":"s"}"#
    let text = "\"" + event.replacingOccurrences(of: "\"", with: "\\\"") + "\""
    let file = shape.replacingOccurrences(of: "EVENT", with: event)
      .replacingOccurrences(of: "TEXT", with: text)
    #expect(try Self.load(file, as: "AWSCloudTrail", ["EventName"]) == [[.string("A")]])
  }

  @Test func `CloudTrail keeps nested values as text and reads truth from text`() throws {
    let text = #"""
      {"eventVersion":"1.08","eventTime":"2024-01-01T00:00:00Z","eventSource":"ec2.amazonaws.com","readOnly":false,
      "eventName":"AuthorizeSecurityGroupIngress","userIdentity":{"type":"IAMUser","sessionContext":{"attributes":
      {"mfaAuthenticated":"true"}}},"requestParameters":{"ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,
      "toPort":23,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}},"responseElements":null}
      """#
    let columns = [
      "SessionMfaAuthenticated", "ReadOnly", "ManagementEvent", "ErrorCode", "ResponseElements", "CidrIp",
      "SourcePort", "DestinationPort", "OperationName", "UserIdentityType",
    ]
    #expect(
      try Self.load(text, as: "AWSCloudTrail", columns) == [
        [
          .bool(true), .bool(false), .null, .string(""), .string(""), .string("0.0.0.0/0"), .string("22"),
          .string("23"), .string("CloudTrail"), .string("IAMUser"),
        ]
      ])
  }
}

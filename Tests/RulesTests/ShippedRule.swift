import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// Runs a shipped rule over events that a test makes, for what no example log is large or odd enough.
struct ShippedRule {
  let rule: DetectionRule

  init(_ name: String) throws {
    rule = try #require(ExampleFolders.shippedRules.first { $0.path.hasSuffix("/\(name)") })
  }

  /// The rows as texts by column.
  func rows(_ events: [String], now: String? = nil) throws -> [[String: String]] {
    let file = FileManager.default.temporaryDirectory.appending(path: "trawl-rule-\(UUID().uuidString).json")
    try Data(events.joined(separator: "\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    var configuration = WorkspaceConfiguration()
    configuration.logs = [file.path]
    configuration.threads = 1
    if let now { configuration.now = .at(try #require(DatetimeParsing.parseKQL(now))) }
    let workspace = Workspace(configuration)
    let run = try workspace.run([
      workspace.resolve(workspace.compile(rule.query, language: rule.language))
    ])
    let table = try #require(run.outcomes.first?.results.first?.table)
    return (0..<table.rowCount).map { row in
      var cells: [String: String] = [:]
      for (column, field) in table.fields.enumerated() {
        let value = table.value(row: row, column: column)
        cells[field.name] = value.text(in: rule.language.dialect)
      }
      return cells
    }
  }
}

/// A successful CloudTrail call at a second after 2026-03-02T10:00:00Z.
struct Call {
  var source = "ses.amazonaws.com"
  var name = "SendEmail"
  var second = 0
  var arn: String? = "arn:aws:iam::111122223333:user/a"
  var principal: String?
  var type: String? = "IAMUser"
  var address = "192.0.2.1"
  var region = "us-east-1"
  var error: String?
  var id = ""

  var event: String {
    var identity: [String] = []
    if let type { identity.append(#""type":"\#(type)""#) }
    if let arn { identity.append(#""arn":"\#(arn)""#) }
    if let principal { identity.append(#""principalId":"\#(principal)""#) }
    let failure = error.map { #","errorCode":"\#($0)""# } ?? ""
    return #"{"eventVersion":"1.09","eventTime":"\#(Call.time(second))","eventSource":"\#(source)","#
      + #""eventID":"\#(id)","eventName":"\#(name)","awsRegion":"\#(region)","sourceIPAddress":"\#(address)","#
      + #""userIdentity":{\#(identity.joined(separator: ","))}\#(failure)}"#
  }

  static func time(_ second: Int) -> String {
    let date = Date(timeIntervalSince1970: 1_772_445_600 + Double(second))
    return date.formatted(.iso8601)
  }

  /// The same call so many times.
  func times(_ count: Int) -> [String] { Array(repeating: event, count: count) }

  func with(_ change: (inout Call) -> Void) -> Call {
    var call = self
    change(&call)
    return call
  }
}

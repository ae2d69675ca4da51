import Diagnostics
import Engine
import Foundation
import Rules
import Session
import Testing

/// CloudTrail events in a folder of their own, which goes with them.
final class TrailFolder {
  let path: String

  init(_ records: [String]) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("trawl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
    try Data("{\"Records\":[\(records.joined(separator: ","))]}".utf8)
      .write(to: folder.appendingPathComponent("events.json"))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Rows as `a|b`, null as `-`, and the ids of the warnings.
  func run(_ text: String, view: SplunkView) throws -> (rows: [String], warnings: [String]) {
    var configuration = WorkspaceConfiguration()
    configuration.logs = [path]
    configuration.view = view
    let workspace = Workspace(configuration)
    let query = try workspace.resolve(
      workspace.compile(SourceText(name: "<test>", text: text), language: .spl))
    let outcome = try #require(try workspace.run([query]).outcomes.first)
    let table = try #require(outcome.results.first).table
    let rows = (0..<table.rowCount).map { row in
      table.row(row).map { $0.isNull ? "-" : $0.splText }.joined(separator: "|")
    }
    return (rows, query.warnings.map(\.id))
  }
}

@Suite struct SplunkViewTests {
  /// Saturday; an IAM user creates a key.
  static let creation = #"""
    {"eventTime":"2024-01-06T03:04:05Z","eventSource":"iam.amazonaws.com","eventName":"CreateAccessKey",
     "awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.7","userAgent":"curl/8","eventType":"AwsApiCall",
     "userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::123456789012:user/ops/ada",
     "accountId":"123456789012","accessKeyId":"AKIAEXAMPLE","userName":"ada"},
     "requestParameters":{"userName":"bob"},"recipientAccountId":"210987654321"}
    """#
  /// A role's session is refused a deletion.
  static let refusal = #"""
    {"eventTime":"2024-01-05T10:00:00Z","eventSource":"s3.amazonaws.com","eventName":"DeleteBucket",
     "awsRegion":"us-east-1","sourceIPAddress":"config.amazonaws.com","userAgent":"aws-cli","errorCode":"AccessDenied",
     "userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:night","accountId":"123456789012",
     "arn":"arn:aws:sts::123456789012:assumed-role/keeper/night"},"requestParameters":{"bucketName":"b"}}
    """#
  /// A login that fails, without an error code.
  static let login = #"""
    {"eventTime":"2024-01-04T23:59:59Z","eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin",
     "awsRegion":"us-east-1","sourceIPAddress":"192.0.2.9","userAgent":"Mozilla","eventType":"AwsConsoleSignIn",
     "userIdentity":{"type":"IAMUser","accountId":"123456789012","accessKeyId":"","userName":"eve"},
     "errorMessage":"Failed authentication","responseElements":{"ConsoleLogin":"Failure"}}
    """#

  @Test(arguments: [
    (
      "src src_ip",
      ["192.0.2.7|192.0.2.7", "config.amazonaws.com|config.amazonaws.com", "192.0.2.9|192.0.2.9"]
    ),
    ("errorCode", ["success", "AccessDenied", "success"]),
    ("user user_id", ["AIDAEXAMPLE|AIDAEXAMPLE", "AROAEXAMPLE:night|AROAEXAMPLE:night", "-|-"]),
    ("userName user_name", ["ada|ada", "night|night", "-|eve"]),
    ("user_type user_agent", ["IAMUser|curl/8", "AssumedRole|aws-cli", "IAMUser|Mozilla"]),
    ("user_access_key", ["AKIAEXAMPLE", "-", ""]),
    (
      "aws_account_id vendor_account",
      ["123456789012|210987654321", "123456789012|123456789012", "123456789012|123456789012"]
    ),
    ("region vendor_region", ["eu-west-1|eu-west-1", "us-east-1|us-east-1", "us-east-1|us-east-1"]),
    (
      "command signature",
      ["CreateAccessKey|CreateAccessKey", "DeleteBucket|DeleteBucket", "ConsoleLogin|ConsoleLogin"]
    ),
    ("action status", ["created|success", "deleted|failure", "failure|failure"]),
    ("change_type object", ["AAA|bob", "s3|b", "signin|-"]),
    (
      "result result_id reason",
      ["-|-|-", "-|AccessDenied|-", "Failed authentication|-|Failed authentication"]
    ),
    ("user_role src_user direction image_id", ["-|-|-|-", "-|-|-|-", "-|-|-|-"]),
    ("date_wday date_hour date_minute", ["saturday|3|4", "friday|10|0", "thursday|23|59"]),
    ("date_mday date_month date_year", ["6|january|2024", "5|january|2024", "4|january|2024"]),
  ]) func `the addon view has the names of the add-on`(fields: String, expected: [String]) throws {
    let folder = try TrailFolder([Self.creation, Self.refusal, Self.login])
    let result = try folder.run("* | table \(fields)", view: .addon)
    #expect(result.rows == expected)
    #expect(result.warnings == [])
  }

  @Test func `an assumed role is called by its new name, the root user root, and objects are no fields`()
    throws
  {
    let assumed = #"""
      {"eventTime":"2024-01-05T10:00:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRoleWithSAML",
       "userIdentity":{"type":"SAMLUser","principalId":"idp:eve@example.com","userName":"eve@example.com"},
       "requestParameters":{"roleArn":"arn:aws:iam::123456789012:role/r"},
       "responseElements":{"assumedRoleUser":{"arn":"arn:aws:sts::123456789012:assumed-role/r/eve"}}}
      """#
    let root = #"""
      {"eventTime":"2024-01-05T09:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"CreateNetworkAclEntry",
       "userIdentity":{"type":"Root","principalId":"123456789012","arn":"arn:aws:iam::123456789012:root"},
       "requestParameters":{"egress":false,"ruleAction":"allow","cidrBlock":"0.0.0.0/0","aclProtocol":"-1"},
       "resources":[{"ARN":"arn:aws:ec2:::x"}],"responseElements":null}
      """#
    let folder = try TrailFolder([assumed, root])
    #expect(
      try folder.run("* | table user_role src_user src_user_type userName", view: .addon).rows == [
        "arn:aws:sts::123456789012:assumed-role/r/eve|eve@example.com|SAMLUser|-", "-|-|-|root",
      ])
    #expect(
      try folder.run("Root | table direction rule_action src_ip_range protocol_code", view: .addon).rows == [
        "inbound|allow|0.0.0.0/0|-1"
      ])
    #expect(
      try folder.run("* | table requestParameters resources resources{} responseElements", view: .raw).rows
        == [
          "-|-|-|-", "-|-|-|null",
        ])
    #expect(try folder.run("NOT requestParameters=* | stats count", view: .raw).rows == ["2"])
    #expect(
      try folder.run("* | spath path=requestParameters.egress output=e | stats values(e)", view: .raw).rows
        == ["false"])
  }

  @Test(arguments: [
    ("errorCode=success eventName=Create* | stats count by src_ip user_name", ["192.0.2.7|ada|1"]),
    ("action=failure | stats dc(_raw) as n by user_name", ["eve|1"]),
    ("* | where status=\"failure\" | stats values(userName) as who", ["night"]),
    ("date_hour>=20 OR date_wday=saturday | stats count", ["2"]),
    ("user_arn=*ada | rename user_arn as who | table who", ["arn:aws:iam::123456789012:user/ops/ada"]),
    ("* | stats values(user_na*) as *", ["[\"ada\",\"eve\",\"night\"]"]),
    (
      "* | stats count as n by action | append [search status=success | stats count as n] | stats sum(n)",
      ["4"]
    ),
  ]) func `rules over the addon view`(text: String, expected: [String]) throws {
    let folder = try TrailFolder([Self.creation, Self.refusal, Self.login])
    #expect(try folder.run(text, view: .addon).rows == expected)
  }

  @Test(
    arguments: [
      ("NOT errorCode=* | stats count", ["2"], []),
      ("date_wday=saturday | stats count", ["1"], []),
      ("src_ip=192.0.2.7 | stats count", ["0"], ["absent-field"]),
      ("* | stats count by user_arn", [], ["absent-field"]),
      ("errorCode=success | stats count", ["0"], ["absent-value"]),
      ("* | eval user_name=eventName | search user_name=ConsoleLogin | stats count", ["1"], []),
      ("* | rename sourceIPAddress as src | stats dc(src)", ["3"], []),
    ] as [(String, [String], [String])])
  func `the raw view has paths alone and names the other view`(
    text: String, expected: [String], warnings: [String]
  ) throws {
    let folder = try TrailFolder([Self.creation, Self.refusal, Self.login])
    let result = try folder.run(text, view: .raw)
    #expect(result.rows == expected)
    #expect(result.warnings == warnings)
  }

  @Test func `fillnull without a list keeps events that lack a key of a later stats`() throws {
    let folder = try TrailFolder([Self.creation])
    let text = "* | fillnull | stats count by eventName requestParameters.acl"
    #expect(try folder.run(text, view: .addon).rows == ["CreateAccessKey|0|1"])
  }
}

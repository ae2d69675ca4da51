import Engine
import SPL
import Testing

@Suite struct DataModelTests {
  private static func call(_ minute: Int, _ name: String, _ service: String, _ more: [String: String] = [:])
    -> [String: Value]
  {
    var fields = [
      "eventName": name, "eventSource": service + ".amazonaws.com", "awsRegion": "eu-west-1",
      "userIdentity.arn": "arn:aws:iam::123456789012:user/ops/ada", "userIdentity.accountId": "123456789012",
    ]
    fields.merge(more) { $1 }
    return event(minute, fields)
  }

  private let events = [
    call(0, "RunInstances", "ec2", ["requestParameters.instanceType": "t3.micro"]),
    call(30, "CreateUser", "iam", ["requestParameters.userName": "bob"]),
    call(61, "AuthorizeSecurityGroupIngress", "ec2", ["requestParameters.groupId": "sg-1"]),
    call(62, "DeleteTrail", "cloudtrail", ["errorCode": "AccessDenied"]),
    call(63, "DescribeInstances", "ec2"),
    call(
      64, "ConsoleLogin", "signin",
      ["responseElements.ConsoleLogin": "Failure", "eventType": "AwsConsoleSignIn"]),
    call(
      65, "AssumeRole", "sts",
      ["responseElements.assumedRoleUser.arn": "arn:aws:sts::210987654321:assumed-role/auditor/night"]),
    call(66, "StopInstances", "ec2", ["userIdentity.arn": "arn:aws:iam::123456789012:root"]),
  ]

  @Test(arguments: [
    (
      "| tstats count from datamodel=Change by All_Changes.command",
      [
        "AuthorizeSecurityGroupIngress|1", "CreateUser|1", "DeleteTrail|1", "RunInstances|1",
        "StopInstances|1",
      ]
    ),
    (
      "| tstats count values(All_Changes.action) as a from datamodel=Change.All_Changes where All_Changes.status=success by All_Changes.object_category",
      ["instance|2|created;stopped", "security_group|1|modified", "user|1|created"]
    ),
    (
      "| tstats summariesonly=t allow_old_summaries=t count from datamodel=Change where All_Changes.object=unknown by All_Changes.status",
      ["failure|1", "success|2"]
    ),
    (
      "| tstats count min(_time) as f max(_time) as l from datamodel=Change by All_Changes.vendor_region _time span=1h",
      ["eu-west-1|1704067200|2|1704067200|1704069000", "eu-west-1|1704070800|3|1704070860|1704071160"]
    ),
    (
      "| tstats dc(All_Changes.user) as users values(All_Changes.user) as u from datamodel=Change",
      ["2|ada;root"]
    ),
    (
      "| tstats count from datamodel=Change where nodename=All_Changes.Instance_Changes by All_Changes.Instance_Changes.instance_type",
      ["t3.micro|1", "unknown|1"]
    ),
    (
      "| tstats count from datamodel=Change by nodename",
      [
        "All_Changes|5", "All_Changes.Account_Management|1", "All_Changes.Auditing_Changes|1",
        "All_Changes.Endpoint_Changes|5", "All_Changes.Instance_Changes|2", "All_Changes.Network_Changes|1",
      ]
    ),
    ("| tstats count from datamodel=Change.Account_Management by All_Changes.user", ["ada|1"]),
    (
      "| tstats count from datamodel=Authentication by Authentication.signature Authentication.action Authentication.app Authentication.user_role",
      [
        "AssumeRole|success|sts.amazonaws.com|arn:aws:sts::210987654321:assumed-role/auditor/night|1",
        "ConsoleLogin|failure|AwsConsoleSignIn|arn:aws:iam::123456789012:user/ops/ada|1",
      ]
    ),
    (
      "| tstats count from datamodel=Authentication where Authentication.action=failure by Authentication.user _time span=1h | `drop_dm_object_name(Authentication)` | table user",
      ["ada"]
    ),
  ]) func `tstats over a view`(text: String, expected: [String]) throws {
    let result = try run(text, events: events)
    #expect(result.rows == expected)
    #expect(result.warnings.isEmpty)
  }

  @Test func `tstats over events says which field Splunk has not indexed`() throws {
    let result = try run("| tstats count where index=* by eventName | head 1", events: events)
    #expect(result.rows == ["AssumeRole|1"])
    #expect(result.warnings == ["field-not-indexed"])
  }

  @Test(arguments: [
    ("| tstats prestats=t count from datamodel=Change by _time", "unsupported"),
    ("| tstats count from datamodel=Web by Web.src", "unknown-data-model"),
    ("| tstats count from datamodel=Change by All_Changes.usr", "unknown-model-field"),
    ("| tstats count from datamodel=Change by user", "field-without-dataset"),
  ]) func `what a view does not have is said`(text: String, id: String) {
    #expect(complaints(text, events: events) == [id])
  }

  @Test func `a field without its data set is null`() throws {
    #expect(try run("| tstats count from datamodel=Change by user", events: events).rows.isEmpty)
  }
}

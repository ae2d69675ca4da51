import Diagnostics
import Engine
import Formats
import Session
import Testing

@testable import Rules

/// Rules in the forms that Splunk and Sentinel keep and export them in.
@Suite struct RuleFormTests {
  private static let searches = """
    # content
    [default]
    dispatch.latest_time = now

    [AWS - Mail - Rule]
    action.correlationsearch.enabled = 1
    action.correlationsearch.label = Mail sent
    action.correlationsearch.annotations = {"mitre_attack": ["T1496.004"], "kill_chain_phases": ["Impact"]}
    action.notable.param.rule_title = Mail from $user$
    action.notable.param.severity = high
    action.risk.param._risk = [{"risk_object_field": "user", "risk_object_type": "user", "risk_score": 36}, \
    {"threat_object_field": "src", "threat_object_type": "ip_address"}]
    counttype = number of events
    relation = greater than
    quantity = 5
    cron_schedule = 7,37 * * * *
    dispatch.earliest_time = -70m@m
    dispatch.latest_time = -10m@m
    description = Much mail
    disabled = 1
    search = sourcetype=aws:cloudtrail eventName=SendEmail \\
    | stats count by userIdentity.arn \\
    | where count > 100

    [views only]
    display.page.search.mode = fast

    [rises]
    search = eventName=x
    counttype = number of events
    relation = rises by
    """

  @Test func `a saved search is a rule with its schedule and its objects`() throws {
    let contents = RuleFile.savedSearches(Self.searches, path: "default/savedsearches.conf")
    let rule = try #require(contents.rules.first)
    #expect(contents.rules.count == 1)
    #expect(rule.place == "default/savedsearches.conf: AWS - Mail - Rule")
    #expect(
      rule.query.text
        == "sourcetype=aws:cloudtrail eventName=SendEmail \n| stats count by userIdentity.arn \n| where count > 100"
    )
    let about = rule.metadata
    #expect(about.title == "Mail sent" && about.description == "Much mail" && about.severity == "high")
    #expect(about.techniques == ["T1496.004"] && about.tactics == ["Impact"])
    #expect(about.entities.map(\.type) == ["user", "ip_address"])
    #expect(about.entities.map { $0.fields[0].column } == ["user", "src"])
    #expect(about.alertDetails.title?.columns == ["user"])
    #expect(about.schedule?.period == "1h" && about.schedule?.frequency == nil)
    #expect(about.schedule?.triggerThreshold == 5)
    // A place in the query is a place in the file.
    let place = try #require(rule.query.text.firstRange(of: "where"))
    let offset = rule.query.text.utf8.distance(from: rule.query.text.startIndex, to: place.lowerBound)
    #expect(rule.query.position(of: offset).line == 22)
  }

  @Test(arguments: ["kql", "spl"])
  func `what a rule says of itself is the same in a file of its own`(ending: String) throws {
    let language: any FrontEnd = ending == "kql" ? .kql : .spl
    let mark = ending == "kql" ? "// " : ""
    let head = """
      title: Many mails
      id: 3a9d2f86-0000-4000-8000-000000000001
      description: More than an identity sends - by far - so that the line goes on and on until it has to be
        broken into two of them.
      severity: high
      frequency: 15m
      period: 1d
      trigger: lt 3
      technique: T1496.004
      tactic: Impact
      entities: Account=Who
      custom details: Sent=n
      alert title: {{n}} mails by {{Who}}
      alert tactics: Tactic
      view: addon
      data source:
        - AWS CloudTrail
      false positives:
        - A campaign.
        - A migration - rarely.
      """.split(separator: "\n").map { mark + $0 }.joined(separator: "\n")
    let query = ending == "kql" ? "AWSCloudTrail" : "sourcetype=aws:cloudtrail"
    let text = ending == "kql" ? "\(head)\n\n\(query)" : "```\n\(head)\n```\n\(query)"
    var rule = RuleFile.rule(text, language: language, path: "many.\(ending)")
    rule.part = "Many mails"
    rule.query = SourceText(name: "many", text: query)
    let alone = PortedForm.alone(rule)
    #expect(alone.path == (ending == "kql" ? "many-mails.yml" : "many-mails.spl"))
    var (old, new) = (rule.metadata, alone.metadata)
    if ending == "kql" {
      // Sentinel's rules have no place for them.
      (old.falsePositives, new.falsePositives) = ([], [])
      #expect(new.kind == "Scheduled")
      new.kind = nil
    }
    for place in old.entities.indices { old.entities[place].fields = [] }
    for place in new.entities.indices { new.entities[place].fields = [] }
    (old.customDetails, new.customDetails) = (old.customDetails.map(plain), new.customDetails.map(plain))
    #expect(new == old)
    #expect(ending == "kql" || alone.view == .addon)
  }

  /// Without the place where it stands.
  private func plain(_ field: RuleEntity.Field) -> RuleEntity.Field {
    RuleEntity.Field(identifier: field.identifier, column: field.column)
  }

  @Test func `what is no alert is skipped, and what cannot be run is refused with its line`() {
    let contents = RuleFile.savedSearches(Self.searches, path: "savedsearches.conf")
    #expect(contents.skipped.map(\.part) == ["views only"])
    #expect(contents.broken.count == 1)
    let failure = contents.broken.first
    #expect(failure?.diagnostics.first?.message.contains("`rises by` compares with an earlier run") == true)
    let span = failure?.diagnostics.first?.primary?.span
    #expect(span.map { failure?.source.position(of: $0.lowerBound).line } == 30)
  }

  @Test(arguments: [
    ("*/15 * * * *", "15m"), ("7 * * * *", "1h"), ("0 */4 * * *", "4h"), ("30 6 * * *", "1d"),
    ("* * * * *", "1m"),
    ("0 6 * * 1", "7d"), ("0 6 1 * *", nil), ("7,37 * * * *", nil), ("now", nil), ("*/0 * * * *", nil),
  ]) func `cron is a frequency where runs are evenly apart`(_ cron: String, _ expected: String?) throws {
    let text = "[a]\nsearch = eventName=x\ncron_schedule = \(cron)\ndispatch.earliest_time = -1d\n"
    let rule = try #require(RuleFile.savedSearches(text, path: "savedsearches.conf").rules.first)
    #expect(rule.metadata.schedule?.frequency == expected)
    #expect(rule.metadata.schedule?.period == "1d")
  }

  private static let properties = #"""
    "properties": {
      "displayName": "Mail", "description": "Much mail", "severity": "High", "enabled": true,
      "query": "AWSCloudTrail\r\n| where EventName == \"SendEmail\"\n| summarize n = count() by UserIdentityArn",
      "queryFrequency": "PT1H", "queryPeriod": "P1D", "triggerOperator": "GreaterThan", "triggerThreshold": 0,
      "tactics": ["Impact"], "techniques": ["T1496"],
      "entityMappings": [{"entityType": "Account",
        "fieldMappings": [{"identifier": "FullName", "columnName": "UserIdentityArn"}]}]
    }
    """#

  private func check(_ contents: RuleFile.Contents?) throws {
    let rule = try #require(contents?.rules.first)
    #expect(rule.part == "Mail" && rule.metadata.severity == "high" && rule.metadata.techniques == ["T1496"])
    #expect(rule.metadata.schedule?.frequencyTicks == Ticks.perHour)
    #expect(rule.metadata.entities.first?.fields.first?.column == "UserIdentityArn")
    #expect(rule.query.text.contains("| where EventName == \"SendEmail\"\n|"))
    #expect(rule.metadata.id == "3a9d2f86-0c64-4a8b-b0f5-9e1d7c3b2a55")
  }

  @Test func `a template's resources are rules`() throws {
    let name =
      "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/3a9d2f86-0c64-4a8b-b0f5-9e1d7c3b2a55')]"
    let text = """
      {"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
       "resources": [
         {"name": "\(name)", "kind": "Scheduled", \(Self.properties)},
         {"name": "b", "kind": "Fusion", "properties": {"displayName": "Fusion"}},
         {"name": "c", "kind": "Scheduled", "properties": {"displayName": "C", "query": "[variables('q')]"}}
       ]}
      """
    let contents = try RuleFile.sentinelRules(json: text, path: "rules.json")
    try check(contents)
    #expect(contents?.skipped.map(\.part) == ["Fusion"])
    #expect(contents?.broken.first?.diagnostics.first?.id == "template-expression")
  }

  @Test func `what the interface lists are rules`() throws {
    let one = "{\"name\": \"3a9d2f86-0c64-4a8b-b0f5-9e1d7c3b2a55\", \"kind\": \"NRT\", \(Self.properties)}"
    try check(RuleFile.sentinelRules(json: "{\"value\": [\(one)]}", path: "rules.json"))
    try check(RuleFile.sentinelRules(json: one, path: "rule.json"))
  }

  @Test func `other JSON holds no rule`() throws {
    #expect(
      try RuleFile.sentinelRules(json: "{\"Records\": [{\"eventName\": \"x\"}]}", path: "a.json") == nil)
  }

  @Test func `the newest layout of detections names its objects and the tests that are not run`() throws {
    let text = """
      name: Mail
      search: eventName=SendEmail
      finding:
        title: Mail from $user$
        entity: {field: user, type: user, score: 40}
      intermediate_findings:
        entities:
          - field: dest
            type: system
      threat_objects:
        - field: src
          type: ip_address
      tests:
        - name: One
          test_type: experimental
          attack_data: [{data: "https://host/a.json", sourcetype: "aws:cloudtrail"}]
        - name: Two
          test_type: unit
          attack_data: [{data: "https://host/a.json", sourcetype: "aws:cloudtrail"}]
      """
    let rule = try RuleFile.rule(yaml: text, path: "a.yml")
    #expect(rule.metadata.entities.map { $0.fields[0].column } == ["user", "dest", "src"])
    #expect(rule.metadata.alertDetails.title?.columns == ["user"])
    let tests = RuleTest.contentctlTests(
      in: try YAMLReader.read(text), source: rule.file, data: AttackData(folders: []))
    #expect(tests.map { $0.obstacle.map { "\($0)".contains("experimental") } } == [true, false])
  }
}

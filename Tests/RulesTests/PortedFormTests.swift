import Diagnostics
import Engine
import Session
import Testing

@testable import Rules

/// What a port says that the other product's form has no place for.
@Suite struct PortedFormTests {
  private func notes(_ rules: [DetectionRule], to target: any FrontEnd) throws -> [String] {
    let port = try #require(
      PortTests.workspace(PortTests.folder).port(rules, to: target, asksLogs: false).first)
    guard case .written(_, let remarks) = port.outcome else {
      Issue.record("\(port.outcome)")
      return []
    }
    return remarks.map(\.message)
  }

  @Test func `a rule of Sentinel says what a detection for Splunk cannot`() throws {
    let yaml = """
      id: 6f2a1d3e-1111-4222-8333-444455556666
      name: Mail
      kind: NRT
      playbook: mail.md
      query: AWSCloudTrail | project UserIdentityArn, SourceIpAddress
      alertDetailsOverride:
        alertDescriptionFormat: by {{UserIdentityArn}}
        alertTacticsColumnName: Tactic
        alertDynamicProperties: [a]
      entityMappings:
        - entityType: Account
          fieldMappings:
            - {identifier: Name, columnName: UserIdentityArn}
            - {identifier: UPNSuffix, columnName: SourceIpAddress}
        - entityType: AzureResource
          fieldMappings:
            - {identifier: ResourceId, columnName: UserIdentityArn}
        - entityType: IP
          fieldMappings:
            - {identifier: Address, columnName: SourceIpAddress}
      """
    let notes = try notes([try RuleFile.rule(yaml: yaml, path: "mail.yaml")], to: .spl)
    #expect(
      notes == [
        "the new form has no place for `alertDetailsOverride.alertDynamicProperties`, `kind` (NRT), the description of alerts, the tactics by row, the playbook, what tells one `Account` from another (Name, UPNSuffix), what tells one `AzureResource` from another (ResourceId), the entity type `AzureResource`",
        "the rule does not say what the new form asks for: type TTP, status experimental, data source AWS CloudTrail",
        "the new rule wants an `id` of its own",
      ])
  }

  @Test func `a detection for Splunk says what a rule of Sentinel cannot`() throws {
    let yaml = """
      name: Mail
      type: Anomaly
      author: Ada
      data_source: [AWS CloudTrail]
      search: index=* sourcetype="aws:cloudtrail" | table userIdentity.arn
      known_false_positives: none
      rba:
        message: by $userIdentity.arn$
        risk_objects:
        - {field: userIdentity.arn, type: user, score: 40}
        threat_objects:
        - {field: userIdentity.arn, type: email_address}
      tags:
        asset_type: AWS Account
      """
    let notes = try notes([try RuleFile.rule(yaml: yaml, path: "mail.yml")], to: .kql)
    #expect(
      notes.filter { !$0.contains("source type") } == [
        "the new form has no place for `author`, `tags.asset_type`, `score of risk objects`, `type` (Anomaly), `data_source`, known false positives, the entity type `email_address`",
        "the rule does not say what the new form asks for: severity medium, every 1d, over 1d",
      ])
  }

  @Test func `a saved search says which of its settings are lost`() throws {
    let stanzas = """
      [Mail]
      search = index=* sourcetype="aws:cloudtrail" | table eventName
      cron_schedule = 0 6 1 * *
      dispatch.earliest_time = -1d
      dispatch.latest_time = now
      is_scheduled = 1
      action.email.to = soc@example.com
      action.correlationsearch.annotations = {"mitre_attack": ["T1098"], "nist": ["DE.CM"]}
      action.risk.param._risk = [{"risk_object_field": "eventName", "risk_object_type": "other", "risk_score": 5}]
      """
    let rules = RuleFile.savedSearches(stanzas, path: "savedsearches.conf").rules
    let notes = try notes(rules, to: .kql)
    #expect(
      notes.contains(
        "the new form has no place for `cron_schedule`, `action.email.to`, `annotations.nist`, `risk_score of risk objects`"
      ), "\(notes)")
    #expect(
      notes.contains("the rule does not say what the new form asks for: severity medium, every 1d"),
      "\(notes)")
  }
}

import Engine
import SPL
import Testing

/// A whole detection: searches, bins, aggregates and scores.
@Suite struct SeedRuleTests {
  static let rule = #"""
    index=aws sourcetype="aws:cloudtrail"
    (eventSource="ses.amazonaws.com" OR eventSource="sns.amazonaws.com")
    (eventName="SendEmail" OR eventName="Publish")
    NOT errorCode=*
    | eval Service=case(eventSource="ses.amazonaws.com", "AWS SES", eventSource="sns.amazonaws.com", "AWS SNS",
        true(), "Unknown")
    | eval Caller=coalesce('userIdentity.arn', 'userIdentity.principalId', "unknown")
    | bin _time span=1h
    | stats count as EventCount, dc(sourceIPAddress) as UniqueIPs, values(sourceIPAddress) as SourceIPs,
        earliest(_time) as FirstEvent, latest(_time) as LastEvent by _time, Service, Caller, awsRegion
    | eval Threshold=case(Service="AWS SES", 3, true(), 1)
    | where EventCount > Threshold
    | eval Score=case(EventCount > Threshold * 3, 3, EventCount > Threshold * 1, 2, true(), 1)
    | eval Score=Score + if(UniqueIPs > 1, 1, 0)
    | eval Score=Score + if(match(Caller, "(temp|tmp|test)"), 1, 0)
    | sort - Score, - EventCount
    | table _time, Service, EventCount, Threshold, Score, Caller, UniqueIPs, SourceIPs, FirstEvent, LastEvent
    """#

  @Test func `a rule with all its parts gives its rows`() throws {
    var events: [[String: Value]] = []
    func add(
      _ minute: Int, _ source: String, _ name: String, _ arn: String, _ address: String, error: String? = nil
    ) {
      var fields = [
        "sourcetype": "aws:cloudtrail", "eventSource": source, "eventName": name, "userIdentity.arn": arn,
        "sourceIPAddress": address, "awsRegion": "us-east-1",
      ]
      fields["errorCode"] = error
      events.append(event(minute, fields))
    }
    for minute in 0..<5 {
      add(minute, "ses.amazonaws.com", "SendEmail", "arn:a/temp-1", "1.1.1.\(minute % 2)")
    }
    for minute in 5..<8 { add(minute, "sns.amazonaws.com", "publish", "arn:b", "2.2.2.2") }
    add(8, "ses.amazonaws.com", "SendEmail", "arn:c", "3.3.3.3")
    for minute in 9..<20 {
      add(minute, "sns.amazonaws.com", "Publish", "arn:d", "4.4.4.4", error: "AccessDenied")
    }
    let result = try run(SeedRuleTests.rule, events: events)
    #expect(
      result.rows == [
        "1704067200|AWS SES|5|3|4|arn:a/temp-1|2|1.1.1.0;1.1.1.1|1704067200|1704067200",
        "1704067200|AWS SNS|3|1|2|arn:b|1|2.2.2.2|1704067200|1704067200",
      ])
    #expect(result.warnings == [])
  }
}

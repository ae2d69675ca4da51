import Engine
import Rules
import Session
import Testing

/// Stages that have bitten: each gives the same rows in the other language.
@Suite struct PortedRowsTests {
  private static let count = "toint(parse_json(RequestParameters).count)"
  private static let members =
    "let codes = AWSCloudTrail | project c = \(count); AWSCloudTrail | extend c = \(count)"

  static let queries = [
    // A null is no member of a set, and neither in it nor pairs with one that is out of it.
    "\(members) | where c in (codes) | project AwsEventId, c",
    "\(members) | where c !in (codes) | project AwsEventId, c",
    "let names = AWSCloudTrail | project UserIdentityUserName; AWSCloudTrail | where UserIdentityUserName in (names) | project AwsEventId",
    "let names = AWSCloudTrail | where EventName == 'GetObject' | project UserIdentityUserName; AWSCloudTrail | where UserIdentityUserName !in (names) | project AwsEventId",
    // A key that is null on both sides pairs, and is null afterwards.
    "AWSCloudTrail | extend c = \(count) | join kind=leftouter (AWSCloudTrail | summarize n = count() by c = \(count)) on c | project AwsEventId, c, none = isnull(c), other = c1, n",
    // Where missing values stand in an order decides which rows are the first.
    "AWSCloudTrail | extend c = \(count) | sort by c asc, TimeGenerated asc | take 3 | project AwsEventId, c",
    "AWSCloudTrail | extend c = \(count) | sort by c desc nulls first, TimeGenerated asc | take 3 | project AwsEventId, c",
    "AWSCloudTrail | extend c = \(count) | sort by c asc nulls last, TimeGenerated asc | take 4 | project AwsEventId, c",
    "AWSCloudTrail | sort by UserIdentityUserName asc, TimeGenerated asc | take 3 | project AwsEventId",
    "AWSCloudTrail | sort by UserIdentityUserName desc, TimeGenerated asc | take 3 | project AwsEventId",
    "AWSCloudTrail | extend c = tostring(\(count)) | sort by c desc, TimeGenerated asc | take 2 | project AwsEventId",
    "AWSCloudTrail | where EventSource has 's3' | summarize arg_min(UserIdentityUserName, AwsEventId) by EventSource",
    // What is missing there is empty here, and has a length and a text.
    "AWSCloudTrail | project AwsEventId, n = strlen(ErrorCode), short = strlen(ErrorCode) < 5, none = strlen(ErrorCode) == 0, some = strlen(ErrorCode) > 3",
    "AWSCloudTrail | project AwsEventId, t = tostring(\(count)), u = strcat('n', \(count), '-', 5)",
    // Truths, lists and shapes.
    "AWSCloudTrail | project AwsEventId, b = bag_pack('failed', isnotempty(ErrorCode), 'mfa', SessionMfaAuthenticated, 'name', EventName)",
    "AWSCloudTrail | summarize names = make_set(EventName) by EventSource | where set_has_element(names, 'GetObject') | project EventSource",
    "AWSCloudTrail | summarize names = make_set(EventName) by EventSource | where not(set_has_element(names, 'GetObject')) | project EventSource",
    "AWSCloudTrail | extend parts = split(UserIdentityArn, ':') | project AwsEventId, head = strcat_array(array_slice(parts, 0, 1), '/'), tail = strcat_array(array_slice(parts, -2, -1), '/')",
    "AWSCloudTrail | parse-where UserIdentityArn with 'arn:aws:' Kind '::' Account ':' Rest | project AwsEventId, Kind, Account, Rest",
    "AWSCloudTrail | where EventName == 'CreateUser' | summarize names = make_list(EventName, 1), set = make_set(EventName, 3) by EventSource",
    // Parts of times.
    "AWSCloudTrail | project AwsEventId, h = hourofday(TimeGenerated), d = datetime_part('day', TimeGenerated), w = dayofweek(TimeGenerated), y = getyear(TimeGenerated), m = monthofyear(TimeGenerated), j = dayofyear(TimeGenerated)",
    "AWSCloudTrail | project AwsEventId, w = startofweek(TimeGenerated), m = startofmonth(TimeGenerated), y = startofyear(TimeGenerated)",
    "AWSCloudTrail | project AwsEventId, s = substring(EventName, 2), t = substring(EventName, 0, 3)",
    // Rows that the query holds.
    "datatable(g:guid, n:long, r:real, t:datetime, s:timespan, b:bool)[guid(74be27de-1e4e-49d9-b579-fe0b331d3642), -1, 0.5, datetime(2026-03-02), 90s, true, guid(null), long(null), real(null), datetime(null), timespan(null), bool(null)]",
    "datatable(a:string)['x', '', 'y'] | extend n = strlen(a)",
    #"datatable(a:string, b:string)['a, "b"', 'two\nlines', ' ', ''] | project b, a"#,
  ]

  @Test(arguments: queries) func `a query of KQL gives the same rows in SPL and back`(_ query: String) throws
  {
    let there = try PortTests().proved(.rule(query, .kql), to: .spl)
    let port = PortTests.workspace(PortTests.folder).port([there.ported], to: .kql, asksLogs: false).first
    guard port?.ported != nil else { return }
    _ = try PortTests().proved(there.ported, to: .kql, logs: PortTests.filled)
  }

  static let searches = [
    "| eval c=tonumber('requestParameters.count') | sort 0 c, _time | head 4 | table eventID c",
    "| eval c=tonumber('requestParameters.count') | sort 0 - c | head 2 | table eventID c",
    "| sort 0 str(errorCode), _time | head 2 | table eventID errorCode",
    "| sort 0 - str(errorCode), + _time | head 3 | table eventID errorCode",
    #"| eval low="D" | where eventName>low | table eventID"#,
    #"| eval source="mine" | where source="other" | table eventID"#,
    #"| eval t=if(errorCode="AccessDenied", _time, null()), s=case(isnotnull(strftime(t, "%H")), strftime(t, "%H"), true(), coalesce(t, "none")) | table eventID s"#,
    #"| eval x=if(isnotnull(errorCode) AND eventName="CreateUser", errorCode, ""), y=nullif(errorCode, "AccessDenied"), z=if(isnotnull(errorCode), errorCode, null()) | table eventID x y z"#,
    #"| eval a=tonumber('requestParameters.count'), t=a."/x" | table eventID t"#,
    #"| makeresults | eval a=1, b="x" | eval c=a+1 | table a b c"#,
    "| top eventSource", "| top limit=1 showperc=f eventSource", "| top limit=1 eventName by eventSource",
    "| rare limit=2 eventName", "| dedup 2 eventSource | table eventID eventSource",
    // What a join brings keeps its type: times are compared.
    "| join type=inner awsRegion [search index=* sourcetype=aws:cloudtrail eventName=DeleteUser | eval made=_time, n=1 | table awsRegion made n] | where _time<=made AND _time+7000>made AND n<2 | table eventID made n",
    // Several values of one field.
    #"| eval a=split(eventSource, ".") | stats values(a) as v list(a) as l by awsRegion"#,
    #"| eval a=split(eventSource, "."), b=upper(a), c=if(like(a, "%ama%"), 1, 0), d=if(a="iam", 1, 0) | table eventID b c d"#,
    #"| eval a=split(eventSource, "."), n=a."x", l=len(a) | table eventID n l"#,
    #"| eval a=tostring(eventName="GetObject"), b=if(1=1, "x", eventName), c=case(1=2, 1, true(), 2) | table eventID a b c"#,
    #"| eval a=eventSource.":".eventName."/".errorCode | table eventID a"#,
    #"| eval a=split("DeleteUser", ".") | join a [search index=* sourcetype=aws:cloudtrail | eval a=eventName | stats count by a] | table eventID count"#,
    #"| regex userAgent="(?i)^aws-cli|boto" | table eventID"#, #"| regex userAgent!="aws" | table eventID"#,
    #"| eval x=round(len(eventName)/3, 2), y=round(len(eventName)/3, 2)."%" | where x>3.3 AND x<3.4 | table eventID x y"#,
    #"| eval a=strftime(_time, "%FT%T"), b=strftime(_time, "%d of %m"), c=strftime(_time, "%H:%M:%S.%3N") | table eventID a b c"#,
  ]

  @Test(arguments: searches) func `a search gives the same rows in KQL`(_ search: String) throws {
    let source = search.hasPrefix("| makeresults") ? "" : "index=* sourcetype=aws:cloudtrail "
    let rule = DetectionRule.rule(source + search, .spl)
    _ = try PortTests().proved(rule, to: .kql, logs: PortTests.filled)
  }

  @Test func `a constant keeps its name beside a subquery that reads it too`() throws {
    let query = """
      let least = 1;
      let usual = toscalar(AWSCloudTrail | summarize n = count() by EventSource | where n > least | summarize max(n));
      AWSCloudTrail
      | summarize n = count() by EventSource
      | where n > least and n >= usual
      """
    let text = try PortTests().proved(.rule(query, .kql), to: .spl).text
    let lines = text.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
    #expect(lines.filter { $0 == "| eval least=1" }.count == 2, "\(text)")
    #expect(text.contains("\n| eval least=1\n"), "\(text)")
    #expect(text.contains("| where n>least AND n>="), "\(text)")
  }

  @Test(arguments: [
    "strlen(EventName) != 5 and n > most", "n > most + 1 and strlen(EventName) != 5 and n != most",
    "n > most and strlen(EventName) != 2 + 3",
  ]) func `a number that happens to be a constant does not get its name`(_ condition: String) throws {
    let query =
      "let most = 5; AWSCloudTrail | summarize n = count() by EventName | where \(condition)"
    let text = try PortTests().proved(.rule(query, .kql), to: .spl).text
    #expect(text.contains("len(eventName)!=5"), "\(text)")
    #expect(!text.contains("!=most"), "\(text)")
  }

  @Test func `a constant that a stage reads twice has its name in both places`() throws {
    let query =
      "let most = 5; AWSCloudTrail | summarize n = count() by EventName | where n != most and strlen(EventName) > most"
    let text = try PortTests().proved(.rule(query, .kql), to: .spl).text
    #expect(text.contains("| eval most=5\n| where n!=most AND len(eventName)>most\n"), "\(text)")
  }

  @Test(arguments: [
    "eval n=substr(a, 1, 2)", #"where like(a, "ia%")"#,
    #"where match(a, "^ia")"#, "where a>5", "dedup a", "stats dc(a) as n", #"eval n=replace(a, "a", "b")"#,
  ]) func `what Splunk asks of each of several values is refused`(_ stage: String) throws {
    let search = #"sourcetype=aws:cloudtrail | eval a=split(eventSource, ".") | \#(stage) | table a n"#
    let port = try #require(
      PortTests.workspace(PortTests.folder).port([.rule(search, .spl)], to: .kql, asksLogs: false).first)
    guard case .refused(let refusal) = port.outcome else {
      Issue.record("\(port.outcome)")
      return
    }
    #expect(refusal.reason.contains("several"), "\(refusal.reason)")
  }

  @Test func `a number that is infinite is no cell of a table`() throws {
    let rule = DetectionRule.rule("datatable(r:real)[real(+inf)]", .kql)
    let port = try #require(
      PortTests.workspace(PortTests.folder).port([rule], to: .spl, asksLogs: false).first)
    guard case .refused(let refusal) = port.outcome else {
      Issue.record("\(port.outcome)")
      return
    }
    #expect(refusal.reason.contains("a number that is infinite"))
  }

  @Test func `a sort by a value that is made reads it once`() throws {
    let query = "AWSCloudTrail | sort by \(Self.count) asc | project AwsEventId"
    let text = try PortTests().proved(.rule(query, .kql), to: .spl).text
    #expect(text.split(separator: "tonumber").count == 2, "\(text)")
  }
}

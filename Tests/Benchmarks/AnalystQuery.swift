import Session

/// A question that analysts ask of CloudTrail again and again.
///
/// ```
///   AnalystQuery(name: "count-by-name", text: "AWSCloudTrail | summarize count() by EventName")
/// ```
struct AnalystQuery {
  var name: String
  var language: any FrontEnd = .kql
  var text: String
  /// It reads all of the request's JSON, not a member of it.
  var readsWholeRequest = false

  static let all: [AnalystQuery] = [
    AnalystQuery(
      name: "count-by-name", text: "AWSCloudTrail | summarize c = count() by EventName | sort by c desc"),
    AnalystQuery(
      name: "count-by-hour-arn",
      text: "AWSCloudTrail | summarize c = count() by bin(TimeGenerated, 1h), UserIdentityArn"),
    AnalystQuery(
      name: "top-ips",
      text: "AWSCloudTrail | summarize d = dcount(UserIdentityArn) by SourceIpAddress | top 10 by d"),
    AnalystQuery(
      name: "error-rate",
      text: "AWSCloudTrail | summarize n = count(), e = countif(isnotempty(ErrorCode)) by EventSource"
        + " | extend rate = todouble(e) / n"),
    AnalystQuery(
      name: "self-join",
      text: """
        AWSCloudTrail | where EventName == "CreateAccessKey" | project t1 = TimeGenerated, UserIdentityArn
        | join kind=inner (AWSCloudTrail | where ErrorCode == "AccessDenied"
          | project t2 = TimeGenerated, UserIdentityArn) on UserIdentityArn
        | where t2 > t1 and t2 < t1 + 1h | summarize pairs = count() by UserIdentityArn
        """),
    AnalystQuery(
      name: "contains",
      text:
        "AWSCloudTrail | where UserAgent contains \"exec-env/aws_lambda\" | summarize c = count() by EventSource"
    ),
    AnalystQuery(
      name: "regex",
      text: "AWSCloudTrail | where UserAgent matches regex"
        + " @\"[Tt]erraform/1[.]6[.][0-9]+.*provider-aws/5[.][1-4]\" | summarize c = count() by EventSource"),
    AnalystQuery(
      name: "arg-max",
      text: "AWSCloudTrail | summarize arg_max(TimeGenerated, EventName, SourceIpAddress) by UserIdentityArn"),
    AnalystQuery(
      name: "make-set", text: "AWSCloudTrail | summarize names = make_set(EventName) by UserIdentityArn"),
    AnalystQuery(
      name: "json-field",
      text: "AWSCloudTrail | where EventSource == \"s3.amazonaws.com\""
        + " | summarize c = count() by b = tostring(parse_json(RequestParameters).bucketName)"),
    AnalystQuery(
      name: "has-distinct",
      text:
        "AWSCloudTrail | where RequestParameters contains \"part-00\" | summarize c = count() by EventSource",
      readsWholeRequest: true),
    AnalystQuery(
      name: "regex-distinct",
      text: "AWSCloudTrail | where RequestParameters matches regex"
        + " @\"part-[0-9]*7[0-9]*[.]parquet|i-[0-9a-f]{4}0\" | summarize c = count() by EventSource",
      readsWholeRequest: true),
  ]
}

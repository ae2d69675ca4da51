import Diagnostics
import Engine
import Session

extension LintRule {
  static let backtrackingRegex = LintRule(
    "backtracking-regex", "A regular expression that takes exponential time in engines that backtrack.",
    why: """
      One text can match in very many ways, as with `(a+)+$`. Trawl and Kusto take linear time for it, but Splunk \
      and most tools that a rule is ported to try every way: a long value in one event stalls the rule, which is a \
      bypass. Write the inner repetition so that each text matches in one way only.
      """,
    triggers: [
      .spl("eventName=CreateUser | where match(userAgent, \"^(\\w+\\s?)*$\")"),
      .spl("eventName=CreateUser | rex field=userAgent \"^(?<x>(a+)+)b\""),
      .kql("AWSCloudTrail | where UserAgent matches regex @'^(([a-z])+.)+[A-Z]([a-z])+$'"),
    ],
    quiet: [
      .spl("eventName=CreateUser | where match(userAgent, \"^\\w+(\\s\\w+)*$\")"),
      .kql("AWSCloudTrail | where UserAgent matches regex @'^(aws-[a-z]+/)?Boto3.*Linux'"),
      .kql("AWSCloudTrail | where UserAgent matches regex @'(a+)+'"),
    ]
  ) { subject in
    var findings: [Finding] = []
    func check(_ pattern: String, at span: SourceSpan?) {
      guard BacktrackingRisk.isExponential(pattern) else { return }
      findings.append(
        Finding(
          "backtracking-regex", "a backtracking engine may take exponential time for this pattern", at: span,
          of: subject))
    }
    for (call, node) in subject.calls {
      for (index, argument) in call.arguments.enumerated() {
        guard call.function.signature.parameter(at: index)?.isPattern == true,
          case .string(let pattern)? = argument.constantValue
        else { continue }
        check(pattern, at: subject.place(call, in: node))
      }
    }
    for (pattern, span) in SPLPatterns.patterns(in: subject) { check(pattern, at: span) }
    return findings
  }
}

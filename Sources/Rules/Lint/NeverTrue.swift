import Diagnostics
import Engine

extension LintRule {
  static let neverTrue = LintRule(
    "never-true", "A condition that can never hold, or one that always does.",
    why: """
      The conditions of a filter exclude each other (`x == "a" and x == "b"`, `n > 5 and n < 3`, `x == ""` after \
      `isnotempty(x)`), or a literal has capitals and is looked for in a text that was made lower case. The rule \
      then never fires, or its exclusion excludes nothing.
      """,
    triggers: [
      .kql("AWSCloudTrail | where EventName == 'CreateUser' and EventName == 'DeleteUser'"),
      .kql(
        "AWSCloudTrail | where EventName in ('CreateUser', 'CreateRole') | where EventName == 'DeleteUser'"),
      .kql("AWSCloudTrail | summarize n = count() by EventName | where n > 5 and n < 3"),
      .kql("AWSCloudTrail | where isnotempty(ErrorCode) | where ErrorCode == ''"),
      .kql("AWSCloudTrail | where tolower(EventName) == 'CreateUser'"),
      .kql("AWSCloudTrail | extend agent = tolower(UserAgent) | where agent contains_cs 'Boto3'"),
      .kql("AWSCloudTrail | where EventName == 'CreateUser' and EventName startswith 'Delete'"),
      .spl("eventName=CreateUser | where lower(userAgent)=\"Boto3\""),
      .spl("eventName=CreateUser | search eventName=DeleteUser"),
    ],
    quiet: [
      .kql("AWSCloudTrail | where EventName == 'CreateUser' or EventName == 'DeleteUser'"),
      .kql("AWSCloudTrail | where tolower(EventName) == 'createuser'"),
      .kql("AWSCloudTrail | where tolower(EventName) =~ 'CreateUser'"),
      .kql("AWSCloudTrail | where EventName == 'a' | extend EventName = 'b' | where EventName == 'b'"),
      .kql("AWSCloudTrail | summarize n = count() by EventName | where n > 3 and n <= 5"),
      .spl("eventName=CreateUser | search eventName=createuser"),
      .spl("resources{}.ARN=\"a\" resources{}.ARN=\"b\""),
    ]
  ) { subject in
    var finder = ImpossibleConditions(subject: subject)
    for case .filter(let filter) in subject.nodes { finder.look(at: filter) }
    return finder.findings
  }
}

/// Looks for conditions of filters that exclude each other.
private struct ImpossibleConditions {
  let subject: LintSubject
  private(set) var findings: [Finding] = []

  init(subject: LintSubject) { self.subject = subject }

  mutating func look(at filter: Filter) {
    let own = filter.predicate.conjuncts
    for condition in own { lookForCase(in: condition, of: filter) }
    let below = ImpossibleConditions.conditions(below: filter.input)
    lookForContradictions(among: below, and: own, of: filter)
    for condition in own {
      // Each way of an `or` by itself: one that never holds is a mistake as well.
      let alternatives = condition.disjuncts
      guard alternatives.count > 1 else { continue }
      for alternative in alternatives where alternative.conjuncts.count > 1 {
        lookForContradictions(among: [], and: alternative.conjuncts, of: filter)
      }
    }
  }

  /// What all rows satisfy that come to a filter, by the filters below it.
  private static func conditions(below plan: LogicalPlan) -> [Expression] {
    switch plan {
    case .filter(let filter): conditions(below: filter.input) + filter.predicate.conjuncts
    case .project(let project): conditions(below: project.input)
    case .sort(let sort): conditions(below: sort.input)
    case .limit(let limit): conditions(below: limit.input)
    case .window(let window): conditions(below: window.input)
    case .expand(let expand): conditions(below: expand.input)
    case .scan, .inline, .argument, .aggregate, .join, .union, .apply, .tabular: []
    }
  }

  private mutating func lookForContradictions(
    among below: [Expression], and own: [Expression], of filter: Filter
  ) {
    var facts: [String: ValueConstraint] = [:]
    for (index, condition) in (below + own).enumerated() {
      guard let (key, constraint) = ValueConstraint.read(condition, in: subject) else { continue }
      guard let known = facts[key] else {
        facts[key] = constraint
        continue
      }
      let both = known.and(constraint)
      facts[key] = both
      guard index >= below.count, both.isImpossible, !known.isImpossible else { continue }
      let node = LogicalPlan.filter(filter)
      let span = constraint.call.flatMap { subject.place($0, in: node) } ?? filter.origin.span
      var secondary: [Diagnostic.Label] = []
      if let earlier = known.call?.span, earlier != span {
        secondary = [Diagnostic.Label(earlier, "and here it must be otherwise")]
      }
      findings.append(
        Finding(
          "never-true", "`\(constraint.text)` can never hold together with `\(known.text)`", at: span,
          of: subject,
          secondary: secondary))
    }
  }

  // MARK: - Case

  /// Comparisons that heed case: `true` where the literal is a part of the text.
  private static let caseSensitive: Set<String> = [
    "==", "!=", "in", "!in", "has_cs", "!has_cs", "contains_cs", "!contains_cs", "startswith_cs",
    "!startswith_cs", "endswith_cs", "!endswith_cs", "hasprefix_cs", "!hasprefix_cs", "hassuffix_cs",
    "!hassuffix_cs", "=", "like",
  ]

  private mutating func lookForCase(in condition: Expression, of filter: Filter) {
    condition.forEachCall { call in
      guard ImpossibleConditions.caseSensitive.contains(call.name), call.arguments.count >= 2,
        case .call(let made) = subject.resolved(call.arguments[0]),
        let isLower = ImpossibleConditions.casing[made.name]
      else { return }
      let literals = call.arguments.dropFirst().flatMap { argument -> [String] in
        switch argument.constantValue {
        case .string(let text)?: [text]
        case .dynamic(.array(let elements))?:
          elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
        default: []
        }
      }
      guard let wrong = literals.first(where: { isLower ? $0 != $0.lowercased() : $0 != $0.uppercased() })
      else {
        return
      }
      let isNegated = call.name.hasPrefix("!")
      findings.append(
        Finding(
          "never-true",
          "\(ValueCounts.quoted(wrong)) has \(isLower ? "capitals" : "small letters"), and \(made.name)() leaves none: "
            + (isNegated ? "this always holds" : "this never holds"),
          at: subject.place(call, in: .filter(filter)), of: subject,
          suggestions: [
            .init("write \(ValueCounts.quoted(isLower ? wrong.lowercased() : wrong.uppercased()))")
          ]))
    }
  }

  /// Functions that give texts of one case: true for small letters.
  private static let casing: [String: Bool] = [
    "tolower": true, "lower": true, "toupper": false, "upper": false,
  ]
}

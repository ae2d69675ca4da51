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
      .kql("AWSCloudTrail | where EventName != 'CreateUser' or EventName != 'DeleteUser'"),
      .kql("AWSCloudTrail | where UserAgent !startswith 'Boto3' or UserAgent !startswith 'aws-cli'"),
      .spl("eventName=CreateUser | where lower(userAgent)=\"Boto3\""),
      .spl("eventName=CreateUser | search eventName=DeleteUser"),
    ],
    quiet: [
      .kql("AWSCloudTrail | where EventName == 'CreateUser' or EventName == 'DeleteUser'"),
      .kql("AWSCloudTrail | where EventName != 'CreateUser' and EventName != 'DeleteUser'"),
      .kql("AWSCloudTrail | where UserAgent !startswith 'aws' or UserAgent !startswith 'aws-cli'"),
      .kql("AWSCloudTrail | where UserAgent !contains 'Boto3' or UserAgent !contains 'aws-cli'"),
      .kql("AWSCloudTrail | where EventName != 'CreateUser' or EventSource != 'iam.amazonaws.com'"),
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
      lookForTautology(among: alternatives, of: filter)
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
    case .scan, .inline, .argument, .aggregate, .join, .union, .apply, .tabular, .with, .reference: []
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

  /// `a != "x" or a != "y"` always holds: what each way excludes can't be all at once.
  private mutating func lookForTautology(among alternatives: [Expression], of filter: Filter) {
    var facts: [String: (constraint: ValueConstraint, call: FunctionCall)] = [:]
    for alternative in alternatives {
      guard case .call(let call) = alternative, let opposite = ImpossibleConditions.opposite(of: call),
        let (key, constraint) = ValueConstraint.read(.call(opposite), in: subject)
      else { continue }
      guard let known = facts[key] else {
        facts[key] = (constraint, call)
        continue
      }
      let both = known.constraint.and(constraint)
      facts[key] = (both, known.call)
      guard both.isImpossible, !known.constraint.isImpossible else { continue }
      let node = LogicalPlan.filter(filter)
      findings.append(
        Finding(
          "never-true",
          "one of `\(LintSubject.text(.call(known.call)))` and `\(LintSubject.text(alternative))` always holds",
          at: subject.place(call, in: node), of: subject,
          suggestions: [.init("to exclude both, join them with `and`")]))
    }
  }

  /// The test that a negated one denies.
  private static func opposite(of call: FunctionCall) -> FunctionCall? {
    guard var meaning = call.function.meaning, meaning.isNegated else { return nil }
    meaning.isNegated = false
    guard
      let function = FunctionCatalog.scalar(
        meaning: meaning, takesList: call.function.takesList, in: call.dialect.language)
    else { return nil }
    var opposite = call
    opposite.function = function
    return opposite
  }

  // MARK: - Case

  private mutating func lookForCase(in condition: Expression, of filter: Filter) {
    condition.forEachCall { call in
      guard let predicate = Predicate(.call(call)), !predicate.meaning.ignoresCase,
        predicate.meaning.comparesTexts || predicate.meaning.test == .matches(.like),
        case .call(let made) = subject.resolved(predicate.subject), let casing = made.function.casing,
        let wrong = predicate.knownTexts.first(where: { casing.applied(to: $0) != $0 })
      else { return }
      findings.append(
        Finding(
          "never-true",
          "\(ValueCounts.quoted(wrong)) has \(casing == .small ? "capitals" : "small letters"), and \(made.name)() leaves none: "
            + (predicate.meaning.isNegated ? "this always holds" : "this never holds"),
          at: subject.place(call, in: .filter(filter)), of: subject,
          suggestions: [
            .init("write \(ValueCounts.quoted(casing.applied(to: wrong)))")
          ]))
    }
  }
}

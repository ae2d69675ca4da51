package import Diagnostics
package import Engine
package import Session

/// Checks rules: reads, binds and types them, then looks for what lints know.
///
/// ```
///   let check = try RuleCheck(workspace, comparesLogs: false).check(rules)
///   check.entries.flatMap(\.findings)
/// ```
package struct RuleCheck: Sendable {
  package struct Entry: Sendable {
    package var rule: DetectionRule
    /// In the order of their places.
    package var findings: [Finding] = []
    /// What the rule needs and the workspace lacks: it could not be checked. Empty if it was.
    package var missing: [Advice] = []
    /// What it reads and the logs have nothing of: there it was not compared with them.
    package var uncompared: [Advice] = []
  }

  package struct Result: Sendable {
    package var entries: [Entry]
    /// Of the logs that the rules were compared with.
    package var report: LoadReport?
  }

  private let workspace: Workspace
  private let comparesLogs: Bool

  /// - Parameter comparesLogs: also with what the workspace's logs hold; they are read once for all rules.
  package init(_ workspace: Workspace, comparesLogs: Bool = false) {
    self.workspace = workspace
    self.comparesLogs = comparesLogs
  }

  package func check(_ rules: [DetectionRule]) throws(ExecutionFailure) -> Result {
    var entries = rules.map { Entry(rule: $0) }
    var subjects: [(entry: Int, subject: LintSubject)] = []
    for (index, query) in compiled(rules).enumerated() {
      do throws(QueryFailure) {
        subjects.append(
          (index, LintSubject(rule: rules[index], query: try query.get(), workspace: workspace)))
      } catch {
        entries[index].missing = MissingData.reasons(of: error)
        if entries[index].missing.isEmpty {
          entries[index].findings = error.diagnostics.map { Finding($0, in: error.source) }
        }
      }
    }
    let report = comparesLogs ? try survey(&subjects) : nil
    if let report {
      let missing = MissingData(report: report, configuration: workspace.configuration)
      for (index, subject) in subjects {
        entries[index].uncompared = subject.query.results.flatMap { missing.reasons(for: $0.plan) }.uniqued
      }
    }
    for (index, subject) in subjects {
      var findings = FindingWeight.weighed(subject.query.warnings).map {
        Finding($0, in: subject.rule.query)
      }
      for lint in LintCatalog.all where comparesLogs || !lint.needsLogs { findings += lint.find(subject) }
      entries[index].findings = RuleCheck.withoutRepeats(findings)
    }
    for (index, other) in SameQuery.repeats(of: subjects) {
      entries[index].findings.append(SameQuery.finding(entries[index].rule, like: entries[other].rule))
    }
    for index in entries.indices where entries[index].missing.isEmpty {
      let file = entries[index].rule.file
      entries[index].findings = LintAllowances(file).applied(to: entries[index].findings, in: file)
        .sorted { RuleCheck.order($0) < RuleCheck.order($1) }
    }
    return Result(entries: entries, report: report)
  }

  /// The queries of rules; where they are compared with logs, these also tell what queries leave open.
  private func compiled(_ rules: [DetectionRule]) -> [Swift.Result<CompiledQuery, QueryFailure>] {
    let queries = rules.map { rule -> Swift.Result<CompiledQuery, QueryFailure> in
      var variables: Set<String> = []
      do throws(QueryFailure) {
        return .success(try workspace.compile(rule, variables: &variables))
      } catch {
        return .failure(error)
      }
    }
    return comparesLogs ? workspace.resolve(queries) : queries
  }

  /// Reads the logs once for what all rules ask about.
  private func survey(_ subjects: inout [(entry: Int, subject: LintSubject)]) throws(ExecutionFailure)
    -> LoadReport
  {
    var surveys = subjects.map { LogSurvey($0.subject) }
    // Every table that a rule reads is looked for, also where nothing is asked of its columns.
    let others = subjects.flatMap { $0.subject.query.results.flatMap(\.plan.scans) }.map { scan in
      var scan = scan
      scan.sources = []
      return scan
    }
    let tables = workspace.load((surveys.flatMap(\.scans) + others).map { LogicalPlan.scan($0) })
    for index in surveys.indices {
      try surveys[index].count(in: tables)
      subjects[index].subject.survey = surveys[index]
    }
    return tables.report
  }

  /// One finding for what is found twice; what a lint says in more words takes the place of the plain warning.
  private static func withoutRepeats(_ findings: [Finding]) -> [Finding] {
    var seen: Set<Finding> = []
    let grouped = Set(
      findings.filter { $0.slug == LintRule.groupByUnknown.slug }.compactMap { $0.diagnostic.primary?.span })
    return findings.filter { finding in
      if ["unknown-field", "absent-field"].contains(finding.slug),
        let span = finding.diagnostic.primary?.span,
        grouped.contains(span)
      {
        return false
      }
      return seen.insert(finding).inserted
    }
  }

  private static func order(_ finding: Finding) -> (Int, Int, String) {
    guard let span = finding.diagnostic.primary?.span else { return (Int.max, 0, finding.slug) }
    let place = finding.source.position(of: span.lowerBound)
    return (place.line, place.column, finding.slug)
  }
}

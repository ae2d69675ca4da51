package import Diagnostics
package import Engine
import Formats
package import Session

/// A rule in another language.
package struct RulePort: Sendable {
  package enum Outcome: Sendable {
    /// The text compiles; what the target's own product does otherwise is said beside it.
    case written(DetectionRule, remarks: [WritingRemark])
    /// Without the stages that the target cannot say, which are marked in the text.
    case partial(DetectionRule, remarks: [WritingRemark], missing: [WritingRefusal])
    /// The original is wrong itself.
    case broken(QueryFailure)
    /// The target cannot say what the original says.
    case refused(WritingRefusal)
    /// What was written does not compile: a fault of the writer.
    case misspelled(String, QueryFailure)
  }

  package var rule: DetectionRule
  package var target: any FrontEnd
  package var outcome: Outcome

  package var ported: DetectionRule? {
    switch outcome {
    case .written(let rule, _), .partial(let rule, _, _): rule
    case .broken, .refused, .misspelled: nil
    }
  }
}

extension Workspace {
  /// Writes rules in another language, and reads what was written.
  ///
  /// - Parameter asksLogs: what only logs tell, such as the fields that `*` stands for, is asked of those that there
  ///   are. Else such a rule is refused.
  ///   - allowsPartial: stages that the target cannot say are left out, and marked.
  package func port(
    _ rules: [DetectionRule], to target: any FrontEnd, asksLogs: Bool, allowsPartial: Bool = false
  ) -> [RulePort] {
    let cache = EvaluationCache(self)
    return rules.map { rule in
      let outcome = outcome(of: rule, target, asksLogs ? cache : nil, allowsPartial: allowsPartial)
      return RulePort(rule: rule, target: target, outcome: outcome)
    }
  }

  private func outcome(
    of rule: DetectionRule, _ target: any FrontEnd, _ cache: EvaluationCache?, allowsPartial: Bool
  ) -> RulePort.Outcome {
    if rule.language.name == target.name {
      return .refused(WritingRefusal("it is written in \(target.title) already"))
    }
    var query: CompiledQuery
    var asked: [WritingRemark] = []
    do throws(QueryFailure) {
      query = try compile(rule)
      if let cache, !query.open.isEmpty {
        query = try resolve(query, with: cache)
        asked = query.answered.map {
          WritingRemark("\($0.what) were asked of the logs that were given", at: $0.plan.origin.span)
        }
      }
    } catch {
      return .broken(error)
    }
    if let frozen = query.answered.first(where: { !$0.isAboutNames }) {
      return .refused(
        WritingRefusal(
          "\(frozen.what) of these logs would stand in the text, and other logs have others",
          at: frozen.plan.origin.span))
    }
    let written: WrittenPlan
    var missing: [WritingRefusal] = []
    do throws(WritingRefusal) {
      if allowsPartial {
        let port = try PartialPort(of: query, as: target, rule.comments, in: self)
        (written, missing) = (port.written, port.missing)
      } else {
        written = try write(query, as: target, rule.comments)
      }
    } catch {
      return .refused(error)
    }
    let form = PortedForm(rule: rule, target: target)
    let ported = form.rule(written.text)
    do throws(QueryFailure) { _ = try compile(ported) } catch { return .misspelled(ported.file.text, error) }
    let remarks = asked + written.remarks + form.remarks
    return missing.isEmpty
      ? .written(ported, remarks: remarks) : .partial(ported, remarks: remarks, missing: missing)
  }
}

extension DetectionRule {
  /// The comments of the query, but for the one at its head: what that says has its place in every form of a rule.
  fileprivate var comments: [QueryComment] {
    let all = language.comments(in: query)
    if !isWholeFile { return all }
    let text = query.text
    let head = RuleFile.headLength(of: text, language.comment)
    return all.filter { $0.span.lowerBound >= head }
  }
}

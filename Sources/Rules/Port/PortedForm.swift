import Diagnostics
import Engine
import Formats
import Session

/// The file that holds a rule in its new language: a query below a comment, or YAML where the original is YAML.
package struct PortedForm {
  let rule: DetectionRule
  let target: any FrontEnd

  /// `rules/ses.kql` is `ses.spl`, `rules/ses.yaml` stays YAML.
  var fileName: String {
    let ending = isStructured && target.ruleLayout != nil ? ".yml" : target.fileEndings.first ?? ""
    return rule.fileStem + ending
  }

  /// What it says beside its query stands in fields, not in a comment.
  var isStructured: Bool { !rule.isWholeFile }

  func rule(_ query: String) -> DetectionRule {
    if isStructured, let layout = target.ruleLayout { return yamlRule(query, layout) }
    return queryRule(query)
  }

  /// A rule that stands among others, or the rule itself: in a file of its own, which says all of it that the other did.
  package static func alone(_ rule: DetectionRule) -> DetectionRule {
    guard rule.part != nil else { return rule }
    let form = PortedForm(rule: rule, target: rule.language)
    // In YAML the first line tells how far all are indented.
    let query = RuleHeader.trimmed(rule.query.text)
    let layout = rule.language.ruleLayout
    switch layout {
    case .sentinel?: return form.yamlRule(query, .sentinel)
    // A detection in contentctl's layout has no schedule.
    case .contentctl?, nil: return form.queryRule(query)
    }
  }

  /// It stays in its language, where nothing is lost.
  var isOwnLanguage: Bool { rule.language.name == target.name }

  private func queryRule(_ query: String) -> DetectionRule {
    let head = rule.head(target.comment, portedFrom: isOwnLanguage ? nil : rule.place)
    let path = rule.fileStem + (target.fileEndings.first ?? "")
    return RuleFile.rule(head + query + "\n", language: target, path: path)
  }

  private func yamlRule(_ query: String, _ layout: RuleLayout) -> DetectionRule {
    let text =
      switch layout {
      case .contentctl: contentctl(query)
      case .sentinel: sentinel(query)
      }
    // What was written here is read back; should it not be, the query alone is the rule.
    do throws(RuleFile.YAMLProblem) {
      var rule = try RuleFile.rule(yaml: text, path: fileName)
      // The text reads the events' own fields, whatever an add-on makes of them.
      rule.view = nil
      return rule
    } catch {
      return queryRule(query)
    }
  }
}

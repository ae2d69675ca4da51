import Diagnostics
import Engine

extension RuleFile {
  /// Why a YAML file gives no rule.
  package enum YAMLProblem: Error {
    /// It is no rule: something else that stands among rules.
    case noRule(String)
    case wrong(YAMLFailure)
  }

  /// A rule in YAML: Sentinel's analytic and hunting rules have a `query`, detections for Splunk a `search`.
  package static func rule(yaml text: String, path: String) throws(YAMLProblem) -> DetectionRule {
    let document: YAMLNode
    do throws(YAMLFailure) {
      document = try YAMLReader.read(text)
    } catch {
      throw .wrong(error)
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    if let query = document["query"], let source = query.source(named: path) {
      return DetectionRule(
        metadata: RuleMetadata(sentinel: document, fileName: stem), query: source, language: .kql, path: path)
    }
    if let search = document["search"], let source = search.source(named: path) {
      var rule = DetectionRule(
        metadata: RuleMetadata(contentctl: document, fileName: stem), query: source, language: .spl,
        path: path)
      rule.view = .addon
      return rule
    }
    throw .noRule("it has neither a `query` nor a `search`")
  }
}

extension RuleMetadata {
  /// Sentinel: `name`, `severity`, `tactics`, `relevantTechniques`, `entityMappings`, …
  init(sentinel rule: YAMLNode, fileName: String) {
    self.init(title: rule["name"]?.text ?? fileName)
    id = rule["id"]?.text
    description = RuleMetadata.oneParagraph(rule["description"]?.text)
    severity = rule["severity"]?.text?.lowercased()
    tactics = rule["tactics"]?.texts ?? []
    techniques = (rule["relevantTechniques"]?.texts ?? []) + (rule["techniques"]?.texts ?? [])
    dataSources = (rule["requiredDataConnectors"]?.elements ?? []).flatMap { connector in
      connector["dataTypes"]?.texts ?? connector["connectorId"]?.texts ?? []
    }
    entities = (rule["entityMappings"]?.elements ?? []).compactMap { mapping in
      guard let type = mapping["entityType"]?.text else { return nil }
      let fields = (mapping["fieldMappings"]?.elements ?? []).compactMap { field -> RuleEntity.Field? in
        guard let identifier = field["identifier"]?.text, let column = field["columnName"]?.text else {
          return nil
        }
        return RuleEntity.Field(identifier: identifier, column: column)
      }
      return RuleEntity(type: type, fields: fields)
    }
    let keys = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"]
    guard keys.contains(where: { rule[$0] != nil }) else { return }
    var schedule = RuleSchedule()
    schedule.frequency = rule["queryFrequency"]?.text
    schedule.period = rule["queryPeriod"]?.text
    if let text = rule["triggerOperator"]?.text, let known = RuleSchedule.Operator(text: text) {
      schedule.triggerOperator = known
    }
    schedule.triggerThreshold = rule["triggerThreshold"]?.text.flatMap { Int($0) } ?? 0
    self.schedule = schedule
  }

  /// Detections for Splunk: `name`, `search`, `tags` with `mitre_attack_id`.
  init(contentctl rule: YAMLNode, fileName: String) {
    self.init(title: rule["name"]?.text ?? fileName)
    id = rule["id"]?.text
    description = RuleMetadata.oneParagraph(rule["description"]?.text)
    let tags = rule["tags"]
    severity = (rule["severity"] ?? tags?["severity"])?.text?.lowercased()
    techniques = (tags?["mitre_attack_id"] ?? rule["mitre_attack_id"])?.texts ?? []
    tactics = tags?["kill_chain_phases"]?.texts ?? []
    dataSources = rule["data_source"]?.texts ?? []
    falsePositives = (rule["known_false_positives"]?.texts ?? []).map { RuleMetadata.oneParagraph($0) }
    entities = (rule["rba"]?["risk_objects"]?.elements ?? []).compactMap { object in
      guard let field = object["field"]?.text, let type = object["type"]?.text else { return nil }
      return RuleEntity(type: type, fields: [RuleEntity.Field(identifier: "name", column: field)])
    }
  }

  /// Text without its line ends; quotes that hold all of it go too.
  private static func oneParagraph(_ text: String?) -> String {
    var words = (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.count >= 2, words.first == "'", words.last == "'" {
      words = String(words.dropFirst().dropLast())
    }
    return words
  }
}

import Diagnostics
import Engine
package import Formats
import Session

extension RuleFile {
  /// Why a YAML file gives no rule.
  package enum YAMLProblem: Error {
    /// It is no rule: something else that stands among rules.
    case noRule(String)
    case wrong(YAMLFailure)
  }

  /// A text whose first line is `key:` or `---`, as no query's is.
  static func isYAML(_ text: String) -> Bool {
    let first = text.split(whereSeparator: \.isNewline).first { line in
      let content = line.drop(while: \.isWhitespace)
      return !content.isEmpty && !content.hasPrefix("#")
    }
    guard let first else { return false }
    if first.hasPrefix("---") { return true }
    let key = first.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    let rest = first.dropFirst(key.count)
    return !key.isEmpty && (rest == ":" || rest.hasPrefix(": "))
  }

  /// A rule in YAML: Sentinel's analytic and hunting rules have a `query`, detections for Splunk a `search`.
  package static func rule(yaml text: String, path: String) throws(YAMLProblem) -> DetectionRule {
    let document: YAMLNode
    do throws(YAMLFailure) {
      document = try YAMLReader.read(text)
    } catch {
      throw .wrong(error)
    }
    let stem = FilePath(path).stem
    let file = SourceText(name: path, text: text)
    do throws(YAMLFailure) {
      if let query = document["query"], let source = query.source(in: file) {
        return DetectionRule(
          metadata: try RuleMetadata(sentinel: document, fileName: stem), query: source, language: .kql,
          path: path, file: file)
      }
      if let search = document["search"], let source = search.source(in: file) {
        var rule = DetectionRule(
          metadata: RuleMetadata(contentctl: document, fileName: stem), query: source, language: .spl,
          path: path, file: file)
        rule.view = .addon
        return rule
      }
    } catch {
      throw .wrong(error)
    }
    throw .noRule("it has neither a `query` nor a `search`")
  }
}

extension RuleMetadata {
  /// Sentinel: `name`, `severity`, `tactics`, `relevantTechniques`, `entityMappings`, …
  init(sentinel rule: YAMLNode, fileName: String) throws(YAMLFailure) {
    self.init(title: (rule["name"] ?? rule["displayName"])?.text ?? fileName)
    id = rule["id"]?.text
    kind = rule["kind"]?.text
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
        let place = field["columnName"]
        return RuleEntity.Field(
          identifier: identifier, column: column, line: place?.line, columnNumber: place?.column)
      }
      return RuleEntity(type: type, fields: fields)
    }
    customDetails = (rule["customDetails"]?.entries ?? []).compactMap { entry in
      entry.value.text.map {
        RuleEntity.Field(
          identifier: entry.key, column: $0, line: entry.value.line, columnNumber: entry.value.column)
      }
    }
    if let details = rule["alertDetailsOverride"] {
      alertDetails.title = details["alertDisplayNameFormat"]?.text.map { AlertTemplate($0, style: .braces) }
      alertDetails.description = details["alertDescriptionFormat"]?.text.map {
        AlertTemplate($0, style: .braces)
      }
      alertDetails.severityColumn = details["alertSeverityColumnName"]?.text
      alertDetails.tacticsColumn = details["alertTacticsColumnName"]?.text
    }
    playbook = rule["playbook"]?.text
    otherKeys = rule.keys(except: [
      "alertDetailsOverride", "customDetails", "description", "displayName", "entityMappings", "id", "kind",
      "name", "playbook", "query", "queryFrequency", "queryPeriod", "relevantTechniques",
      "requiredDataConnectors", "severity", "tactics", "techniques", "triggerOperator", "triggerThreshold",
    ])
    otherKeys += rule.keys(
      below: "alertDetailsOverride",
      except: [
        "alertDescriptionFormat", "alertDisplayNameFormat", "alertSeverityColumnName",
        "alertTacticsColumnName",
      ])
    let keys = ["queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"]
    guard keys.contains(where: { rule[$0] != nil }) else { return }
    var schedule = RuleSchedule()
    schedule.frequency = rule["queryFrequency"]?.text
    schedule.period = rule["queryPeriod"]?.text
    if let node = rule["triggerOperator"] {
      guard let known = node.text.flatMap({ RuleSchedule.Operator(text: $0) }) else {
        throw YAMLFailure(
          id: "bad-trigger", message: "`triggerOperator` is `gt`, `lt`, `eq` or `ne`", line: node.line,
          column: node.column)
      }
      schedule.triggerOperator = known
    }
    if let node = rule["triggerThreshold"] {
      guard let threshold = node.text.flatMap({ Int($0) }) else {
        throw YAMLFailure(
          id: "bad-trigger", message: "`triggerThreshold` is a whole number", line: node.line,
          column: node.column)
      }
      schedule.triggerThreshold = threshold
    }
    for key in ["queryFrequency", "queryPeriod"] {
      guard let node = rule[key], let text = node.text, ScheduleDuration.ticks(text) == nil else { continue }
      throw YAMLFailure(
        id: "bad-period", message: "`\(key)` is a time such as 5m, 1h, 1d or PT1H, not `\(text)`",
        line: node.line, column: node.column)
    }
    self.schedule = schedule
  }

  /// Detections for Splunk: `name`, `search`, `tags` with `mitre_attack_id`.
  init(contentctl rule: YAMLNode, fileName: String) {
    self.init(title: rule["name"]?.text ?? fileName)
    id = rule["id"]?.text
    kind = rule["type"]?.text
    description = RuleMetadata.oneParagraph(rule["description"]?.text)
    let tags = rule["tags"]
    severity = (rule["severity"] ?? tags?["severity"])?.text?.lowercased()
    techniques = (tags?["mitre_attack_id"] ?? rule["mitre_attack_id"])?.texts ?? []
    tactics = tags?["kill_chain_phases"]?.texts ?? []
    dataSources = rule["data_source"]?.texts ?? []
    falsePositives = (rule["known_false_positives"]?.texts ?? []).map { RuleMetadata.oneParagraph($0) }
    // The newest layout has them in `finding`, in `intermediate_findings` and by themselves.
    let objects = ["rba", "finding", "intermediate_findings", "threat_objects"].flatMap {
      RuleMetadata.objects(in: rule[$0])
    }
    entities = objects.compactMap { object in
      guard let field = object["field"], let name = field.text, let type = object["type"]?.text else {
        return nil
      }
      return RuleEntity(
        type: type,
        fields: [
          RuleEntity.Field(identifier: "name", column: name, line: field.line, columnNumber: field.column)
        ])
    }
    // Before risk objects had a place of their own they were tagged as observables.
    for observable in tags?["observable"]?.elements ?? [] {
      guard let field = observable["name"], let name = field.text, let type = observable["type"]?.text else {
        continue
      }
      entities.append(
        RuleEntity(
          type: type,
          fields: [
            RuleEntity.Field(identifier: "name", column: name, line: field.line, columnNumber: field.column)
          ]))
    }
    let message = (rule["rba"]?["message"] ?? tags?["message"] ?? rule["finding"]?["title"])?.text
    alertDetails.title = message.map { AlertTemplate(RuleMetadata.oneParagraph($0), style: .dollars) }
    playbook = rule["playbook"]?.text
    otherKeys =
      rule.keys(except: [
        "data_source", "description", "finding", "id", "intermediate_findings", "known_false_positives",
        "mitre_attack_id", "name", "playbook", "rba", "search", "severity", "tags", "threat_objects", "type",
      ])
      + rule.keys(
        below: "tags", except: ["kill_chain_phases", "message", "mitre_attack_id", "observable", "severity"])
      + rule.keys(below: "rba", except: ["message", "risk_objects", "threat_objects"])
      + objects.flatMap { $0.keys(except: ["field", "type"]) }.uniqued.map { "\($0) of risk objects" }
  }

  /// The maps with a `field`, at any depth.
  private static func objects(in node: YAMLNode?) -> [YAMLNode] {
    var found: [YAMLNode] = []
    var todo = node.map { [$0] } ?? []
    while let node = todo.popLast() {
      if node["field"] != nil {
        found.append(node)
      } else if case .list(let elements) = node.content {
        todo += elements.reversed()
      } else {
        todo += node.entries.reversed().map(\.value)
      }
    }
    return found
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

extension YAMLNode {
  /// The keys of a map that are none of those read.
  fileprivate func keys(except read: Set<String>) -> [String] {
    entries.map(\.key).filter { !read.contains($0) }
  }

  /// Those of a map below it, with its own key before each.
  fileprivate func keys(below key: String, except read: Set<String>) -> [String] {
    (self[key]?.keys(except: read) ?? []).map { "\(key).\($0)" }
  }
}

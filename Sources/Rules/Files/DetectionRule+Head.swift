import Formats
import Session

extension DetectionRule {
  /// What it says of itself as the comment at the head of a query's file. Where each line has a mark, a
  /// blank line keeps it apart from a comment of the query's own.
  func head(_ style: CommentStyle, portedFrom origin: String?) -> String {
    var head = HeadText(style)
    // What came from no file is called nothing.
    if !isWithoutFile || metadata.title != FilePath(path).stem { head.add("title", metadata.title) }
    if origin == nil { head.add("id", metadata.id) }
    head.add("description", metadata.description)
    head.add("severity", metadata.severity)
    head.add("frequency", metadata.schedule?.frequency)
    head.add("period", metadata.schedule?.period)
    if let schedule = metadata.schedule, schedule != schedule.withUsualTrigger {
      head.add("trigger", "\(schedule.triggerOperator.rawValue) \(schedule.triggerThreshold)")
    }
    head.add("technique", metadata.techniques.joined(separator: ", "))
    head.add("tactic", metadata.tactics.joined(separator: ", "))
    head.add(
      "entities",
      HeadText.pairs(metadata.entities.flatMap { entity in entity.fields.map { (entity.type, $0.column) } }))
    head.add("custom details", HeadText.pairs(metadata.customDetails.map { ($0.identifier, $0.column) }))
    head.add("alert title", metadata.alertDetails.title?.template(in: .braces))
    head.add("alert description", metadata.alertDetails.description?.template(in: .braces))
    head.add("alert severity", metadata.alertDetails.severityColumn)
    head.add("alert tactics", metadata.alertDetails.tacticsColumn)
    head.add("playbook", metadata.playbook)
    if origin == nil { head.add("view", view?.rawValue) }
    head.list("data source", metadata.dataSources)
    head.list("false positives", metadata.falsePositives)
    head.list("triage", metadata.triage)
    for remark in metadata.remarks { head.add(line: remark) }
    if !isWithoutFile { head.add("ported from", origin) }
    if head.lines.isEmpty { return "" }
    let text = style.comment(head.lines) + "\n"
    return if case .lines = style { text + "\n" } else { text }
  }
}

extension RuleSchedule {
  fileprivate var withUsualTrigger: RuleSchedule {
    var usual = RuleSchedule()
    usual.frequency = frequency
    usual.period = period
    return usual
  }
}

/// The lines of a rule's head, as `RuleHeader` reads them.
private struct HeadText {
  private static let width = 108

  private(set) var lines: [String] = []
  private let style: CommentStyle

  init(_ style: CommentStyle) { self.style = style }

  mutating func add(_ key: String, _ text: String?) {
    if let text, !text.isEmpty { lines += wrapped("\(key): \(text)", indent: "  ") }
  }

  mutating func add(line: String) { lines += wrapped(line, indent: "  ") }

  mutating func list(_ key: String, _ items: [String]) {
    if items.isEmpty { return }
    lines.append("\(key):")
    for item in items { lines += wrapped("- \(item)", indent: "    ", first: "  ") }
  }

  static func pairs(_ pairs: [(name: String, column: String)]) -> String {
    pairs.map { "\($0.name)=\($0.column)" }.joined(separator: ", ")
  }

  /// The text in lines of which none ends the comment or begins an item.
  private func wrapped(_ text: String, indent: String, first: String = "") -> [String] {
    var text = text
    if case .between(let mark) = style { text = text.replacing(mark, with: "") }
    var lines: [String] = []
    var line = ""
    for word in text.split(whereSeparator: \.isWhitespace) {
      if line.isEmpty {
        line = first + word
      } else if line.count + word.count > HeadText.width, word != "-" {
        lines.append(line)
        line = indent + word
      } else {
        line += " \(word)"
      }
    }
    return lines + [line]
  }
}

import Diagnostics
package import Engine

/// One test of a rule: logs, and what must come of them.
///
/// ```
/// # high-volume-ses.tests.yml, beside high-volume-ses.kql
/// tests:
///   - name: fires on 101 emails in an hour
///     logs: ../../examples/bursts/ses-one-over
///     expect: fires
///     rows: 1
///     contains:
///       - EventCount: 101
/// ```
package struct RuleTest: Hashable, Sendable {
  package struct Cell: Hashable, Sendable {
    package var column: String
    package var text: String
  }

  package var name: String
  /// Files and folders.
  package var logs: [String] = []
  /// Events that stand in the test itself.
  package var events: [JSONValue] = []
  /// Ticks; nil for the newest event.
  package var now: Int64?
  /// Values of scalar `let`s.
  package var values: [String: String] = [:]
  /// It must give rows, or none; nil leaves it open.
  package var fires: Bool?
  package var rows: Int?
  /// For each there must be a row with these cells.
  package var contains: [[Cell]] = []
  /// For each there must be no such row.
  package var lacks: [[Cell]] = []
  /// 1-based, in the test file.
  package var line: Int
}

extension RuleTest {
  /// The tests of a file.
  ///
  /// - Parameter folder: what paths of logs are relative to.
  package static func tests(in text: String, folder: String) throws(YAMLFailure) -> [RuleTest] {
    let document = try YAMLReader.read(text)
    if case .map(let entries) = document.content, let other = entries.first(where: { $0.key != "tests" }) {
      throw unknownKey(other, known: ["tests"])
    }
    guard let list = document["tests"] ?? (document.entries.isEmpty ? document : nil),
      case .list(let elements) = list.content
    else { throw failure("a test file is a list of tests", at: document) }
    var result: [RuleTest] = []
    for element in elements { result.append(try RuleTest(element, folder: folder)) }
    return result
  }

  private init(_ node: YAMLNode, folder: String) throws(YAMLFailure) {
    guard let name = node["name"]?.text else { throw RuleTest.failure("a test needs a `name`", at: node) }
    self.init(name: name, line: node.line)
    for entry in node.entries {
      let value = entry.value
      switch entry.key {
      case "name": continue
      case "logs":
        logs = value.texts.map { $0.hasPrefix("/") || folder.isEmpty ? $0 : "\(folder)/\($0)" }
      case "events": events = value.elements.map(\.json)
      case "now":
        guard let ticks = value.text.flatMap({ DatetimeParsing.parseKQL($0) }) else {
          throw RuleTest.failure("`now` is a time such as 2026-03-02T08:00:00Z", at: value)
        }
        now = ticks
      case "set": for setting in value.entries { values[setting.key] = setting.value.text ?? "" }
      case "expect":
        switch value.text {
        case "fires": fires = true
        case "silent": fires = false
        default: throw RuleTest.failure("`expect` is `fires` or `silent`", at: value)
        }
      case "rows":
        guard let count = value.text.flatMap({ Int($0) }), count >= 0 else {
          throw RuleTest.failure("`rows` is a whole number", at: value)
        }
        rows = count
      case "contains": contains = try RuleTest.rows(value)
      case "lacks": lacks = try RuleTest.rows(value)
      default:
        throw RuleTest.unknownKey(
          entry, known: ["contains", "events", "expect", "lacks", "logs", "name", "now", "rows", "set"])
      }
    }
    if logs.isEmpty, events.isEmpty {
      throw RuleTest.failure("the test has neither `logs` nor `events`", at: node)
    }
    if fires == nil, rows == nil, contains.isEmpty, lacks.isEmpty {
      throw RuleTest.failure(
        "the test expects nothing: add `expect`, `rows`, `contains` or `lacks`", at: node)
    }
  }

  private init(name: String, line: Int) {
    self.name = name
    self.line = line
  }

  private static func rows(_ node: YAMLNode) throws(YAMLFailure) -> [[Cell]] {
    var result: [[Cell]] = []
    for element in node.elements {
      guard !element.entries.isEmpty else { throw failure("a row is written `column: value`", at: element) }
      result.append(
        element.entries.map { entry in
          let value = entry.value
          return Cell(column: entry.key, text: value.text ?? (value.elements.isEmpty ? "" : value.json.text))
        })
    }
    return result
  }

  private static func failure(_ message: String, at node: YAMLNode) -> YAMLFailure {
    YAMLFailure(id: "bad-test", message: message, line: node.line, column: node.column)
  }

  private static func unknownKey(_ entry: YAMLNode.Entry, known: [String]) -> YAMLFailure {
    let near = NearestNames.of(entry.key, among: known).first.map { "; did you mean `\($0)`?" } ?? ""
    return YAMLFailure(
      id: "unknown-key", message: "`\(entry.key)` is not known here\(near)", line: entry.line,
      column: entry.column)
  }
}

package import Diagnostics
import Engine
package import Formats

extension RuleTest {
  private static let keys = [
    "contains", "events", "expect", "lacks", "logs", "lookups", "macros", "name", "now", "result", "rows",
    "set", "watchlists",
  ]

  /// The tests of a file.
  ///
  /// - Parameters:
  ///   - folder: what paths are relative to.
  ///   - isRecording: a test may lack what it expects, as that is about to be recorded.
  package static func tests(
    in source: SourceText, folder: String, isRecording: Bool = false
  ) throws(YAMLFailure) -> [RuleTest] {
    let document = try YAMLReader.read(source.text)
    if case .map(let entries) = document.content, let other = entries.first(where: { $0.key != "tests" }) {
      throw unknownKey(other, known: ["tests"])
    }
    guard let list = document["tests"] ?? (document.entries.isEmpty ? document : nil),
      case .list(let elements) = list.content
    else { throw failure("a test file is a list of tests", at: document) }
    var result: [RuleTest] = []
    for element in elements {
      let test = try RuleTest(element, in: source, folder: folder, isRecording: isRecording)
      if let other = result.first(where: { $0.name == test.name }) {
        throw failure(
          "the test `\(test.name)` stands here a second time, after line \(other.line)", at: element)
      }
      result.append(test)
    }
    return result
  }

  private init(
    _ node: YAMLNode, in source: SourceText, folder: String, isRecording: Bool
  ) throws(YAMLFailure) {
    guard let name = node["name"]?.text else { throw RuleTest.failure("a test needs a `name`", at: node) }
    self.init(name: name, source: source, line: node.line)
    for entry in node.entries {
      let value = entry.value
      switch entry.key {
      case "name": continue
      case "logs": logs = try RuleTest.files(value, folder: folder)
      case "watchlists": watchlists = try RuleTest.namedFiles(value, folder: folder)
      case "lookups":
        lookups =
          if case .map = value.content {
            try RuleTest.namedFiles(value, folder: folder)
          } else {
            try RuleTest.files(value, folder: folder)
          }
      case "macros": macros = try RuleTest.files(value, folder: folder)
      case "events":
        try RuleTest.checkNumbers(in: value)
        events = value.elements.map(\.json)
      case "now":
        guard let ticks = value.text.flatMap({ DatetimeParsing.parseKQL($0) }) else {
          throw RuleTest.failure("`now` is a time such as 2026-03-02T08:00:00Z", at: value)
        }
        now = ticks
      case "set":
        guard case .map(let settings) = value.content else {
          throw RuleTest.failure("`set` is written `name: value`", at: value)
        }
        valuesPlace = (value.line, value.column)
        for setting in settings { values[setting.key] = setting.value.text ?? "" }
      case "expect": fires = try RuleTest.firing(value)
      case "rows":
        guard let count = value.text.flatMap({ Int($0) }), count >= 0 else {
          throw RuleTest.failure("`rows` is a whole number", at: value)
        }
        rows = count
      case "contains": contains = try RuleTest.rows(value)
      case "lacks": lacks = try RuleTest.rows(value)
      case "result":
        if case .list = value.content { result = try RuleTest.rows(value) } else { awaitsRecording = true }
        if let text = value.text {
          throw RuleTest.failure("`result` is a list of rows, not `\(text)`", at: value)
        }
      default: throw RuleTest.unknownKey(entry, known: RuleTest.keys)
      }
    }
    if logs.isEmpty, events.isEmpty {
      throw RuleTest.failure("the test has neither `logs` nor `events`", at: node)
    }
    let expectsNothing =
      fires == nil && rows == nil && contains.isEmpty && lacks.isEmpty && result == nil && !awaitsRecording
    if expectsNothing { awaitsRecording = true }
    if awaitsRecording, !isRecording {
      throw RuleTest.failure(
        expectsNothing
          ? "the test expects nothing: add `expect`, `rows`, `contains`, `lacks` or `result`"
          : "`result` is empty: write `[]` for no rows", at: node,
        advice: "\(Remedy.recordedResults) records its rows")
    }
  }

  private static func firing(_ node: YAMLNode) throws(YAMLFailure) -> Bool {
    switch node.text {
    case "fires": return true
    case "silent": return false
    default: throw failure("`expect` is `fires` or `silent`", at: node)
    }
  }

  private static func files(_ node: YAMLNode, folder: String) throws(YAMLFailure) -> [File] {
    var result: [File] = []
    for element in node.elements {
      guard let text = element.text else { throw failure("a path is a text", at: element) }
      result.append(File(path: path(text, folder), line: element.line, column: element.column))
    }
    return result
  }

  private static func namedFiles(_ node: YAMLNode, folder: String) throws(YAMLFailure) -> [File] {
    guard case .map(let entries) = node.content else {
      throw failure("files are written `NAME: FILE.csv`", at: node)
    }
    var result: [File] = []
    for entry in entries {
      guard let text = entry.value.text else { throw failure("a path is a text", at: entry.value) }
      result.append(
        File(name: entry.key, path: path(text, folder), line: entry.value.line, column: entry.value.column))
    }
    return result
  }

  private static func path(_ text: String, _ folder: String) -> String {
    text.hasPrefix("/") || folder.isEmpty ? text : "\(folder)/\(text)"
  }

  private static func rows(_ node: YAMLNode) throws(YAMLFailure) -> [[Cell]] {
    var result: [[Cell]] = []
    for element in node.elements {
      guard !element.entries.isEmpty else { throw failure("a row is written `column: value`", at: element) }
      result.append(
        element.entries.map { entry in
          if case .scalar = entry.value.content { return Cell(column: entry.key, text: entry.value.text) }
          return Cell(column: entry.key, text: entry.value.json.text)
        })
    }
    return result
  }

  private static func failure(_ message: String, at node: YAMLNode, advice: Advice? = nil) -> YAMLFailure {
    YAMLFailure(
      id: "bad-test", message: message, line: node.line, column: node.column,
      advice: advice.map { [$0] } ?? [])
  }

  private static func unknownKey(_ entry: YAMLNode.Entry, known: [String]) -> YAMLFailure {
    let near =
      NearestNames.of(entry.key, among: known).first.map { "; did you mean `\($0)`?" }
      ?? "; known are \(known.joined(separator: ", "))"
    return YAMLFailure(
      id: "unknown-key", message: "`\(entry.key)` is not known here\(near)", line: entry.line,
      column: entry.column)
  }
}

extension RuleTest {
  /// An account such as `012345678901` is a text in every log; without quotes YAML makes it a smaller number.
  fileprivate static func checkNumbers(in node: YAMLNode) throws(YAMLFailure) {
    switch node.content {
    case .list(let elements): for element in elements { try checkNumbers(in: element) }
    case .map(let entries): for entry in entries { try checkNumbers(in: entry.value) }
    case .scalar(let text, let style):
      guard style == .plain, text.count > 1, text.hasPrefix("0"),
        text.utf8.allSatisfy({ (48...57).contains($0) })
      else { return }
      throw RuleTest.failure("write `\(text)` in quotes: as a number it loses the zeros in front", at: node)
    }
  }
}

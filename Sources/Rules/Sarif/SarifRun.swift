package import Diagnostics
package import Engine

/// How serious a result is, in SARIF's words.
package enum SarifLevel: String, Hashable, Sendable {
  case error, warning, note

  /// Of the severity that a rule states.
  init(severity: String?) {
    switch Severity(severity) {
    case .critical, .high: self = .error
    case .low, .informational: self = .note
    case .medium, nil: self = .warning
    }
  }

  /// A number from 0 to 10 that code hosts sort by.
  static func score(of severity: String?) -> String {
    switch Severity(severity) {
    case .critical: "9.5"
    case .high: "8.0"
    case .medium, nil: "5.5"
    case .low: "3.0"
    case .informational: "1.0"
    }
  }
}

/// A place within a file; 1-based, columns in Unicode scalars, the end behind the last one.
package struct SarifRegion: Hashable, Sendable {
  var line: Int
  var column: Int
  var endLine: Int
  var endColumn: Int

  package init(_ span: SourceSpan, in source: SourceText) {
    let (source, span) = source.shown(span)
    (line, column) = SarifRegion.place(span.lowerBound, source)
    (endLine, endColumn) = SarifRegion.place(max(span.lowerBound, span.upperBound), source)
  }

  private static func place(_ offset: Int, _ source: SourceText) -> (Int, Int) {
    let offset = min(max(0, offset), source.length)
    let index = source.lineIndex(of: offset)
    let before = source[SourceSpan(source.lineSpan(index).lowerBound, offset)]
    return (index + 1, before.unicodeScalars.count + 1)
  }

  var json: JSONValue {
    .object([
      .init("startLine", .long(Int64(line))), .init("startColumn", .long(Int64(column))),
      .init("endLine", .long(Int64(endLine))), .init("endColumn", .long(Int64(endColumn))),
    ])
  }
}

/// One run of a SARIF 2.1.0 log: rules, results, and what went wrong besides.
///
/// ```
///   var run = SarifRun(version: "1.0")
///   let index = run.add(SarifRun.Rule(id: "never-true", name: "NeverTrue"))
///   run.results.append(SarifRun.Result(ruleIndex: index, level: .warning, text: "…", path: "rules/a.kql"))
///   run.document.text
/// ```
package struct SarifRun: Sendable {
  package struct Rule: Sendable {
    package var id: String
    package var name: String
    package var short = ""
    package var full = ""
    package var help = ""
    package var level = SarifLevel.warning
    package var properties: [JSONValue.Member] = []

    package init(id: String, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// A thing that is no place in a file: an account, an address.
  package struct LogicalLocation: Sendable {
    package var name: String
    package var qualified: String
    package var kind: String
  }

  package struct Result: Sendable {
    package var ruleIndex: Int
    package var level: SarifLevel
    package var text: String
    package var path: String
    package var region: SarifRegion?
    package var logicalLocations: [LogicalLocation] = []
    package var fingerprints: [JSONValue.Member] = []
    package var properties: [JSONValue.Member] = []

    package init(ruleIndex: Int, level: SarifLevel, text: String, path: String) {
      self.ruleIndex = ruleIndex
      self.level = level
      self.text = text
      self.path = path
    }
  }

  /// What the tool has to say of itself: a file that it could not read, a rule that it could not run.
  package struct Notification: Sendable {
    package var id: String
    package var level: SarifLevel
    package var text: String
    package var path: String
    package var region: SarifRegion?
  }

  package var version: String
  private(set) var rules: [Rule] = []
  package var results: [Result] = []
  package var notifications: [Notification] = []

  package init(version: String) { self.version = version }

  /// The rule's index.
  package mutating func add(_ rule: Rule) -> Int {
    rules.append(rule)
    return rules.count - 1
  }

  /// The id itself, or with a number behind it where it is taken.
  package func freeID(_ id: String) -> String {
    var candidate = id
    var number = 2
    while rules.contains(where: { $0.id == candidate }) {
      candidate = "\(id)-\(number)"
      number += 1
    }
    return candidate
  }

  // MARK: - Document

  package var document: JSONValue {
    let driver = JSONValue.object([
      .init("name", .string("trawl")), .init("version", .string(version)),
      .init("semanticVersion", .string(version)),
      .init("rules", .array(rules.map(json))),
    ])
    let invocation = JSONValue.object([
      .init("executionSuccessful", .bool(!notifications.contains { $0.level == .error })),
      .init("toolExecutionNotifications", .array(notifications.map(json))),
    ])
    return .object([
      .init("$schema", .string("https://json.schemastore.org/sarif-2.1.0.json")),
      .init("version", .string("2.1.0")),
      .init(
        "runs",
        .array([
          .object([
            .init("tool", .object([.init("driver", driver)])),
            .init("columnKind", .string("unicodeCodePoints")),
            .init("invocations", .array([invocation])), .init("results", .array(results.map(json))),
          ])
        ])),
    ])
  }

  private func message(_ text: String) -> JSONValue { .object([.init("text", .string(text))]) }

  private func json(_ rule: Rule) -> JSONValue {
    var members: [JSONValue.Member] = [.init("id", .string(rule.id)), .init("name", .string(rule.name))]
    if !rule.short.isEmpty { members.append(.init("shortDescription", message(rule.short))) }
    if !rule.full.isEmpty { members.append(.init("fullDescription", message(rule.full))) }
    if !rule.help.isEmpty { members.append(.init("help", message(rule.help))) }
    members.append(.init("defaultConfiguration", .object([.init("level", .string(rule.level.rawValue))])))
    if !rule.properties.isEmpty { members.append(.init("properties", .object(rule.properties))) }
    return .object(members)
  }

  private func json(_ result: Result) -> JSONValue {
    var location: [JSONValue.Member] = [.init("physicalLocation", physical(result.path, result.region))]
    if !result.logicalLocations.isEmpty {
      location.append(
        .init(
          "logicalLocations",
          .array(
            result.logicalLocations.map { place in
              .object([
                .init("name", .string(place.name)), .init("fullyQualifiedName", .string(place.qualified)),
                .init("kind", .string(place.kind)),
              ])
            })))
    }
    let id = rules.indices.contains(result.ruleIndex) ? rules[result.ruleIndex].id : ""
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(id)), .init("ruleIndex", .long(Int64(result.ruleIndex))),
      .init("level", .string(result.level.rawValue)), .init("message", message(result.text)),
      .init("locations", .array([.object(location)])),
    ]
    if !result.fingerprints.isEmpty {
      members.append(.init("partialFingerprints", .object(result.fingerprints)))
    }
    if !result.properties.isEmpty { members.append(.init("properties", .object(result.properties))) }
    return .object(members)
  }

  private func json(_ notification: Notification) -> JSONValue {
    .object([
      .init("descriptor", .object([.init("id", .string(notification.id))])),
      .init("level", .string(notification.level.rawValue)), .init("message", message(notification.text)),
      .init(
        "locations",
        .array([.object([.init("physicalLocation", physical(notification.path, notification.region))])])),
    ])
  }

  private func physical(_ path: String, _ region: SarifRegion?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("artifactLocation", .object([.init("uri", .string(SarifRun.uri(of: path)))]))
    ]
    if let region { members.append(.init("region", region.json)) }
    return .object(members)
  }

  /// A path as a URI reference: what is no plain character is escaped, an absolute path is a `file` URI.
  static func uri(of path: String) -> String {
    let plain = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/".utf8)
    var text = ""
    for byte in path.utf8 {
      if plain.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    while text.hasPrefix("./") { text.removeFirst(2) }
    return path.hasPrefix("/") ? "file://" + text : text
  }
}

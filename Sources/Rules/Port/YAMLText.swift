import Engine

/// YAML as it is written, line by line.
struct YAMLText {
  private var lines: [String] = []

  var text: String { lines.joined(separator: "\n") + "\n" }

  mutating func line(_ text: String) { lines.append(text) }

  mutating func open(_ key: String) { lines.append("\(key):") }

  mutating func add(_ key: String, _ value: String, level: Int = 0) {
    if !value.isEmpty { lines.append("\(blanks(level))\(key): \(YAMLText.scalar(value))") }
  }

  mutating func list(_ key: String, _ values: [String], level: Int = 0) {
    if values.isEmpty { return }
    lines.append("\(blanks(level))\(key):")
    for value in values { lines.append("\(blanks(level))- \(YAMLText.scalar(value))") }
  }

  mutating func block(_ key: String, _ text: String) {
    lines.append("\(key): |-")
    lines += text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map { $0.isEmpty ? "" : "  \($0)" }
  }

  mutating func mapping(_ key: String, _ value: String) {
    lines.append("  - \(key): \(YAMLText.scalar(value))")
  }

  mutating func objects(_ key: String, _ objects: [[(String, String)]]) {
    if objects.isEmpty {
      lines.append("  \(key): []")
      return
    }
    lines.append("  \(key):")
    for object in objects {
      for (index, (name, value)) in object.enumerated() {
        lines.append("  \(index == 0 ? "- " : "  ")\(name): \(YAMLText.scalar(value))")
      }
    }
  }

  private func blanks(_ level: Int) -> String { String(repeating: "  ", count: level) }

  /// A text that YAML reads back as itself.
  static func scalar(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
          || "_. ".unicodeScalars.contains($0)
      } && text.last != " "
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
    return isPlain ? text : JSONValue.string(text).text
  }
}

import Diagnostics
package import Engine
package import Rules

/// Coverage as a layer of MITRE's ATT&CK Navigator: each technique with how many rules look for it, and how many of them
/// fire on the logs.
package enum NavigatorLayer {
  private struct Technique {
    var rules: [String] = []
    var fired: [String] = []
    var tactics: Set<String> = []
  }

  package static func document(_ coverage: Coverage, name: String) -> JSONValue {
    var techniques: [String: Technique] = [:]
    for row in coverage.rows {
      let fires = row.cells.contains { if case .fired = $0 { true } else { false } }
      for id in row.rule.metadata.techniques.uniqued where isTechnique(id) {
        techniques[id, default: Technique()].rules.append(row.rule.metadata.title)
        if fires { techniques[id]?.fired.append(row.rule.metadata.title) }
      }
    }
    let most = techniques.values.map(\.rules.count).max() ?? 1
    return .object([
      .init("name", .string(name)),
      .init(
        "versions",
        .object([
          .init("attack", .string("16")), .init("navigator", .string("5.1.0")),
          .init("layer", .string("4.5")),
        ])),
      .init("domain", .string("enterprise-attack")),
      .init(
        "description",
        .string(
          "Rules by technique, over \(coverage.logs.joined(separator: ", ")); the score is the number of rules"
        )),
      .init("techniques", .array(techniques.sorted { $0.key < $1.key }.map { technique($0.key, $0.value) })),
      .init(
        "gradient",
        .object([
          .init("colors", .array([.string("#ffffff"), .string("#8ec843")])), .init("minValue", .long(0)),
          .init("maxValue", .long(Int64(max(1, most)))),
        ])),
      .init(
        "legendItems",
        .array([
          .object([.init("label", .string("a rule fires on the logs")), .init("color", .string("#e66b5b"))])
        ])),
      .init("showTacticRowBackground", .bool(false)), .init("hideDisabled", .bool(false)),
    ])
  }

  private static func technique(_ id: String, _ technique: Technique) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("techniqueID", .string(id)), .init("score", .long(Int64(technique.rules.count))),
      .init("comment", .string(technique.rules.joined(separator: "; "))),
    ]
    if !technique.fired.isEmpty { members.append(.init("color", .string("#e66b5b"))) }
    members.append(
      .init(
        "metadata",
        .array([
          metadata("rules", technique.rules.count), metadata("rules that fire", technique.fired.count),
        ])))
    members.append(.init("enabled", .bool(true)))
    members.append(.init("showSubtechniques", .bool(id.contains("."))))
    return .object(members)
  }

  private static func metadata(_ name: String, _ value: Int) -> JSONValue {
    .object([.init("name", .string(name)), .init("value", .string("\(value)"))])
  }

  /// `T1496` or `T1496.004`.
  private static func isTechnique(_ text: String) -> Bool {
    let parts = text.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
    return text.hasPrefix("T") && (1...2).contains(parts.count) && parts[0].count == 4
      && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
      && (parts.count == 1 || parts[1].count == 3)
  }
}

import Diagnostics
import Formats
import LogSources

extension RuleTest {
  /// The `tests` of a detection for Splunk, which all mean that the search finds something in its attack data.
  ///
  /// ```
  /// tests:
  ///   - name: True Positive Test
  ///     attack_data:
  ///       - data: https://host/datasets/T1537/cloudtrail.json
  ///         sourcetype: aws:cloudtrail
  /// ```
  static func contentctlTests(in document: YAMLNode, source: SourceText, data: AttackData) -> [RuleTest] {
    guard let list = document["tests"] else { return [] }
    let byHand = document["tags"]?["manual_test"]?.text
    return list.elements.enumerated().map { index, node in
      var test = RuleTest(name: node["name"]?.text ?? "test \(index + 1)", source: source, line: node.line)
      test.fires = true
      if let byHand { test.obstacle = "it is to be tested by hand: \(byHand)" }
      switch (node["test_type"] ?? document["test_type"])?.text?.lowercased() {
      case nil, "unit": break
      case let type?: test.obstacle = test.obstacle ?? "its `test_type` is `\(type)`, which is not run"
      }
      let sets = node["attack_data"]?.elements ?? []
      if sets.isEmpty { test.obstacle = test.obstacle ?? "it names no attack data" }
      for set in sets { test.obstacle = test.obstacle ?? test.add(set, data) }
      return test
    }
  }

  /// Adds one set of attack data; why it cannot be used, if so.
  private mutating func add(_ set: YAMLNode, _ data: AttackData) -> Advice? {
    guard let node = set["data"], let url = node.text else { return "its attack data has no `data`" }
    let known = SourceCatalog.sources.map(\.sourcetype)
    if let sourcetype = set["sourcetype"]?.text, !known.contains(sourcetype.lowercased()) {
      let list = known.map { "`\($0)`" }.joined(separator: ", ")
      return "its data is of sourcetype `\(sourcetype)`; Trawl reads \(list)"
    }
    if data.folders.isEmpty {
      return "its data is elsewhere: name a folder that has it, \(Remedy.attackData) (\(url))"
    }
    guard let path = data.file(for: url) else {
      return "its data is not in \(data.folders.map { "`\($0)`" }.joined(separator: ", ")): \(url)"
    }
    logs.append(File(path: path, line: node.line, column: node.column))
    return nil
  }
}

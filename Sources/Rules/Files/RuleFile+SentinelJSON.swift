import Diagnostics
import Engine
import Formats
import Session

extension RuleFile {
  /// The analytic rules and hunting queries in JSON as Sentinel exports them (a template's `resources`, also nested
  /// ones), and as its interface lists them (`value`, or one rule).
  ///
  /// ```
  /// {"resources": [{"kind": "Scheduled", "properties": {"displayName": "Mail", "query": "AWSCloudTrail | …"}}]}
  /// ```
  /// - Returns: nil if nothing in it is of this kind.
  static func sentinelRules(json text: String, path: String) throws(YAMLFailure) -> Contents? {
    let file = SourceText(name: path, text: text)
    var contents = Contents()
    var found = false
    var todo = [try YAMLReader.read(text)]
    while let node = todo.popLast() {
      guard let properties = node["properties"],
        properties["displayName"] != nil || properties["query"] != nil
      else {
        // Later ones first, as the last one is taken next.
        todo += node.entries.reversed().map(\.value)
        if case .list(let elements) = node.content { todo += elements.reversed() }
        continue
      }
      guard let title = properties["displayName"]?.text, node["kind"] != nil || properties["query"] != nil
      else {
        todo += node.entries.reversed().map(\.value)
        continue
      }
      found = true
      guard let query = properties["query"], let words = query.text, let source = query.source(in: file)
      else {
        contents.skipped.append((title, "it has no query: \(node["kind"]?.text ?? "its kind is not said")"))
        continue
      }
      if words.hasPrefix("["), !words.hasPrefix("[["), words.hasSuffix("]") {
        let failure = YAMLFailure(
          id: "template-expression",
          message: "the query of `\(title)` is an expression of the template, not a text",
          line: query.line, column: query.column)
        contents.broken.append(failure.failure(in: file))
        continue
      }
      do throws(YAMLFailure) {
        var metadata = try RuleMetadata(sentinel: properties, fileName: FilePath(path).stem)
        metadata.kind = node["kind"]?.text
        metadata.id = metadata.id ?? node["name"]?.text.flatMap(RuleMetadata.identifier)
        var rule = DetectionRule(metadata: metadata, query: source, language: .kql, path: path, file: file)
        rule.part = title
        contents.rules.append(rule)
      } catch {
        contents.broken.append(error.failure(in: file))
      }
    }
    return found ? contents : nil
  }
}

extension RuleMetadata {
  /// The UUID at the end of a resource's name: `[concat(parameters('workspace'),'/…/3a9d2f86-…')]`.
  fileprivate static func identifier(_ name: String) -> String? {
    let letters = name.filter { $0.isHexDigit || $0 == "-" || $0 == "/" }
    let last = letters.split(separator: "/").last.map(String.init) ?? ""
    let parts = last.split(separator: "-", omittingEmptySubsequences: false).map(\.count)
    return parts == [8, 4, 4, 4, 12] ? last : nil
  }
}

import Engine
import FoundationEssentials

/// The rules of some files and folders, in the order in which they were named and then by path.
///
/// ```
///   let pack = RulePack.load(["rules"])
///   pack.rules.map(\.metadata.title)   // ["Cloud service enabled and abused at once", …]
///   pack.skipped                       // [("rules/README.md", "no rule file: .kql or .spl")]
/// ```
package struct RulePack: Sendable {
  package private(set) var rules: [DetectionRule] = []
  /// Files that hold no rule, and why.
  package private(set) var skipped: [(path: String, reason: String)] = []
  package private(set) var unreadable: [(path: String, reason: String)] = []

  /// A longer file is no rule.
  private static let maximumBytes = 4_000_000

  package static func load(_ paths: [String]) -> RulePack {
    var pack = RulePack()
    let found = FileDiscovery.files(below: paths)
    pack.unreadable = found.unreadable
    pack.skipped = found.skipped
    for file in found.files { pack.add(file) }
    return pack
  }

  private mutating func add(_ file: LogFile) {
    // The tests beside a rule; the verb test reads them.
    if file.path.hasSuffix(".tests.yml") { return }
    guard let language = RuleFile.language(of: file.path) else {
      let isYAML = file.path.hasSuffix(".yml") || file.path.hasSuffix(".yaml")
      skipped.append((file.path, isYAML ? "rules in YAML are not read yet" : "no rule file: .kql or .spl"))
      return
    }
    guard file.size <= RulePack.maximumBytes else {
      skipped.append((file.path, "too long for a rule: \(file.size) bytes"))
      return
    }
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      unreadable.append((file.path, "it cannot be read"))
      return
    }
    let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    rules.append(RuleFile.rule(String(decoding: content, as: UTF8.self), language: language, path: file.path))
  }
}

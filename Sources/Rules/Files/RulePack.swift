package import Diagnostics
import Engine
import Formats
package import Session

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The rules of some files and folders, in the order in which they were named and then by path.
///
/// ```
///   let pack = RulePack.load(["rules"])
///   pack.rules.map(\.metadata.title)   // ["Cloud service enabled and abused at once", …]
///   pack.skipped                       // [("rules/README.md", "no rule file: .kql, .spl, .yml or .yaml")]
/// ```
package struct RulePack: Sendable {
  package private(set) var rules: [DetectionRule] = []
  /// Files that hold no rule, and why.
  package private(set) var skipped: [(path: String, reason: String)] = []
  package private(set) var unreadable: [(path: String, reason: String)] = []
  /// Rule files that are no YAML, or say what no rule can: refused rules, each with its place.
  package private(set) var broken: [QueryFailure] = []
  /// Files `NAME.tests.yml`.
  package private(set) var testFiles: [String] = []

  /// A longer file is no rule.
  private static let maximumBytes = 4_000_000

  package static func load(_ paths: [String], _ languages: FrontEnds = .standard) -> RulePack {
    var pack = RulePack()
    var seen: Set<String> = []
    // A pack may come from anyone: a link in it reads nothing that was not named.
    for path in paths {
      let found = FileDiscovery.files(below: [path], within: FolderBoundary([path]))
      pack.unreadable += found.unreadable
      pack.skipped += found.skipped
      for file in found.files where seen.insert(file.path).inserted { pack.add(file, languages) }
    }
    return pack
  }

  /// The rule that a text is, which has no file: its language is said, or it is YAML, which says it itself.
  package static func load(text: String, named name: String, language: any FrontEnd) -> RulePack {
    var pack = RulePack()
    if RuleFile.isYAML(text) {
      pack.add(yaml: text, path: name)
    } else {
      pack.rules = [RuleFile.rule(text, language: language, path: name)]
    }
    for index in pack.rules.indices { pack.rules[index].isWithoutFile = true }
    return pack
  }

  /// The text of a file in UTF-8, or in UTF-16 with its mark.
  private static func text(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    guard isBig || bytes.starts(with: [0xFF, 0xFE]) else { return String(decoding: bytes, as: UTF8.self) }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
      let (high, low) = isBig ? (bytes[place], bytes[place + 1]) : (bytes[place + 1], bytes[place])
      return UInt16(high) << 8 | UInt16(low)
    }
    return String(decoding: units, as: UTF16.self)
  }

  private mutating func add(_ file: LogFile, _ languages: FrontEnds) {
    // What stands beside a rule for it: its tests, its watchlists and lookups, its playbook.
    if file.path.hasSuffix(RuleTestRun.fileEnding) {
      testFiles.append(file.path)
      return
    }
    if CompanionTables.isCompanion(file.path, languages) || file.path.hasSuffix("/PLAYBOOK.md") { return }
    guard let form = RuleFile.Form(path: file.path, languages) else {
      let endings = languages.all.compactMap(\.fileEndings.first).joined(separator: ", ")
      skipped.append((file.path, "no rule file: \(endings), .yml, .yaml, .json or savedsearches.conf"))
      return
    }
    guard file.size <= RulePack.maximumBytes else {
      // Logs are JSON too.
      if case .json = form {
        skipped.append((file.path, "too long for rules in JSON"))
        return
      }
      unreadable.append(
        (file.path, "too long for a rule: \(file.size) bytes, at most \(RulePack.maximumBytes) are read"))
      return
    }
    guard let bytes = FileManager.default.contents(atPath: file.path) else {
      unreadable.append((file.path, "it cannot be read"))
      return
    }
    let text = RulePack.text(Array(bytes))
    switch form {
    case .query(let language): rules.append(RuleFile.rule(text, language: language, path: file.path))
    case .savedSearches: add(RuleFile.savedSearches(text, path: file.path), of: file)
    case .json:
      do throws(YAMLFailure) {
        if let contents = try RuleFile.sentinelRules(json: text, path: file.path) {
          add(contents, of: file)
        } else {
          skipped.append((file.path, "no rule: it is JSON without Sentinel's `properties` and `query`"))
        }
      } catch {
        skipped.append((file.path, "no rule: it is no JSON document (line \(error.line): \(error.message))"))
      }
    case .yaml: add(yaml: text, path: file.path)
    }
  }

  private mutating func add(yaml text: String, path: String) {
    do throws(RuleFile.YAMLProblem) {
      rules.append(try RuleFile.rule(yaml: text, path: path))
    } catch {
      switch error {
      case .noRule(let reason): skipped.append((path, reason))
      case .wrong(let failure): broken.append(failure.failure(in: SourceText(name: path, text: text)))
      }
    }
  }

  private mutating func add(_ contents: RuleFile.Contents, of file: LogFile) {
    rules += contents.rules
    skipped += contents.skipped.map { ("\(file.path): \($0.part)", $0.reason) }
    broken += contents.broken
  }
}

import Diagnostics
import Engine
import Formats
import LogSources

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The watchlists and lookups that stand beside a rule, in its own folder or the one above:
///
/// ```
/// rules/T1496.004/takeover.kql
/// rules/T1496.004/watchlists/ApprovedRegions.csv     _GetWatchlist('ApprovedRegions')
/// rules/lookups/approved_regions.csv                 lookup approved_regions …
/// ```
/// Only those are read whose name stands in the rule. What was given by an option comes before them.
package struct CompanionTables: Sendable {
  /// By the names of their files.
  private(set) var tables: [String: Table] = [:]
  /// The files that were read.
  private(set) var files: [String] = []

  /// - Parameters:
  ///   - rule: named by its file; a text that stands in no rule file has no companions.
  ///   - known: names that were given by options.
  init(
    of rule: SourceText, _ language: any FrontEnd, _ workspace: Workspace, known: Set<String>
  ) throws(QueryFailure) {
    let isRuleFile =
      workspace.configuration.frontEnds.language(ofFile: rule.name) != nil || FilePath(rule.name).isYAML
    guard let name = language.companionFolder, isRuleFile else { return }
    for folder in CompanionTables.folders(of: rule.name) {
      for path in CompanionTables.csvFiles(in: folder + name) {
        let stem = FilePath(path).stem
        if known.contains(stem) || tables[stem] != nil { continue }
        guard rule.text.contains(stem) else { continue }
        guard FolderBoundary(CompanionTables.folders(of: rule.name)).holds(path) else {
          throw QueryFailure(
            [
              .error(
                "unreadable-input", "`\(path)`, which stands beside the rule, leads outside of its folder",
                suggestions: [.init("a table from elsewhere is given by an option of its own")])
            ], in: rule)
        }
        guard let bytes = FileManager.default.contents(atPath: path),
          let table = CSVTable.parse(String(decoding: CompanionTables.withoutMark(bytes), as: UTF8.self))
        else {
          throw QueryFailure(
            [.error("unreadable-input", "`\(path)`, which stands beside the rule, is no CSV with a header")],
            in: rule)
        }
        tables[stem] = table
        files.append(path)
      }
    }
  }

  /// All folders that may hold such files.
  package static func folders(besides rule: String, _ languages: FrontEnds) -> [String] {
    folders(of: rule).flatMap { folder in languages.companionFolders.map { folder + $0 } }
  }

  /// A file that stands among rules for them to read: it is no rule, and no stranger either.
  package static func isCompanion(_ path: String, _ languages: FrontEnds) -> Bool {
    let parts = path.split(separator: "/")
    return path.hasSuffix(".csv")
      && parts.dropLast().last.map { languages.companionFolders.contains(String($0)) } == true
  }

  /// The rule's folder and the one above, each with its slash.
  private static func folders(of path: String) -> [String] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init).dropLast()
    guard let last = parts.last else { return ["", "../"] }
    let folder = parts.joined(separator: "/") + "/"
    if last == "." || last == ".." || last.isEmpty { return [folder, folder + "../"] }
    let above = parts.dropLast().joined(separator: "/")
    return [folder, parts.count > 1 ? above + "/" : ""]
  }

  private static func csvFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".csv") }.sorted().map { "\(folder)/\($0)" }
  }

  private static func withoutMark(_ bytes: Data) -> Data {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
  }
}

import Diagnostics
import Formats
import LogSources
import Rules
import Session

/// Where made events go: NAME.tests.yml, the logs in NAME-events, and the rule itself with the tables beside it, unless
/// they are there already.
struct EventsFolder {
  let path: String
  let isForced: Bool

  private func place(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }
  private func tests(_ rule: DetectionRule) -> String { place(rule.fileStem + RuleTestRun.fileEnding) }
  private func logs(_ rule: DetectionRule) -> String { place(MadeTests.folder(rule.fileStem)) }

  /// A file that goes along with the tests, as they say nothing without it.
  private struct Copy: Hashable {
    var path: String
    var text: String

    /// It is there, with the same text.
    var isThere: Bool {
      guard InputFile.exists(path) else { return false }
      do throws(UnreadableInput) { return try InputFile.text(path) == text } catch { return false }
    }
  }

  /// Nothing that is there is lost: all names are looked at before the first file is written.
  func check(_ rules: [DetectionRule], in workspace: Workspace) throws {
    var taken: Set<String> = []
    var copied: [String: String] = [:]
    for rule in rules {
      guard taken.insert(rule.fileStem).inserted else { throw twice(tests(rule)) }
      var wanted = [tests(rule), logs(rule)].filter(InputFile.exists)
      for copy in try copies(of: rule, companions(of: rule, in: workspace)) {
        if copied.updateValue(copy.text, forKey: copy.path) ?? copy.text != copy.text {
          throw twice(copy.path)
        }
        if InputFile.exists(copy.path), !copy.isThere { wanted.append(copy.path) }
      }
      if let known = wanted.first, !isForced {
        throw UsageError(
          "file-exists", "`\(known)` is there already", advice: ["--force overwrites it"], verb: .events)
      }
    }
  }

  private func twice(_ path: String) -> UsageError {
    UsageError(
      "same-name", "two rules would be written to `\(path)`", advice: ["make their events one by one"],
      verb: .events)
  }

  /// The tables beside a rule that it reads; none of a rule that is wrong, which is told later.
  private func companions(of rule: DetectionRule, in workspace: Workspace) -> [String] {
    do throws(QueryFailure) { return try workspace.compile(rule).companions } catch { return [] }
  }

  private func isSame(_ first: String, _ second: String) -> Bool {
    OutputFile.standardized(first) == OutputFile.standardized(second)
  }

  /// A rule of a file with several gets a file of its own.
  private func copies(of rule: DetectionRule, _ companions: [String]) throws -> [Copy] {
    let alone = PortedForm.alone(rule)
    let target = place(FilePath(alone.path).name)
    if isSame(target, rule.path) { return [] }
    return try [Copy(path: target, text: alone.file.text)]
      + companions.map { companion in
        let folder = FilePath(FilePath(companion).folder.dropLast().description).name
        return Copy(
          path: place("\(folder)/\(FilePath(companion).name)"), text: try InputFile.text(companion))
      }
  }

  /// The files that were written; none if there is no log that the rule fires on.
  func write(_ made: MadeEvents, _ sources: [SourceDefinition]) throws -> [String] {
    guard made.fires else { return [] }
    var written: [String] = []
    for file in MadeTests(made, stem: made.rule.fileStem, sources: sources).files {
      try OutputFile.write(file.text, to: place(file.path))
      written.append(place(file.path))
    }
    for copy in try copies(of: made.rule, made.companions) where !copy.isThere {
      try OutputFile.write(copy.text, to: copy.path)
      written.append(copy.path)
    }
    return written
  }
}

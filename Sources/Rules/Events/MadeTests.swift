import Diagnostics
import Engine
import Formats
package import LogSources

/// The files of made events: a log for each case, and the tests that name them.
///
/// ```
/// tests:
///   - name: fires
///     logs: ses-events/fires.json
///     expect: fires
/// ```
package struct MadeTests: Sendable {
  /// By their paths below the folder that they are written to.
  package private(set) var files: [(path: String, text: String)] = []

  /// The folder of the logs.
  package static func folder(_ stem: String) -> String { "\(stem)-events" }

  /// - Parameter stem: the rule's file name without its ending.
  package init(_ made: MadeEvents, stem: String, sources: [SourceDefinition]) {
    var lines = [
      "# Tests of \(FilePath(made.rule.path).name), made from its plan: a log that it fires on, and near misses.",
      "tests:",
    ]
    var numbers = (fires: 0, silent: 0)
    for made in made.cases {
      let name: String
      if made.fires {
        numbers.fires += 1
        name = numbers.fires == 1 ? "fires" : "fires-\(numbers.fires)"
      } else {
        numbers.silent += 1
        name = "near-miss-\(numbers.silent)"
      }
      var paths: [String] = []
      let logs = made.files(sources)
      for (table, text) in logs {
        let path = "\(MadeTests.folder(stem))/\(name)\(logs.count > 1 ? "-\(table)" : "").json"
        files.append((path, text))
        paths.append(YAMLScalar.text(path))
      }
      lines.append("  - name: \(YAMLScalar.text(made.name))")
      lines.append("    logs: \(paths.count == 1 ? paths[0] : "[\(paths.joined(separator: ", "))]")")
      if let now = made.now { lines.append("    now: \(Ticks.shortText(now))") }
      lines.append("    expect: \(made.fires ? "fires" : "silent")")
    }
    files.append(("\(stem)\(RuleTestRun.fileEnding)", lines.joined(separator: "\n") + "\n"))
  }
}

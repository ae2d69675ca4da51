package import Diagnostics
package import Engine

/// One test of a rule: logs, and what must come of them.
///
/// ```
/// # high-volume-ses.tests.yml, beside high-volume-ses.kql
/// tests:
///   - name: fires on 101 emails in an hour
///     logs: ../../examples/bursts/ses-one-over
///     expect: fires
///     rows: 1
///     contains:
///       - EventCount: 101
/// ```
package struct RuleTest: Sendable {
  package struct Cell: Hashable, Sendable {
    package var column: String
    /// Nil: the value must be null.
    package var text: String?

    package init(column: String, text: String?) {
      self.column = column
      self.text = text
    }
  }

  /// A file or folder that a test names, and the place where it does.
  package struct File: Hashable, Sendable {
    /// What queries call it: the name of a watchlist or lookup; empty for logs.
    package var name = ""
    package var path: String
    /// 1-based, in the test file.
    package var line: Int
    package var column: Int
  }

  package var name: String
  /// Files and folders.
  package var logs: [File] = []
  /// Events that stand in the test itself.
  package var events: [JSONValue] = []
  package var watchlists: [File] = []
  /// CSV files by name, and folders of them without one.
  package var lookups: [File] = []
  package var macros: [File] = []
  /// Ticks; nil for the newest event.
  package var now: Int64?
  /// Values of scalar `let`s.
  package var values: [String: String] = [:]
  /// Where those stand in the test file; 1-based.
  var valuesPlace = (line: 1, column: 1)
  /// It must give rows, or none; nil leaves it open.
  package var fires: Bool?
  package var rows: Int?
  /// For each there must be a row with these cells.
  package var contains: [[Cell]] = []
  /// For each there must be no such row.
  package var lacks: [[Cell]] = []
  /// All rows in their order, as they were recorded.
  package var result: [[Cell]]?
  /// The rows are still to be recorded.
  package var awaitsRecording = false
  /// Why it cannot be run here.
  package var obstacle: Advice?
  /// The file that it stands in.
  package var source: SourceText
  /// 1-based, in that file.
  package var line: Int

  package init(name: String, source: SourceText, line: Int) {
    self.name = name
    self.source = source
    self.line = line
  }

  /// All that it reads, for who waits for changes.
  package var files: [String] { (logs + watchlists + lookups + macros).map(\.path) }
}

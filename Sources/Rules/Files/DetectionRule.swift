package import Diagnostics
import Formats
package import Session

/// One detection: what it is about, and the query that finds it.
///
/// Example: `rules/high-volume-ses.kql` is the rule `High-volume email sending through AWS SES`, in KQL.
package struct DetectionRule: Sendable {
  package var metadata: RuleMetadata
  /// Its spans give lines and columns of the file.
  package var query: SourceText
  package var language: any FrontEnd
  /// The file that it was read from.
  package var path: String
  /// How its search calls the fields of events; nil for the plain one. Detections for Splunk count on its add-on.
  package var view: SplunkView?
  /// What it is called within a file that holds several.
  package var part: String?
  /// All of the file; of a rule in YAML the query is a part of it.
  package var file: SourceText
  /// It was read from the standard input, and its path is what that is called.
  package var isWithoutFile = false

  package init(
    metadata: RuleMetadata, query: SourceText, language: any FrontEnd, path: String, file: SourceText? = nil
  ) {
    self.metadata = metadata
    self.query = query
    self.language = language
    self.path = path
    self.file = file ?? query
  }

  /// What tells it from all other rules of a pack: its file, and its name there if the file holds several.
  package var place: String { part.map { "\(path): \($0)" } ?? path }

  /// The query is all that its file holds, with a comment at its head.
  var isWholeFile: Bool { part == nil && file.text == query.text }

  /// What files that are made for it are called: `ses` of `rules/ses.kql`, `aws-mail-rule` of `AWS - Mail - Rule`.
  package var fileStem: String {
    guard let name = part ?? (isWithoutFile ? metadata.title : nil) else { return FilePath(path).stem }
    let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
    return words.isEmpty ? "rule" : words.joined(separator: "-")
  }
}

extension Workspace {
  /// - Parameter values: for scalar `let`s; nil takes those of the configuration.
  package func compile(
    _ rule: DetectionRule, values: [String: String]? = nil
  ) throws(QueryFailure) -> CompiledQuery {
    try compile(rule.query, language: rule.language, values: values, view: rule.view)
  }
}

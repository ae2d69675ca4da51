package import Diagnostics
package import Engine

/// One detection: what it is about, and the query that finds it.
///
/// Example: `rules/high-volume-ses.kql` is the rule `High-volume email sending through AWS SES`, in KQL.
package struct DetectionRule: Sendable {
  package var metadata: RuleMetadata
  /// Its spans give lines and columns of the file.
  package var query: SourceText
  package var language: Language
  /// The file that it was read from.
  package var path: String
  /// All of the file; of a rule in YAML the query is a part of it.
  package var file: SourceText

  package init(
    metadata: RuleMetadata, query: SourceText, language: Language, path: String, file: SourceText? = nil
  ) {
    self.metadata = metadata
    self.query = query
    self.language = language
    self.path = path
    self.file = file ?? query
  }
}

/// A piece of a query and the text of its result; runs as a test and stands in the reference.
///
/// ```swift
/// .kql(#"strlen("abc")"#, gives: "3")
/// .kqlQuery("datatable(x:long)[1, 2, 3] | summarize sum(x)", gives: "6")
/// ```
package struct FunctionExample: Sendable {
  package enum Form: Sendable {
    /// Runs as a constant and over columns.
    case expression
    /// A whole query; its result is the last column.
    case query
  }

  package var language: Language
  package var form: Form
  package var expression: String
  package var result: String
  package var why: String?

  private init(_ language: Language, _ form: Form, _ expression: String, _ result: String, _ why: String?) {
    self.language = language
    self.form = form
    self.expression = expression
    self.result = result
    self.why = why
  }

  /// `result` is a KQL expression that must give the same value.
  package static func kql(_ expression: String, gives result: String, why: String? = nil) -> FunctionExample {
    FunctionExample(.kql, .expression, expression, result, why)
  }

  /// `result` is an SPL eval expression that must give the same value.
  package static func spl(_ expression: String, gives result: String, why: String? = nil) -> FunctionExample {
    FunctionExample(.spl, .expression, expression, result, why)
  }

  /// `result` lists KQL expressions: the values of the last column, row by row.
  package static func kqlQuery(_ query: String, gives result: String, why: String? = nil) -> FunctionExample {
    FunctionExample(.kql, .query, query, result, why)
  }

  /// `result` is an SPL eval expression: the value of the last field, or of several rows their values together.
  package static func splQuery(_ search: String, gives result: String, why: String? = nil) -> FunctionExample
  {
    FunctionExample(.spl, .query, search, result, why)
  }
}

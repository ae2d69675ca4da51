/// A data model of Splunk as a view over the events of a source: which of them are in it, and what its fields are.
///
/// The view is itself SPL over the raw paths of events, so that it reads as the model's definition would.
package struct SourceDataModel: Sendable {
  package var name: String
  /// Its data sets, each with the search that picks its events; the first is the root.
  package var datasets: [(name: String, filter: String)]
  /// The events of the root.
  package var filter: String
  /// Fields and the eval expressions that make them.
  package var fields: [(name: String, expression: String)]

  package init(
    _ name: String, datasets: [(name: String, filter: String)], filter: String = "*",
    fields: [(name: String, expression: String)]
  ) {
    self.name = name
    self.datasets = datasets
    self.filter = filter
    self.fields = fields
  }
}

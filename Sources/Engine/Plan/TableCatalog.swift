/// The tables that a query may name, as far as their schemas go.
package protocol TableCatalog: Sendable {
  /// The table of exactly this name.
  func table(named name: String) -> TableDefinition?
  var tableNames: [String] { get }
}

/// What is known of a table before it is loaded.
package struct TableDefinition: Sendable {
  package var name: String
  package var fields: [Field]
  /// Columns that a query sees only where it names them.
  package var unlistedFields: [Field] = []
  /// The column that holds the time of an event.
  package var timeColumn: String?

  package init(name: String, fields: [Field], timeColumn: String? = nil) {
    self.name = name
    self.fields = fields
    self.timeColumn = timeColumn
  }
}

/// A catalog of given definitions.
package struct FixedCatalog: TableCatalog {
  private let definitions: [TableDefinition]

  package init(_ definitions: [TableDefinition]) { self.definitions = definitions }

  package func table(named name: String) -> TableDefinition? { definitions.first { $0.name == name } }
  package var tableNames: [String] { definitions.map(\.name) }
}

/// How a table is written.
package enum OutputFormat: String, Hashable, Sendable, CaseIterable {
  /// Aligned columns for people; control characters escaped, numbers at the right.
  case table
  /// An array of objects, one row a line.
  case json
  /// One object a line.
  case ndjson
  /// RFC 4180, with line feeds.
  case csv
  /// Tabs between cells; tab, line ends and backslash inside a cell as `\t`, `\n`, `\r`, `\\`.
  case tsv
  /// A table for a page or a ticket; markup inside cells is escaped.
  case markdown
  /// One document with the types of the columns and rows as arrays.
  case typedJSON = "typed-json"
  /// Apache Arrow's stream, in bytes: typed columns for pandas, polars or DuckDB.
  case arrow
}

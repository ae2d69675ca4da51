package import Diagnostics
package import Engine

/// What a query finds in its workspace beside its own text.
package struct KQLEnvironment: Sendable {
  package var catalog: any TableCatalog
  /// A column name in the wrong case is an error, not a warning.
  package var isStrict = false
  /// What the language's own engine refuses, though it could be run, is run with a warning.
  package var isLenient = false
  /// Scalar `let`s whose values are replaced: name to the text of the value.
  package var overrides: [String: String] = [:]
  /// Saved functions by name: the text of a body, or of a lambda with parameters.
  package var functions: [String: SourceText] = [:]
  /// Watchlists by alias; `SearchKey` is among their columns.
  package var watchlists: [String: Table] = [:]
  /// Local files that stand for URLs of `externaldata`: the text of each.
  package var externals: [String: String] = [:]
  /// Where addresses are, for `geo_info_from_ip_address`; nil without a table of places.
  package var places: AddressPlaces?
  /// What the data answered to the first questions that the query asks of them.
  package var answers: [DataAnswer] = []

  package init(catalog: any TableCatalog) { self.catalog = catalog }
}

package import Engine

/// A column of a log's table: its type, where its value stands in a record, and what it means.
///
/// ```swift
/// SourceColumn("AWSRegion", .string, from: ["awsRegion", "AWSRegion"], "Region that took the request.")
/// ```
package struct SourceColumn: Hashable, Sendable {
  package var name: String
  package var type: DataType
  /// Written as `FieldPath` reads them; the first that is there and not null wins. Empty: the column has no value.
  package var paths: [String]
  package var form: SourceForm
  package var documentation: String

  package init(
    _ name: String, _ type: DataType, from paths: [String], form: SourceForm = .value, _ documentation: String
  ) {
    self.name = name
    self.type = type
    self.paths = paths
    self.form = form
    self.documentation = documentation
  }

  /// The name with a small first letter, as JSON spells it: `userAgent`; leading capitals as one: `ipAddress`.
  static func jsonKey(of name: String) -> String {
    let letters = Array(name)
    let capitals = letters.prefix { $0.isUppercase }.count
    if capitals <= 1 || capitals == letters.count {
      return letters.prefix(max(1, capitals)).map { $0.lowercased() }.joined()
        + String(letters.dropFirst(max(1, capitals)))
    }
    return letters.prefix(capitals - 1).map { $0.lowercased() }.joined()
      + String(letters.dropFirst(capitals - 1))
  }

  /// Where a row that is already flat has the value: under the column's name, in either spelling of its first
  /// letters.
  static func flatPaths(of name: String) -> [String] {
    var paths: [String] = []
    let small = name.prefix(1).lowercased() + name.dropFirst()
    for path in [name, small, jsonKey(of: name)] where !paths.contains(path) { paths.append(path) }
    if name == "TimeGenerated" { paths.append("['TimeGenerated [UTC]']") }
    return paths
  }
}

/// What becomes of the JSON value at a path.
package enum SourceForm: Hashable, Sendable {
  /// The value in the column's type; `"true"` is true for a bool column.
  case value
  /// Objects and arrays as their JSON text, in a string column.
  case jsonText
  /// The same text for every record that holds no value of its own.
  case constant(String)
}

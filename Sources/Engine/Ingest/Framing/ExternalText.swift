/// Rows of small text files whose columns a query declares.
package enum ExternalText {
  package static let formats = ["csv", "tsv", "json", "multijson", "txt"]

  /// - Returns: the rows; nil for a format that is not known.
  package static func rows(_ text: String, format: String, fields: [Field], skipsFirst: Bool) -> [[Value]]? {
    var rows: [[Value]]
    switch format {
    case "csv", "psv", "scsv", "sohsv", "tsv", "tsve":
      let separator: Unicode.Scalar =
        format.hasPrefix("tsv")
        ? "\t" : format == "psv" ? "|" : format == "scsv" ? ";" : format == "sohsv" ? "\u{1}" : ","
      let records = CSVReader.records(
        of: text, separator: UInt8(ascii: separator), hasQuotes: format != "tsv")
      rows = records.map { cells in
        fields.enumerated().map { index, field in
          index < cells.count ? value(cells[index], field.type) : missing(field.type)
        }
      }
    case "json", "multijson":
      return documents(text).map { document in
        fields.map { field in
          guard let member = document[field.name] else { return missing(field.type) }
          if field.type == .dynamic { return .dynamic(member) }
          return ElementConversion.value(member, as: field.type)
        }
      }
    case "txt", "raw":
      let lines = format == "raw" ? [Substring(text)] : text.split(whereSeparator: \.isNewline)
      rows = lines.map { line in
        fields.enumerated().map { $0 == 0 ? value(String(line), $1.type) : missing($1.type) }
      }
    default: return nil
    }
    if skipsFirst, !rows.isEmpty { rows.removeFirst() }
    return rows
  }

  private static func missing(_ type: DataType) -> Value { type == .string ? .string("") : .null }

  private static func value(_ text: String, _ type: DataType) -> Value { ParsePattern.value(text, type) }

  /// One array of objects, one object, or an object a line.
  private static func documents(_ text: String) -> [JSONValue] {
    switch JSONValue(parsing: text) {
    case .array(let elements)?: return elements
    case .object(let members)?: return [.object(members)]
    case .null, .bool, .long, .real, .string, nil: break
    }
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      if case .object(let members)? = JSONValue(parsing: String(line)) { return .object(members) }
      return nil
    }
  }
}

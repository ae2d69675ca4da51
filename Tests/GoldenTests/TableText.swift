import Engine
import Foundation
import Testing

/// Tables as they stand in a case: a header `name:type, …`, then a row a line.
///
/// Cells are trimmed. `null` is null, `"…"` keeps blanks and commas (with `""` for a quote); dynamic is JSON.
enum TableText {
  static func parse(_ text: String) throws -> Table {
    let lines = text.split(separator: "\n").map(String.init)
    let header = try #require(lines.first)
    let fields = try cells(of: header).map { cell in
      let parts = cell.text.split(separator: ":")
      return Field(String(parts[0]), try #require(DataType(rawValue: String(parts[1]))))
    }
    let rows = lines.dropFirst().map { line in
      zip(fields, cells(of: line)).map { field, cell -> Value in
        if cell.text == "null", !cell.isQuoted { return .null }
        return field.type == .string
          ? .string(cell.text)
          : field.type == .dynamic
            ? JSONValue(parsing: cell.text).map { .dynamic($0) } ?? .dynamic(.string(cell.text))
            : ValueConversion.convert(.string(cell.text), to: field.type)
      }
    }
    return Table(fields: fields, rows: rows)
  }

  private struct Cell {
    var text: String
    var isQuoted: Bool
  }

  private static func cells(of line: String) -> [Cell] {
    var result: [Cell] = []
    var current = ""
    var isQuoted = false
    var isInside = false
    var depth = 0
    for character in line {
      if isInside {
        if character == "\"" { isInside = false } else { current.append(character) }
      } else if character == "\"", depth == 0, current.trimmingCharacters(in: .whitespaces).isEmpty {
        if isQuoted { current.append("\"") } else { current = "" }
        isInside = true
        isQuoted = true
      } else if character == ",", depth == 0 {
        result.append(
          Cell(text: isQuoted ? current : current.trimmingCharacters(in: .whitespaces), isQuoted: isQuoted))
        current = ""
        isQuoted = false
      } else {
        if character == "[" || character == "{" { depth += 1 }
        if character == "]" || character == "}" { depth -= 1 }
        if !(isQuoted && character == " ") { current.append(character) }
      }
    }
    result.append(
      Cell(text: isQuoted ? current : current.trimmingCharacters(in: .whitespaces), isQuoted: isQuoted))
    return result
  }

  static func text(of table: Table, sorted: Bool) -> String {
    let header = table.fields.map { "\($0.name):\($0.type.rawValue)" }.joined(separator: ", ")
    var rows = (0..<table.rowCount).map { row in
      table.row(row).map(cellText).joined(separator: ", ")
    }
    if sorted { rows.sort() }
    return ([header] + rows).joined(separator: "\n")
  }

  private static func cellText(_ value: Value) -> String {
    switch value {
    case .null: return "null"
    case .string(let text):
      let isPlain =
        !text.isEmpty && text != "null" && !text.contains(where: { ",\"[]{}\n".contains($0) })
        && text.trimmingCharacters(in: .whitespaces) == text
      return isPlain
        ? text
        : "\"\(text.replacingOccurrences(of: "\"", with: "\"\"").replacingOccurrences(of: "\n", with: "\\n"))\""
    case .dynamic(let json): return json.text
    case .datetime(let ticks):
      var text = Ticks.datetimeText(ticks)
      if text.hasSuffix(".0000000Z") { text = text.dropLast(9) + "Z" }
      if text.hasSuffix("T00:00:00Z") { text = String(text.dropLast(10)) }
      return text
    case .bool, .long, .real, .decimal, .timespan, .guid: return value.kqlText
    }
  }
}

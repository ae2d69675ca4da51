package import Engine

extension HTMLWriter {
  /// Rows of a page; of more, the number is said.
  package static let mostRows = 20_000

  /// A table with a heading for each column. What is more than the limit is said.
  package mutating func table(
    _ table: Table, caption: String, _ dialect: Dialect = .own, limit: Int = mostRows
  ) {
    let count = min(limit, table.rowCount)
    let classes = table.fields.map { field -> Int in
      field.type.isNumeric ? 1 : field.type == .datetime ? 2 : 0
    }
    element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
      html.element("table", ["class": "data"]) { html in
        html.element("caption", text: caption)
        html.element("thead") { html in
          html.element("tr") { html in
            for (index, field) in table.fields.enumerated() {
              html.element(
                "th", classes[index] == 1 ? ["scope": "col", "class": "n"] : ["scope": "col"],
                text: field.name)
            }
          }
        }
        html.element("tbody") { html in
          for row in 0..<count {
            html.row(row)
            for (index, column) in table.columns.enumerated() {
              switch classes[index] {
              case 1: html.raw("<td class=\"n\">")
              case 2: html.raw("<td class=\"t\">")
              default: html.raw("<td>")
              }
              html.cell(column.value(at: row), dialect)
              html.raw("</td>")
            }
            html.raw("</tr>\n")
          }
        }
      }
    }
    if count < table.rowCount {
      note("the first \(count) of \(table.rowCount) rows; other formats have them all")
    }
  }

  /// The begin of a row; one behind the first ones waits until it is wanted.
  private mutating func row(_ place: Int) {
    if place < HTMLPage.rowsAtFirst { raw("<tr>") } else { raw("<tr class=\"more\">") }
  }

  private mutating func cell(_ value: Value, _ dialect: Dialect) {
    if case .dynamic(let json) = value, let values = SparklineText.values(of: json) {
      element("span", ["class": "spark"], text: SparklineText.text(values))
      return
    }
    text(CellDisplay.text(value, dialect))
  }

  /// Rows that are texts.
  package mutating func table(_ names: [String], _ rows: [[String]], caption: String, numbers: Set<Int> = [])
  {
    element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
      html.element("table", ["class": "data"]) { html in
        html.element("caption", text: caption)
        html.element("thead") { html in
          html.element("tr") { html in
            for (index, name) in names.enumerated() {
              html.element(
                "th", numbers.contains(index) ? ["scope": "col", "class": "n"] : ["scope": "col"], text: name)
            }
          }
        }
        html.element("tbody") { html in
          for (place, row) in rows.enumerated() {
            html.row(place)
            for (index, cell) in row.enumerated() {
              if numbers.contains(index) { html.raw("<td class=\"n\">") } else { html.raw("<td>") }
              html.text(cell)
              html.raw("</td>")
            }
            html.raw("</tr>\n")
          }
        }
      }
    }
  }
}

/// A cell as people read it.
enum CellDisplay {
  static func text(_ value: Value, _ dialect: Dialect) -> String {
    switch value {
    case .null: return ""
    case .bool(let flag): return flag ? "true" : "false"
    case .datetime(let ticks): return Ticks.shortText(ticks)
    case .real(let number): return Value.text(of: number, in: dialect)
    case .dynamic(let json):
      guard case .array(let elements) = json else { return json.scalarText }
      switch dialect.lists {
      case .array: return json.scalarText
      case .multivalue: return elements.map(\.scalarText).joined(separator: ", ")
      }
    case .long, .decimal, .timespan, .guid, .string: return value.kqlText
    }
  }
}

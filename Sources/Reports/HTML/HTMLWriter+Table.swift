package import Engine

extension HTMLWriter {
  /// Rows of a page; of more, the number is said.
  package static let mostRows = 20_000

  /// A table with a heading for each column. What is more than the limit is said.
  package mutating func table(
    _ table: Table, caption: String, _ dialect: Dialect = .own, limit: Int = mostRows
  ) {
    let count = min(limit, table.rowCount)
    let cellText = CellText.readable(dialect)
    let classes = table.fields.map { field -> Int in
      field.type.isNumeric ? 1 : field.type == .datetime ? 2 : 0
    }
    self.table(zip(table.fields, classes).map { ($0.name, $1 == 1) }, caption: caption) { html in
      for row in 0..<count {
        html.row(row)
        for (index, column) in table.columns.enumerated() {
          switch classes[index] {
          case 1: html.raw("<td class=\"n\">")
          case 2: html.raw("<td class=\"t\">")
          default: html.raw("<td>")
          }
          html.cell(column.value(at: row), cellText)
          html.raw("</td>")
        }
        html.raw("</tr>\n")
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

  private mutating func cell(_ value: Value, _ cellText: CellText) {
    if case .dynamic(let json) = value, let values = SparklineText.values(of: json) {
      element("span", ["class": "spark"], text: SparklineText.text(values))
      return
    }
    text(cellText.text(value))
  }

  /// Rows that are texts.
  package mutating func table(_ names: [String], _ rows: [[String]], caption: String, numbers: Set<Int> = [])
  {
    table(names.enumerated().map { ($1, numbers.contains($0)) }, caption: caption) { html in
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

  /// A heading, and whatever rows are written below it.
  ///
  /// - Parameter isData: it can be sorted and searched.
  mutating func table(
    _ head: [(name: String, isNumber: Bool)], caption: String, isData: Bool = true,
    _ rows: (inout HTMLWriter) -> Void
  ) {
    element("div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": caption]) { html in
      html.element("table", isData ? ["class": "data"] : [:]) { html in
        if isData { html.element("caption", text: caption) }
        html.element("thead") { html in
          html.element("tr") { html in
            for (name, isNumber) in head {
              html.element("th", isNumber ? ["scope": "col", "class": "n"] : ["scope": "col"], text: name)
            }
          }
        }
        html.element("tbody") { rows(&$0) }
      }
    }
  }
}

package import Diagnostics
import Engine

/// `datatable(a:string, b:long) ["x", 1, "y", 2]`.
package struct DatatableSyntax: Hashable, Sendable {
  package var columns: [ColumnDeclarationSyntax]
  /// Literals (also with a sign) and `dynamic(…)`, row by row.
  package var cells: [ExpressionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["datatable"],
    syntax: "datatable(NAME:TYPE, …) [VALUE, …]",
    summary: "Gives rows that stand in the query itself.",
    notes: [
      "Values are constants, row by row."
    ],
    examples: [
      .kqlQuery(
        #"datatable(n:long, who:string)[1, "ann", 2, "ben"]"#,
        gives: #""ann", "ben""#)
    ],
    source: KQLOperatorRecord.Source(
      begins: { parser in parser.cursor.peek().kind == .punctuation(.leftParenthesis) },
      parse: { .datatable($0.parseDatatable($1)) }))
}

extension KQLParser {
  func parseDatatable(_ start: SourceSpan) -> DatatableSyntax {
    let columns = columnDeclarations()
    let opening = currentSpan
    var cells: [ExpressionSyntax] = []
    if expect(.leftBracket, after: "the columns") {
      cells = list(until: .rightBracket, allowsTrailingComma: true) { $0.datatableCell() }
      close(.rightBracket, opening: opening)
    }
    return DatatableSyntax(columns: columns, cells: cells, span: span(from: start))
  }

  private func datatableCell() -> ExpressionSyntax {
    let start = currentSpan
    if at("dynamic"), at(.leftParenthesis, ahead: 1) { return .dynamic(dynamicLiteral()) }
    if let literal = signedLiteral() {
      if at(.comma) || at(.rightBracket) { return literal }
    } else if !atName() && !at(.leftParenthesis) {
      reportExpected("a literal")
      return .error(start)
    }
    let index = cursor.index
    _ = expression()
    if cursor.index == index { cursor.advance() }
    report(KQLMessages.cellNotLiteral(at: span(from: start)))
    return .error(span(from: start))
  }
}

extension KQLLowering {
  func lower(_ node: DatatableSyntax) -> Relation? {
    guard let fields = fields(of: node.columns) else { return nil }
    if fields.isEmpty || node.cells.count % fields.count != 0 {
      return fail(KQLMessages.datatableCells(node.cells.count, columns: fields.count, at: node.span))
    }
    var rows: [[Value]] = []
    for start in stride(from: 0, to: node.cells.count, by: fields.count) {
      var row: [Value] = []
      for (offset, field) in fields.enumerated() {
        let cell = node.cells[start + offset]
        guard let value = cellValue(cell, field) else { return nil }
        row.append(value)
      }
      rows.append(row)
    }
    return inline(Table(fields: fields, rows: rows), at: node.span)
  }

  func fields(of columns: [ColumnDeclarationSyntax]) -> [Field]? {
    var fields: [Field] = []
    for column in columns {
      guard let type = column.type.dataType else {
        return fail(KQLMessages.unknownType(column.type.text, at: column.type.span))
      }
      if fields.contains(where: { $0.name == column.name.text }) {
        return fail(KQLMessages.duplicateColumn(column.name.text, at: column.name.span))
      }
      fields.append(Field(column.name.text, type))
    }
    return fields
  }

  private func cellValue(_ cell: ExpressionSyntax, _ field: Field) -> Value? {
    guard let value = lowerConstant(cell) else { return nil }
    if value.isNull, field.type != .dynamic { return field.type == .string ? .string("") : .null }
    if field.type == .dynamic {
      if case .dynamic = value { return value }
      return .dynamic(value.json)
    }
    if value.naturalType == field.type || (value.naturalType == .long && field.type == .int) { return value }
    let converted = ValueConversion.convert(value, to: field.type)
    if converted.isNull {
      return fail(KQLMessages.cellType(field.name, type: field.type, given: value.naturalType, at: cell.span))
    }
    return converted
  }
}

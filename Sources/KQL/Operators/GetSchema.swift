package import Diagnostics
import Engine

/// `getschema`: one row for each column.
package struct GetSchemaSyntax: Hashable, Sendable {
  /// `getschema kind=csl`.
  package var options: [OptionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["getschema"],
    syntax: "T | getschema",
    summary: "Gives a row for each column: its name, place and types.",
    examples: [
      .kqlQuery(
        "datatable(a:long)[] | getschema",
        gives: #""long""#)
    ],
    stage: { .getschema($0.parseGetSchema($1)) })
}

extension KQLParser {
  func parseGetSchema(_ start: SourceSpan) -> GetSchemaSyntax {
    GetSchemaSyntax(options: options(["kind"]), span: span(from: start))
  }
}

extension KQLLowering {
  /// One row for each column; the rows of the table are not read.
  func lower(_ node: GetSchemaSyntax, on input: Relation) -> Relation? {
    let fields = [
      Field("ColumnName", .string), Field("ColumnOrdinal", .long), Field("DataType", .string),
      Field("ColumnType", .string),
    ]
    let rows: [[Value]] = input.columns.enumerated().map { index, column in
      [
        .string(column.name), .long(Int64(index)), .string(column.type.platformName),
        .string(column.type.rawValue),
      ]
    }
    var relation = inline(Table(fields: fields, rows: rows), at: node.span)
    relation.isSerialized = true
    return relation
  }
}

extension DataType {
  /// The name of the type on the platform that KQL comes from.
  fileprivate var platformName: String {
    switch self {
    case .bool: "System.SByte"
    case .int: "System.Int32"
    case .long: "System.Int64"
    case .real: "System.Double"
    case .decimal: "System.Data.SqlTypes.SqlDecimal"
    case .datetime: "System.DateTime"
    case .timespan: "System.TimeSpan"
    case .guid: "System.Guid"
    case .string: "System.String"
    case .dynamic: "System.Object"
    }
  }
}

package import Diagnostics

/// Writes a table in one of the formats, in blocks of some ten thousand bytes.
///
/// ```swift
/// TableRenderer(format: .csv).render(table) { block in console.write(block) }
/// ```
package struct TableRenderer: Sendable {
  package var format: OutputFormat
  /// Terminal columns that `table` fits into; nil never cuts.
  package var width: Int?
  /// Defuses cells that a spreadsheet would run as a formula, in csv and tsv.
  package var csvSafe: Bool
  /// Decides how numbers and lists are spelt.
  package var dialect: Dialect
  /// What a format that shows cells whole is called.
  package var spelling: @Sendable (Remedy) -> String

  package init(
    format: OutputFormat, width: Int? = nil, csvSafe: Bool = false, dialect: Dialect = .own,
    spelling: @escaping @Sendable (Remedy) -> String = { $0.description }
  ) {
    self.format = format
    self.width = width
    self.csvSafe = csvSafe
    self.dialect = dialect
    self.spelling = spelling
  }

  package func render(_ table: Table, to write: ([UInt8]) -> Void) {
    switch format {
    case .table:
      AlignedTableWriter(
        table: table, dialect: dialect, width: width, formatOfWholeCells: spelling(.commaSeparatedOutput)
      ).write(write)
    case .json: JSONRowsWriter(table: table, dialect: dialect, layout: .array).write(write)
    case .ndjson: JSONRowsWriter(table: table, dialect: dialect, layout: .lines).write(write)
    case .typedJSON: JSONRowsWriter(table: table, dialect: dialect, layout: .typed).write(write)
    case .csv:
      SeparatedValuesWriter(table: table, dialect: dialect, form: .csv, isSafe: csvSafe).write(write)
    case .tsv:
      SeparatedValuesWriter(table: table, dialect: dialect, form: .tsv, isSafe: csvSafe).write(write)
    case .markdown: MarkdownWriter(table: table, dialect: dialect).write(write)
    case .arrow: ArrowStreamWriter(table: table).write(write)
    }
  }

  /// What the format leaves out of a table.
  package func notes(on table: Table) -> [Advice] {
    switch format {
    case .table, .json, .ndjson, .typedJSON, .csv, .tsv, .markdown: []
    case .arrow:
      ArrowStreamWriter.cutColumns(of: table).map { name in
        "`\(name)` is written in whole microseconds: its times are too far apart for nanoseconds"
      }
    }
  }

  /// The whole text; for tests and short tables.
  package func text(_ table: Table) -> String {
    var bytes: [UInt8] = []
    render(table) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }
}

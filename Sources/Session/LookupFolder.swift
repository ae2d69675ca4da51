import Diagnostics
import Engine

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder that `outputlookup` may write to: `NAME.csv` for each table.
///
/// Example: `append=t` over a file with the columns `user,first` writes only these two of the rows' fields.
struct LookupFolder {
  let path: String

  /// Writes rows as Splunk does; gives what there is to say of it.
  func write(_ rows: WrittenRows) throws(WriteFailure) -> Advice? {
    let file = "\(path)/\(rows.name).csv"
    let older = FileManager.default.contents(atPath: file).map { String(decoding: $0, as: UTF8.self) }
    if rows.table.rowCount == 0, !rows.appends {
      guard rows.overridesIfEmpty else {
        return older == nil ? nil : "nothing to write: `\(file)` stays as it is"
      }
      if rows.createsEmpty {
        try save(LookupText(rows.table.fields.map(\.name), keepsValuesApart: false), to: file)
        return "nothing to write: `\(file)` is a table without rows now"
      }
      guard older != nil else { return "nothing to write: there is no `\(file)`" }
      do {
        try FileManager.default.removeItem(atPath: file)
      } catch {
        throw failure(file)
      }
      return "nothing to write: `\(file)` is gone (`override_if_empty=false` keeps it)"
    }
    let added = min(rows.maximumRows ?? .max, rows.table.rowCount)
    var text: LookupText
    if rows.appends, let older, let known = LookupText(reading: older) {
      text = known
    } else {
      text = LookupText(rows.table.fields.map(\.name), keepsValuesApart: rows.keepsValuesApart)
    }
    try text.add(rows, count: added)
    try save(text, to: file)
    let lost = rows.table.fields.map(\.name).filter { !text.names.contains($0) }
    return "\(added) row\(added == 1 ? "" : "s") written to `\(file)`, which has \(text.rows.count) now"
      + (lost.isEmpty ? "" : "; it has no column for \(lost.map { "`\($0)`" }.joined(separator: ", "))")
  }

  private func save(_ text: LookupText, to file: String) throws(WriteFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw failure(file)
    }
    if let reason = FileWriting.replace(file, with: Array(text.csv.utf8), followsLinks: false) {
      throw failure(file, reason)
    }
  }

  private func failure(_ file: String, _ reason: String? = nil) -> WriteFailure {
    let isFile =
      FileManager.default.fileExists(atPath: path) && !FileManager.default.isReadableFile(atPath: path + "/.")
    return WriteFailure(
      isFile
        ? "`\(path)` is no folder"
        : "`\(file)` cannot be made or replaced" + (reason.map { ": \($0)" } ?? ""),
      suggestion: "\(Remedy.lookupOutput) wants a folder that can be written to")
  }
}

/// The rows of a lookup file as texts.
struct LookupText {
  let names: [String]
  private(set) var rows: [[String]] = []

  init(_ names: [String], keepsValuesApart: Bool) {
    self.names = names + (keepsValuesApart ? names.map { "__mv_" + $0 } : [])
  }

  /// Nil for a text without a header.
  init?(reading csv: String) {
    let records = CSVReader.records(of: csv)
    guard let header = records.first else { return nil }
    names = header
    rows = records.dropFirst().map { record in
      header.indices.map { $0 < record.count ? record[$0] : "" }
    }
  }

  /// Puts rows behind those that are there, or in the place of the one with the same key.
  mutating func add(_ added: WrittenRows, count: Int) throws(WriteFailure) {
    let fields = added.table.fields.map(\.name)
    var places: [String: Int] = [:]
    var keyColumn: Int?
    if let key = added.keyField {
      guard let column = names.firstIndex(of: key), fields.contains(key) else {
        throw WriteFailure(
          "there is no field `\(key)`, which `key_field` names",
          suggestion: "`key_field` names a field of the rows that is a column of the table too")
      }
      keyColumn = column
      for (index, row) in rows.enumerated() { places[row[column]] = index }
    }
    for row in 0..<count {
      let cells = names.map { name -> String in
        let isSeveral = name.hasPrefix("__mv_")
        guard let column = fields.firstIndex(of: isSeveral ? String(name.dropFirst(5)) : name) else {
          return ""
        }
        let texts = SPLValues.texts(of: added.table.value(row: row, column: column))
        if isSeveral { return texts.count > 1 ? SeveralValues.text(texts) : "" }
        // Splunk joins several values of a field by a blank, or by a line end beside their own column.
        return texts.joined(separator: names.contains("__mv_" + name) ? "\n" : " ")
      }
      if let keyColumn, let place = places[cells[keyColumn]] {
        if added.updates { rows[place] = cells }
      } else {
        if let keyColumn { places[cells[keyColumn]] = rows.count }
        rows.append(cells)
      }
    }
  }

  var csv: String {
    ([names] + rows).map { cells in cells.map(CSVCell.text).joined(separator: ",") + "\n" }.joined()
  }
}

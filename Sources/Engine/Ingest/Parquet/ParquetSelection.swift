/// Which columns of a Parquet file a load reads, and what its rows become.
struct ParquetSelection {
  enum Rows {
    /// A row is a record, or an object that holds some.
    case records
    /// A row is of a form that a log source knows.
    case form(RowWriter)
  }

  var rows = Rows.records
  var leaves: [Int] = []
  /// The columns that the form of the rows makes a field of; nil where only the values tell.
  private let schema: ParquetSchema
  private let leafOfPath: [[String]: Int]

  /// Nil if nothing of the file can be wanted.
  init?(_ file: ParquetFile, _ plan: LoadPlan, _ framing: FramingKeys, takesAll: Bool) {
    schema = file.schema
    leafOfPath = Dictionary(
      schema.leaves.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    let names = Set(file.names)
    let isWhole = plan.requests.contains { request in
      request.columns.contains { $0.fallback == .record }
    }
    let fields = plan.paths.map(ParquetSelection.keys)
    if takesAll {
      let wanted = Set(fields.compactMap(\.first))
      choose { isWhole || wanted.contains($0[0]) }
    } else if let writer = framing.writer(forColumns: names) {
      rows = .form(writer)
      chooseColumns(of: writer.form, fields, names, isWhole)
    } else if ParquetSelection.hasShape(plan, names) {
      choose { path in isWhole || fields.contains { ParquetSelection.overlap($0, path) } }
    } else if let text = framing.framing.textColumns.first(where: names.contains) {
      choose { $0[0] == text }
    } else {
      choose { _ in true }
    }
    if leaves.isEmpty {
      // Rows are counted all the same.
      guard takesAll || ParquetSelection.hasShape(plan, names),
        let leaf = schema.leaves.indices.first(where: { schema.leaves[$0].repetition == 0 })
          ?? schema.leaves.indices.first
      else { return nil }
      leaves = [leaf]
    }
  }

  private mutating func choose(_ isWanted: ([String]) -> Bool) {
    leaves = schema.leaves.indices.filter { isWanted(schema.leaves[$0].path) }
  }

  private mutating func chooseColumns(
    of form: RowForm, _ fields: [[String]], _ names: Set<String>, _ isWhole: Bool
  ) {
    let tested = Set(form.tests.flatMap { $0 }.map(\.name))
    let record = form.columns.first { $0.cell == .record && names.contains($0.name) }
    let columns = Dictionary(grouping: form.columns, by: \.name)
    let marks = form.nesting.map { Array($0.marks.keys) } ?? []
    choose { path in
      if isWhole, record == nil { return true }
      if let record { return path[0] == record.name || tested.contains(path[0]) && path.count == 1 }
      if let nesting = form.nesting {
        if path[0] == nesting.rest || tested.contains(path.joined(separator: ".")) { return true }
        return (1...path.count).contains { count in
          let name = path.prefix(count).joined(separator: ".")
          return marks.contains(name)
            || (columns[name] ?? []).contains { column in
              fields.contains { ParquetSelection.overlap($0, column.path) }
            }
        }
      }
      if tested.contains(path[0]), path.count == 1 { return true }
      guard let known = columns[RowForm.plainName(path[0])] else {
        return fields.contains { $0.first == path[0] }
      }
      return known.contains { column in fields.contains { ParquetSelection.overlap($0, column.path) } }
    }
  }

  /// Whether one of both leads to the other.
  private static func overlap(_ field: [String], _ path: [String]) -> Bool {
    zip(field, path).allSatisfy { $0 == $1 }
  }

  /// The names of a field up to the first list.
  private static func keys(_ path: [FieldPath.Component]) -> [String] {
    var keys: [String] = []
    for component in path {
      guard case .key(let key) = component else { break }
      keys.append(key)
    }
    return keys
  }

  /// Whether the columns are the members of a wanted log's records.
  private static func hasShape(_ plan: LoadPlan, _ names: Set<String>) -> Bool {
    plan.sources.contains { source in
      source.shapes.contains { shape in
        !shape.presence.isEmpty
          && (shape.presence + shape.values.map(\.slot)).allSatisfy { slot in
            keys(plan.paths[slot]).first.map(names.contains) ?? false
          }
      }
    }
  }

  // MARK: - Where values come from

  /// The leaves that give a field its value; nil if that is not certain.
  func leaves(of field: [FieldPath.Component]) -> [Int]? {
    let path = ParquetSelection.keys(field)
    guard path.count == field.count else { return nil }
    guard case .form(let writer) = rows else {
      if let leaf = leafOfPath[path] { return schema.leaves[leaf].repetition == 0 ? [leaf] : nil }
      let isKnown = schema.leaves.contains { ParquetSelection.overlap($0.path, path) }
      return isKnown ? nil : []
    }
    var found: [Int] = []
    for column in writer.form.columns where ParquetSelection.overlap(column.path, path) {
      let name =
        writer.form.nesting == nil ? [column.name] : column.name.split(separator: ".").map(String.init)
      guard let leaf = leafOfPath[name] else {
        if schema.leaves.contains(where: { ParquetSelection.overlap($0.path, name) }) { return nil }
        continue
      }
      switch column.cell {
      case .text, .bool, .time:
        guard column.path == path, column.prefix == nil, schema.leaves[leaf].repetition == 0 else {
          return nil
        }
        found.append(leaf)
      case .json, .structure, .record, .answer, .list: return nil
      }
    }
    // A column that no form names keeps its name.
    if let leaf = leafOfPath[path], !found.contains(leaf) { return nil }
    return found
  }

  /// Values of a field may also come from columns of any name.
  var hasRest: Bool {
    if case .form(let writer) = rows { return writer.form.nesting != nil }
    return false
  }
}

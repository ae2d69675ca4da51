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
  private let schema: ParquetSchema
  /// The leaves by their paths, and by the first names of those as forms call them.
  private let leafOfPath: [[String]: Int]
  private let leavesOfName: [String: [Int]]
  /// Records stand in columns, or may: no bound of a column tells of them.
  private var isCarried = false

  /// Nil if nothing of the file can be wanted.
  init?(_ file: ParquetFile, _ plan: LoadPlan, _ framing: FramingKeys, takesAll: Bool) {
    schema = file.schema
    leafOfPath = Dictionary(
      schema.leaves.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    leavesOfName = Dictionary(
      grouping: schema.leaves.indices, by: { [schema] in RowForm.plainName(schema.leaves[$0].path[0]) })
    let names = Set(file.names)
    let isWhole = plan.requests.contains { request in
      request.columns.contains { $0.fallback == .record }
    }
    let fields = plan.paths.map(ParquetSelection.keys)
    // Rows that are no records themselves may hold some there.
    let carriers = framing.carriers.intersection(names)
    isCarried = !takesAll && !carriers.isEmpty
    if takesAll {
      let wanted = Set(fields.compactMap(\.first))
      choose { isWhole || wanted.contains($0[0]) }
    } else if let writer = framing.writer(forColumns: names) {
      rows = .form(writer)
      chooseColumns(of: writer.form, fields, names, carriers: carriers, isWhole)
    } else if ParquetSelection.hasShape(plan, names) {
      choose { path in
        isWhole || carriers.contains(path[0]) || fields.contains { ParquetSelection.overlap($0, path) }
      }
    } else if framing.framing.textColumns.contains(where: names.contains) {
      choose { carriers.contains($0[0]) }
    } else {
      isCarried = true
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
    of form: RowForm, _ fields: [[String]], _ names: Set<String>, carriers: Set<String>, _ isWhole: Bool
  ) {
    let tested = Set(form.tests.flatMap { $0 }.map(\.name))
    let record = form.columns.first { $0.cell == .record && names.contains($0.name) }
    let columns = Dictionary(grouping: form.columns, by: \.name)
    let marks = form.nesting.map { Array($0.marks.keys) } ?? []
    choose { path in
      if isWhole && record == nil || carriers.contains(path[0]) { return true }
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

  /// The columns that give a field its value; nil if that is not certain.
  func origin(of field: [FieldPath.Component]) -> ParquetFieldOrigin? {
    let path = ParquetSelection.keys(field)
    guard path.count == field.count, !isCarried else { return nil }
    guard case .form(let writer) = rows else {
      if let leaf = leafOfPath[path] {
        return schema.leaves[leaf].repetition == 0 ? ParquetFieldOrigin(leaves: [leaf]) : nil
      }
      return isTouched(path, schema.leaves.indices) ? nil : ParquetFieldOrigin(leaves: [])
    }
    // Nested objects keep members of any name.
    if writer.form.nesting != nil { return nil }
    // What is empty, or such a word, is no value there.
    var origin = ParquetFieldOrigin(leaves: [], nullWords: ([""] + writer.form.nulls).map { Array($0.utf8) })
    for column in writer.form.columns where ParquetSelection.overlap(column.path, path) {
      for leaf in leavesOfName[column.name] ?? [] {
        switch column.cell {
        case .text: break
        case .time: origin.keepsText = false
        case .bool, .json, .structure, .record, .answer, .list: return nil
        }
        guard column.path == path, column.prefix == nil, schema.leaves[leaf].path.count == 1,
          schema.leaves[leaf].repetition == 0
        else { return nil }
        origin.leaves.append(leaf)
      }
    }
    // A column that the form does not name keeps its name.
    guard let name = path.first, !writer.form.columns.contains(where: { $0.name == name }) else {
      return origin
    }
    return isTouched(path, leavesOfName[name] ?? []) ? nil : origin
  }

  /// Whether any of the leaves stands above, at or below the path.
  private func isTouched(_ path: [String], _ leaves: some Sequence<Int>) -> Bool {
    leaves.contains { leaf in
      let names = schema.leaves[leaf].path
      return ParquetSelection.overlap([RowForm.plainName(names[0])] + names.dropFirst(), path)
        || ParquetSelection.overlap(names, path)
    }
  }
}

/// Where the values of a field come from.
struct ParquetFieldOrigin {
  var leaves: [Int]
  /// A value's text is that of the column.
  var keepsText = true
  /// Texts of the column that are no values.
  var nullWords: [[UInt8]] = []
}

package import Engine

extension SourceTable {
  /// The columns that events of this table are packed into: those with a value of their own, and each object that some
  /// of them stand in, whole.
  package var packLayout: PackLayout {
    var columns: [PackLayout.Column] = []
    var taken: Set<[String]> = []
    for column in self.columns {
      guard let path = column.paths.first, path != column.name, !path.contains("[") else { continue }
      let parts = path.split(separator: ".").map(String.init)
      let kind: PackLayout.Kind
      switch (column.form, column.type) {
      case (.constant, _): continue
      case (.jsonText, _): kind = .json
      case (.value, .bool): kind = .bool
      case (.value, .datetime): kind = .time
      case (.value, _): kind = .text
      }
      if taken.insert(parts).inserted { columns.append(PackLayout.Column(column.name, parts, kind)) }
    }
    for column in columns where column.path.count > 1 {
      let name = column.path[0]
      guard taken.insert([name]).inserted else { continue }
      columns.append(PackLayout.Column(name.prefix(1).uppercased() + name.dropFirst(), [name], .json))
    }
    return PackLayout(table: self.name, columns: columns)
  }
}

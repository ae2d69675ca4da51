package import Engine

/// The columns of a result that say whom or what an alert is about.
package struct EntityColumns: Hashable, Sendable {
  /// A kind of entity and the positions of the columns that identify it.
  package struct Group: Hashable, Sendable {
    package var name: String
    package var columns: [Int]
  }

  package enum Basis: String, Hashable, Sendable {
    /// The rule names its entities.
    case rule
    /// What the rule groups by, or the values of its events.
    case keys
    /// Nothing in the rows identifies anything.
    case none
  }

  package var groups: [Group]
  package var basis: Basis

  /// - Parameter roles: of the result's columns.
  package init(of metadata: RuleMetadata, fields: [Field], roles: [ColumnRole]) {
    var groups: [Group] = []
    for entity in metadata.entities {
      let columns = entity.fields.compactMap { field in
        fields.firstIndex { $0.name == field.column }
      }
      guard !columns.isEmpty else { continue }
      // Two entities of one type are counted apart.
      let isRepeated = groups.contains { $0.name == entity.type }
      let names = columns.map { fields[$0].name }.joined(separator: ", ")
      groups.append(Group(name: isRepeated ? "\(entity.type) \(names)" : entity.type, columns: columns))
    }
    if !groups.isEmpty {
      self.groups = groups
      basis = .rule
      return
    }
    func positions(_ kinds: Set<ColumnRole.Kind>) -> [Int] {
      roles.indices.filter { $0 < fields.count && kinds.contains(roles[$0].kind) && !roles[$0].isTime }
    }
    let columns = [[.groupKey], [.derived], [.event]].map { positions($0) }.first { !$0.isEmpty } ?? []
    self.groups = columns.isEmpty ? [] : [Group(name: "entities", columns: columns)]
    basis = columns.isEmpty ? .none : .keys
  }

  /// How many there are of each kind; rows without a value do not count.
  package func counts(in table: Table) -> [Int] {
    groups.map { group in
      var seen: Set<[Value]> = []
      for row in 0..<table.rowCount {
        let values = group.columns.map { table.value(row: row, column: $0) }
        if values.contains(where: { !$0.isNull && $0 != .string("") }) { seen.insert(values) }
      }
      return seen.count
    }
  }
}

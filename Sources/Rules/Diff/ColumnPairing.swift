package import Engine

/// Which column of the old result is compared with which of the new one.
///
/// Columns of one name are a pair; `--map A=B` pairs the old `A` with the new `B`; ignored ones are left out.
package struct ColumnPairing: Sendable {
  package struct Pair: Hashable, Sendable {
    /// Positions in the two results.
    package var old: Int
    package var new: Int
    /// As messages call it: `A`, or `A/B` where the names differ.
    package var name: String
    package var comparison: ValueComparison
  }

  package struct TypeChange: Hashable, Sendable {
    package var name: String
    package var old: DataType
    package var new: DataType
  }

  package private(set) var pairs: [Pair] = []
  package private(set) var onlyOld: [String] = []
  package private(set) var onlyNew: [String] = []
  /// Columns that were left out because the user said so.
  package private(set) var ignored: [String] = []
  /// Within one language, where the types differ.
  package private(set) var typeChanges: [TypeChange] = []

  package init(old: [Field], new: [Field], isAcrossLanguages: Bool, request: DifferenceRequest) {
    var takenOld: Set<Int> = []
    var takenNew: Set<Int> = []
    for name in request.ignored {
      let first = ColumnPairing.positions(of: name, in: old)
      let second = ColumnPairing.positions(of: name, in: new)
      takenOld.formUnion(first)
      takenNew.formUnion(second)
      if !first.isEmpty || !second.isEmpty { ignored.append(name) }
    }
    for mapping in request.map {
      guard let first = old.firstIndex(where: { $0.name == mapping.old }), !takenOld.contains(first),
        let second = new.firstIndex(where: { $0.name == mapping.new }), !takenNew.contains(second)
      else { continue }
      takenOld.insert(first)
      takenNew.insert(second)
      add(first, second, old, new, isAcrossLanguages)
    }
    for (position, field) in old.enumerated() where !takenOld.contains(position) {
      let partner = new.indices.first { new[$0].name == field.name && !takenNew.contains($0) }
      guard let partner else {
        onlyOld.append(field.name)
        continue
      }
      takenNew.insert(partner)
      add(position, partner, old, new, isAcrossLanguages)
    }
    pairs.sort { $0.old < $1.old }
    onlyNew = new.indices.filter { !takenNew.contains($0) }.map { new[$0].name }
  }

  private static func positions(of name: String, in fields: [Field]) -> [Int] {
    fields.indices.filter { fields[$0].name == name }
  }

  private mutating func add(
    _ old: Int, _ new: Int, _ oldFields: [Field], _ newFields: [Field], _ isAcrossLanguages: Bool
  ) {
    let first = oldFields[old]
    let second = newFields[new]
    let name = first.name == second.name ? first.name : "\(first.name)/\(second.name)"
    pairs.append(
      Pair(
        old: old, new: new, name: name,
        comparison: ValueComparison(first.type, second.type, isAcrossLanguages: isAcrossLanguages)))
    if !isAcrossLanguages, first.type != second.type {
      typeChanges.append(TypeChange(name: name, old: first.type, new: second.type))
    }
  }

  /// `--map` for columns that differ in their spelling alone.
  package var suggestedMap: [DifferenceRequest.Mapping] {
    func plain(_ name: String) -> String {
      String(name.lowercased().filter { $0.isLetter || $0.isNumber })
    }
    return onlyOld.compactMap { name in
      onlyNew.first { plain($0) == plain(name) }.map { DifferenceRequest.Mapping(old: name, new: $0) }
    }
  }
}

/// What the user says about a comparison.
package struct DifferenceRequest: Hashable, Sendable {
  package struct Mapping: Hashable, Sendable {
    package var old: String
    package var new: String

    package init(old: String, new: String) {
      self.old = old
      self.new = new
    }
  }

  /// Columns that pair rows; empty: found.
  package var key: [String] = []
  package var map: [Mapping] = []
  /// Columns that are not compared.
  package var ignored: [String] = []

  package init() {}
}

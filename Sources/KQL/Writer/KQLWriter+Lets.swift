import Engine

/// `eval threshold=5` of a field that is only compared with is a `let`.
extension KQLWriter {
  /// The fields that are made of one constant, wherever they are made.
  static func namedConstants(_ plan: LogicalPlan, _ tables: [TableTwin]) -> [String: KQLPiece] {
    var found: [String: [Expression]] = [:]
    var taken = Set(plan.columns.map(\.name)).union(tables.flatMap { $0.columns.map(\.name) })
    plan.forEachNode { node in
      switch node {
      case .project(let project):
        for assignment in project.assignments where !assignment.keepsName {
          found[assignment.column.name, default: []].append(assignment.expression)
        }
      case .filter, .sort, .limit, .with, .reference: break
      case .scan, .inline, .argument, .aggregate, .join, .union, .expand, .window, .apply, .tabular:
        taken.formUnion(node.columns.map(\.name))
      }
    }
    var lets: [String: KQLPiece] = [:]
    for (name, values) in found where !taken.contains(name) && values.allSatisfy({ $0 == values.first }) {
      guard case .literal(let value, let type)? = values.first, !value.isNull, KQLName.text(name) == name
      else { continue }
      let piece = KQLName.constant(value, type)
      switch piece.kind {
      case .number, .text: lets[name] = piece
      case .moment, .span, .truth, .list, .json: continue
      }
    }
    return lets
  }

  /// The name of such a field in place of its column, which a statement before the query defines.
  func named(_ assignment: Assignment) -> KQLPiece? {
    guard case .literal = assignment.expression, var piece = lets[assignment.column.name] else { return nil }
    let statement = "let \(assignment.column.name) = \(piece.text);"
    if !statements.contains(statement) { statements.append(statement) }
    piece.text = assignment.column.name
    piece.strength = .primary
    return piece
  }
}

extension Assignment {
  fileprivate var keepsName: Bool {
    if case .column(let source) = expression { source.name == column.name } else { false }
  }
}

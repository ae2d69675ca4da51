import Diagnostics
import Engine

extension SPLLowering {
  /// From left to right; a field that is renamed onto another replaces it.
  func lower(_ command: RenameCommandSyntax, in relation: Relation, at span: SourceSpan) {
    for renaming in command.renamings {
      if renaming.field.hasWildcard {
        let target = WildcardName(renaming.target.name)
        let found = matches(renaming.field, in: relation)
        rename(found.map { ($0.column, target.filled($0.parts)) }, in: relation, at: span)
        if relation.isOpen { relation.removed.insert(renaming.field.name) }
      } else if let column = read(renaming.field, in: relation) {
        rename([(column, renaming.target.name)], in: relation, at: span)
      } else if let target = relation.existing(renaming.target.name) {
        // A field that is not there leaves nothing under the new name either.
        drop([target], in: relation, at: span)
      }
    }
  }

  func rename(_ pairs: [(column: PlanColumn, name: String)], in relation: Relation, at span: SourceSpan) {
    var names: [ColumnID: String] = [:]
    for pair in pairs where pair.column.name != pair.name { names[pair.column.id] = pair.name }
    if names.isEmpty { return }
    let taken = Set(names.values)
    var assignments: [Assignment] = []
    for column in relation.columns {
      if let name = names[column.id] {
        assignments.append(Assignment(column: makeColumn(name, column.type), expression: column.reference))
      } else if !taken.contains(column.name) {
        assignments.append(Assignment(keeping: column))
      }
    }
    relation.plan = .project(Project(input: relation.plan, assignments: assignments, origin: origin(span)))
    for pair in pairs where relation.isOpen { relation.removed.insert(pair.column.name) }
    relation.removed.subtract(taken)
  }
}

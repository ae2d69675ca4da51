import Diagnostics
import Engine

/// `rename a as b, "c d" as e, x.* as *`: gives fields other names.
package struct RenameCommandSyntax: Hashable, Sendable {
  package struct Renaming: Hashable, Sendable {
    package let field: FieldNameSyntax
    package let target: FieldNameSyntax
  }

  package let renamings: [Renaming]

  static let record = CommandRecord(
    "rename",
    syntax: "rename FIELD|PATTERN as NAME|PATTERN …",
    summary: "Gives fields other names; wildcards carry over.",
    examples: [
      .splQuery(
        "| makeresults | eval a=1 | rename a as b | table b",
        gives: #""1""#)
    ]
  ) { parser, command in
    var renamings: [Renaming] = []
    while !parser.isAtStageEnd {
      if parser.takeComma() { continue }
      guard let pair = parser.parseFieldAlias() else {
        parser.unexpected("`field as name`")
        break
      }
      guard let target = pair.alias else {
        if !parser.isRecovering { parser.syntaxError(SPLMessages.renameNeedsAs(pair.field, parser.peek())) }
        break
      }
      if stars(pair.field) != stars(target) {
        parser.report(SPLMessages.wildcardMismatch(pair.field, target))
      }
      renamings.append(Renaming(field: pair.field, target: target))
    }
    parser.requireArguments(renamings, command, "`field as name`")
    return .rename(RenameCommandSyntax(renamings: renamings))
  }

  private static func stars(_ field: FieldNameSyntax) -> Int {
    field.name.utf8.count { $0 == UInt8(ascii: "*") }
  }
}

extension SPLLowering {
  /// From left to right; a field that is renamed onto another replaces it.
  func lower(_ command: RenameCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    for renaming in command.renamings {
      if renaming.field.hasWildcard {
        let target = WildcardName(renaming.target.name)
        let found = matches(renaming.field, in: &relation)
        let pairs = found.map { (column: $0.column, name: target.filled($0.parts)) }
        if relation.isOpen {
          renameEvents(pairs, pattern: renaming.field.name, in: &relation, at: span)
        } else {
          rename(pairs, in: &relation, at: span)
        }
      } else if let column = read(renaming.field, in: &relation) {
        rename([(column, renaming.target.name)], in: &relation, at: span)
      } else if let target = relation.existing(renaming.target.name) {
        // A field that is not there leaves nothing under the new name either.
        drop([target], in: &relation, at: span)
      }
    }
  }

  /// Renames fields of events by a pattern: an event that lacks one keeps what it has under the new name.
  private func renameEvents(
    _ pairs: [(column: PlanColumn, name: String)], pattern: String, in relation: inout Relation,
    at span: SourceSpan
  ) {
    fetch(pairs.map(\.name), in: &relation)
    let made = pairs.map { pair in
      let kept = column(pair.name, in: &relation).map { firstPresent([pair.column.reference, $0.reference]) }
      let value = kept ?? pair.column.reference
      return Assignment(column: makeColumn(pair.name, value.type), expression: value)
    }
    let targets = Set(pairs.map(\.name))
    assign(made, in: &relation, at: span)
    drop(pairs.map(\.column).filter { !targets.contains($0.name) }, in: &relation, at: span)
    relation.removed.insert(pattern)
  }

  func rename(_ pairs: [(column: PlanColumn, name: String)], in relation: inout Relation, at span: SourceSpan)
  {
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

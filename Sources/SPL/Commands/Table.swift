import Diagnostics
import Engine

/// `table _time, user, src*`: exactly these columns, in this order.
package struct TableCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]

  static let record = CommandRecord(
    "table",
    syntax: "table FIELD|PATTERN …",
    summary: "Keeps exactly the named fields, in that order.",
    examples: [
      .splQuery(
        "| makeresults | eval a=1, b=2 | table b a",
        gives: #""1""#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, [:], into: &options)
    parser.requireArguments(fields, command)
    return .table(TableCommandSyntax(fields: fields))
  }
}

extension SPLLowering {
  /// Exactly the named fields in their order; one that is missing becomes an empty column.
  func lower(_ command: TableCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    var assignments: [Assignment] = []
    var names: Set<String> = []
    for field in command.fields {
      if field.hasWildcard {
        for match in columns(field, in: &relation) where names.insert(match.name).inserted {
          assignments.append(Assignment(keeping: match))
        }
      } else if !names.insert(field.name).inserted {
        continue
      } else if let column = read(field, in: &relation) {
        assignments.append(Assignment(keeping: column))
      } else {
        assignments.append(
          Assignment(column: makeColumn(field.name, .string), expression: .literal(.null, .string)))
      }
    }
    relation.close(.project(Project(input: relation.plan, assignments: assignments, origin: origin(span))))
  }
}

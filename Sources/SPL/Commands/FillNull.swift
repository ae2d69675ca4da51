import Diagnostics
import Engine

/// `fillnull value=none user src`: gives missing values a text.
package struct FillNullCommandSyntax: Hashable, Sendable {
  /// Empty: every field that has a value in some row.
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  package var value: String { options.text("value") ?? "0" }

  static let record = CommandRecord(
    "fillnull",
    syntax: "fillnull [value=TEXT] [FIELD …]",
    summary: "Gives missing values a text.",
    notes: [
      "The value is 0 where none is said."
    ],
    examples: [
      .splQuery(
        "| makeresults count=3 | streamstats count as n | eval user=if(n=2, null(), n) | fillnull "
          + "value=none user | table user",
        gives: #"mvappend("1", "none", "3")"#)
    ]
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, ["value": .text], into: &options)
    return .fillnull(FillNullCommandSyntax(fields: fields, options: options))
  }
}

extension SPLLowering {
  /// Without a list only fields that some row has are filled; a list makes what is missing.
  ///
  /// Fields of the events that a later command groups by are filled even if no event has them, and a note says so:
  /// detections put `fillnull` before `stats` so that no event is lost for want of an optional parameter. Splunk
  /// fills what some event has, so that over few events such a detection would be silent for no reason of its own.
  func lower(_ command: FillNullCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    let value = literal(command.value)
    if command.fields.isEmpty {
      fetchFollowing(in: &relation)
      let keys = relation.isOpen ? Set(MentionedFields.groupings(in: Array(following))) : []
      fillWhereSome(&relation, value, always: keys, at: span)
      return
    }
    var assignments: [Assignment] = []
    for field in command.fields {
      let found =
        field.hasWildcard
        ? columns(field, in: &relation) : column(field.name, in: &relation).map { [$0] } ?? []
      if found.isEmpty, !field.hasWildcard {
        assignments.append(Assignment(column: makeColumn(field.name, .string), expression: value))
      }
      for column in found {
        let filled = firstPresent([column.reference, filler(value, for: column)])
        assignments.append(Assignment(column: makeColumn(column.name, filled.type), expression: filled))
      }
    }
    assign(assignments, in: &relation, at: span)
  }

  private func fillWhereSome(
    _ relation: inout Relation, _ value: Expression, always keys: Set<String>, at span: SourceSpan
  ) {
    let fillable = relation.columns.filter { !$0.name.isEmpty && $0.type != .datetime && $0.type != .bool }
    let made = window(
      fillable.map { (SPLWindowFunctions.hasAny, [$0.reference], .bool) }, in: &relation, at: span)
    let watched = zip(fillable, made).filter { keys.contains($0.0.name) }.map {
      PlanNote.Presence(name: $0.name, column: $1.id)
    }
    if !watched.isEmpty { relation.plan = relation.plan.adding([.absentFields(watched)]) }
    var assignments: [Assignment] = []
    for (column, hasAny) in zip(fillable, made) {
      let isMissing = isNull(column.reference)
      let isWanted =
        keys.contains(column.name) ? isMissing : logical(Logical.and, [hasAny.reference, isMissing])
      let filled = choose([(isWanted, filler(value, for: column))], otherwise: column.reference)
      assignments.append(Assignment(column: makeColumn(column.name, filled.type), expression: filled))
    }
    assign(assignments, in: &relation, at: span)
    drop(made, in: &relation, at: span)
  }

  /// The text as a number where the column has numbers and it is one.
  func filler(_ value: Expression, for column: PlanColumn) -> Expression {
    guard column.type.isNumeric, case .literal(.string(let text), _) = value, let number = Double(text) else {
      return value
    }
    if column.type == .long, let integer = Int64(text) { return .literal(.long(integer), .long) }
    return .literal(.real(number), .real)
  }
}

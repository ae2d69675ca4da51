/// `fieldformat share=tostring(share)."%"`: how a field is shown, which no other command sees.
package struct FieldFormatCommandSyntax: Hashable, Sendable {
  package let assignment: EvalAssignmentSyntax?

  static let record = CommandRecord(
    "fieldformat", summary: "Says how a field is shown; other commands see its value.",
    example: #"fieldformat share=tostring(share, "commas")"#
  ) { parser, command in
    let assignment = parser.parseAssignment(command)
    parser.requireEvalEnd()
    return .fieldformat(FieldFormatCommandSyntax(assignment: assignment))
  }
}

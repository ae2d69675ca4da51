import Engine

/// `fieldformat share=tostring(share)."%"`: how a field is shown, which no other command sees.
package struct FieldFormatCommandSyntax: Hashable, Sendable {
  package let assignment: EvalAssignmentSyntax?

  static let record = CommandRecord(
    "fieldformat",
    syntax: "fieldformat FIELD=EXPRESSION",
    summary: "Says how a field is shown; other commands see its value.",
    examples: [
      .splQuery(
        #"| makeresults | eval share=1234 | fieldformat share=tostring(share, "commas") | table share"#,
        gives: #""1,234""#)
    ], takesSubsearch: true
  ) { parser, command in
    let assignment = parser.parseAssignment(command)
    parser.requireEvalEnd()
    return .fieldformat(FieldFormatCommandSyntax(assignment: assignment))
  }
}

/// `spath input=doc output=x path=a{}.b`: reads JSON in a field.
package struct SpathCommandSyntax: Hashable, Sendable {
  /// Nil where everything is extracted.
  package let path: StringLiteralSyntax?
  package let options: CommandOptions

  package var input: String { options.text("input") ?? "_raw" }
  /// The field that is set: the path's text if nothing is said.
  package var output: String? { options.text("output") ?? path?.value }

  static let record = CommandRecord(
    "spath", summary: "Reads fields out of JSON.", example: "spath input=doc output=names users{}.name"
  ) { parser, command in
    let rules: [String: OptionKind] = ["input": .text, "output": .text, "path": .text]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let positional = parser.parseText()
    parser.parseOptions(command, rules, into: &options)
    let path = options["path"]?.value ?? positional
    if path == nil, let output = options["output"] {
      parser.report(SPLMessages.missingOption("path", of: command, neededBy: output))
    }
    return .spath(SpathCommandSyntax(path: path, options: options))
  }
}

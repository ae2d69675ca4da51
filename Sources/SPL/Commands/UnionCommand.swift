/// `union [search …] [search …]`: the rows of several searches, and of those before it.
package struct UnionCommandSyntax: Hashable, Sendable {
  package enum Input: Hashable, Sendable {
    case subsearch(SubsearchSyntax)
    /// `lookup:NAME`, `datamodel:NAME`, …
    case dataset(FieldNameSyntax)
  }

  package let inputs: [Input]
  package let options: CommandOptions

  static let record = CommandRecord(
    "union", summary: "Joins the rows of several searches.",
    example: "union maxout=10 [search a=1], [search b=2]", isGenerating: true
  ) { parser, command in
    var options = CommandOptions()
    var inputs: [Input] = []
    while !parser.isAtStageEnd {
      if parser.parseOption(command, AppendCommandSyntax.limits, into: &options) || parser.takeComma() {
        continue
      }
      if parser.peek().kind == .leftBracket {
        inputs.append(.subsearch(parser.parseSubsearch()))
      } else if let dataset = parser.parseField() {
        inputs.append(.dataset(dataset))
      } else {
        parser.unexpected("a subsearch in brackets")
      }
    }
    parser.requireArguments(inputs, command, "a subsearch in brackets")
    return .union(UnionCommandSyntax(inputs: inputs, options: options))
  }
}

/// `accum bytes as total`: a running sum.
package struct AccumCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?

  static let record = CommandRecord(
    "accum", summary: "Makes a running sum.", example: "accum bytes as total"
  ) { parser, command in
    let pair = parser.parseFieldAlias()
    if pair == nil { parser.requireArguments([FieldNameSyntax](), command) }
    return .accum(AccumCommandSyntax(field: pair?.field, alias: pair?.alias))
  }
}

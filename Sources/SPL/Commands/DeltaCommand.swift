/// `delta bytes as change p=1`: the difference to an earlier row.
package struct DeltaCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let alias: FieldNameSyntax?
  /// How many rows back.
  package let distance: Int

  static let record = CommandRecord(
    "delta", summary: "Takes the difference to an earlier row.", example: "delta bytes as change p=2"
  ) { parser, command in
    var options = CommandOptions()
    parser.parseOptions(command, ["p": .integer], into: &options)
    let pair = parser.parseFieldAlias()
    if pair == nil { parser.requireArguments([FieldNameSyntax](), command) }
    parser.parseOptions(command, ["p": .integer], into: &options)
    return .delta(
      DeltaCommandSyntax(field: pair?.field, alias: pair?.alias, distance: options.integer("p") ?? 1))
  }
}

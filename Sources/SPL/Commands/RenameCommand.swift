/// `rename a as b, "c d" as e, x.* as *`: gives fields other names.
package struct RenameCommandSyntax: Hashable, Sendable {
  package struct Renaming: Hashable, Sendable {
    package let field: FieldNameSyntax
    package let target: FieldNameSyntax
  }

  package let renamings: [Renaming]

  static let record = CommandRecord(
    "rename", summary: "Gives fields other names; wildcards carry over.",
    example: #"rename a as b, "c d" as e x.* as *"#
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

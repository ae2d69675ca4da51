/// `mvexpand user limit=5`: one row per value.
package struct MVExpandCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  /// 0 is all.
  package let limit: Int

  static let record = CommandRecord(
    "mvexpand", summary: "Makes one row per value of a field.", example: "mvexpand user limit=5"
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["limit": .integer])
    return .mvexpand(MVExpandCommandSyntax(field: field, limit: options.integer("limit") ?? 0))
  }
}

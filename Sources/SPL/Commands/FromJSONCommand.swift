/// `fromjson doc prefix=p_`: the members of JSON objects as fields.
package struct FromJSONCommandSyntax: Hashable, Sendable {
  package let field: FieldNameSyntax?
  package let prefix: String

  static let record = CommandRecord(
    "fromjson", summary: "Makes fields of the members of JSON objects.", example: "fromjson doc prefix=p_"
  ) { parser, command in
    let (field, options) = parser.parseOneField(command, ["prefix": .text])
    return .fromjson(FromJSONCommandSyntax(field: field, prefix: options.text("prefix") ?? ""))
  }
}

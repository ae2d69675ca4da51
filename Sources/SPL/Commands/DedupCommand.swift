/// `dedup 2 user src keepempty=t sortby -_time`: keeps the first rows of each combination.
package struct DedupCommandSyntax: Hashable, Sendable {
  package let count: Int
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions
  package let sortKeys: [SortKeySyntax]

  package var keepEvents: Bool { options.boolean("keepevents") ?? false }
  package var keepEmpty: Bool { options.boolean("keepempty") ?? false }
  package var consecutive: Bool { options.boolean("consecutive") ?? false }

  static let record = CommandRecord(
    "dedup", summary: "Keeps the first rows of each combination of values.",
    example: "dedup 2 user, src keepempty=t consecutive=t sortby -_time"
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "consecutive": .boolean, "keepempty": .boolean, "keepevents": .boolean,
    ]
    let count = parser.parseInteger() ?? 1
    if count < 1 { parser.report(SPLMessages.countTooSmall(command, least: 1)) }
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options, until: ["sortby"])
    parser.requireArguments(fields, command)
    let sortKeys = parser.takeKeyword("sortby").map { parser.parseSortKeys($0) } ?? []
    return .dedup(DedupCommandSyntax(count: count, fields: fields, options: options, sortKeys: sortKeys))
  }
}

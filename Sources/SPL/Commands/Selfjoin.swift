import Diagnostics
import Engine

/// `selfjoin keepsingle=t user`: makes one row of rows that share fields.
package struct SelfjoinCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]
  package let options: CommandOptions

  static let record = CommandRecord(
    "selfjoin",
    syntax: "selfjoin [overwrite=BOOL] [max=COUNT] [keepsingle=BOOL] FIELD …",
    summary: "Makes one row of rows that share fields.",
    notes: [
      "A row that shares its fields with no other is left out unless `keepsingle=t`.",
      "Of a field that several of the rows have the first row's value stands, with `overwrite=f` the last one's.",
      "`max` says how many rows join the main one, 1 where nothing is said; 0 is all.",
    ],
    differs: ["Which rows join where more share their fields than `max` says, Splunk's page leaves open."],
    examples: [
      .splQuery(
        "| makeresults count=2 | streamstats count as n | eval k=\"a\", x=if(n=1, \"p\", null()), "
          + "y=if(n=2, \"q\", null()) | selfjoin k | eval both=x.y | table both",
        gives: #""pq""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["keepsingle": .boolean, "max": .integer, "overwrite": .boolean]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    parser.requireArguments(fields, command)
    return .selfjoin(SelfjoinCommandSyntax(fields: fields, options: options))
  }
}

extension SPLLowering {
  func lower(_ command: SelfjoinCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    let keys = command.fields.compactMap { read($0, in: &relation) }
    guard keys.count == command.fields.count,
      let pick = AggregateCatalog.function(
        command.options.boolean("overwrite") ?? true ? "first" : "last", in: .spl),
      let count = AggregateCatalog.function("count", in: .spl)
    else { return }
    let most = command.options.integer("max") ?? 1
    if most > 0 {
      let made = window(
        [(SPLWindowFunctions.occurrence, keys.map { text(plain($0.reference)) }, .long)], in: &relation,
        at: span)
      if let place = made.first,
        let isWithin = bind("<=", [place.reference, literal(most + 1)], spans: [], at: span)
      {
        filter(&relation, by: isWithin, at: span)
      }
      drop(made, in: &relation, at: span)
    }
    let order = relation.columns.map(\.name)
    let names = Set(keys.map(\.name))
    let columns = relation.columns.filter { !names.contains($0.name) && !$0.name.isEmpty }
    var items = columns.compactMap { item(pick, [plain($0.reference)], name: $0.name, at: span) }
    guard let counted = item(count, [], name: "", at: span) else { return }
    items.append(counted)
    aggregate(
      &relation,
      keys: keys.map {
        Assignment(column: makeColumn($0.name, .string), expression: text(plain($0.reference)))
      },
      items: items, at: span)
    if !(command.options.boolean("keepsingle") ?? false), let size = counted.outputs.first,
      let isShared = bind(">", [size.reference, literal(1)], spans: [], at: span)
    {
      filter(&relation, by: isShared, at: span)
    }
    keep(order.compactMap { relation.existing($0) }, in: &relation, at: span)
  }
}

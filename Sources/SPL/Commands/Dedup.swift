import Diagnostics
import Engine

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
    "dedup",
    syntax: "dedup [COUNT] FIELD … [keepempty=BOOL] [keepevents=BOOL] [consecutive=BOOL] [sortby [-]FIELD "
      + "…]",
    summary: "Keeps the first rows of each combination of values.",
    notes: [
      "Nulls: a row that lacks one of the fields is dropped unless `keepempty=t`."
    ],
    examples: [
      .splQuery(
        #"| makeresults count=3 | streamstats count as n | eval k="a" | dedup k | table n"#,
        gives: #""1""#)
    ]
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

extension SPLLowering {
  /// Keeps the first rows of each combination; rows that lack a field are dropped unless asked for.
  ///
  /// An order that is asked for comes first: it decides which rows are kept.
  func lower(_ command: DedupCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if !command.sortKeys.isEmpty {
      sort(&relation, by: command.sortKeys, isReversed: false, limit: nil, at: span)
    }
    var keys: [Expression] = []
    for field in command.fields {
      for column in columns(field, in: &relation) { keys.append(column.reference) }
    }
    if keys.count < command.fields.count {
      // A field that no row has: no row has all fields.
      if !command.keepEmpty, !command.keepEvents {
        relation.plan = .limit(Limit(input: relation.plan, count: 0, origin: origin(span)))
      }
      return
    }
    let function = command.consecutive ? SPLWindowFunctions.runPlace : SPLWindowFunctions.occurrence
    let made = window([(function, keys, .long)], in: &relation, at: span)
    guard let place = made.first else { return }
    let isEarly = call(
      SPLRowFunctions.isBetween, [place.reference, literal(1), literal(max(0, command.count))], as: .bool)
    if command.keepEvents {
      let cleared = keys.compactMap { key -> Assignment? in
        guard case .column(let column) = key else { return nil }
        return Assignment(
          column: makeColumn(column.name, column.type),
          expression: choose([(isEarly, key)], otherwise: .literal(.null, column.type)))
      }
      assign(cleared, in: &relation, at: span)
    } else {
      let isEmpty = call(SPLRowFunctions.isBetween, [place.reference, literal(0), literal(0)], as: .bool)
      filter(&relation, by: command.keepEmpty ? logical(Logical.or, [isEarly, isEmpty]) : isEarly, at: span)
    }
    drop(made, in: &relation, at: span)
  }
}

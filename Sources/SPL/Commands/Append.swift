import Diagnostics
import Engine

/// `append [search …]`: the rows of a subsearch after the present ones.
package struct AppendCommandSyntax: Hashable, Sendable {
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions

  static let limits: [String: OptionKind] = [
    "extendtimerange": .boolean, "maxout": .integer, "maxtime": .integer, "timeout": .integer,
  ]

  static let record = CommandRecord(
    "append",
    syntax: "append [maxout=COUNT] [SUBSEARCH]",
    summary: "Adds the rows of a subsearch.",
    notes: [
      "Splunk takes 10,000 rows of a subsearch unless `maxout` says more; a note says where that would "
        + "cut."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval n=1 | table n | append [| makeresults | eval n=2 | table n]",
        gives: #"mvappend("1", "2")"#)
    ], takesSubsearch: true
  ) { parser, command in
    let (subsearch, options) = parser.parseOneSubsearch(command, limits)
    return .append(AppendCommandSyntax(subsearch: subsearch, options: options))
  }
}

extension SPLParser {
  /// Reads options and a subsearch.
  mutating func parseOneSubsearch(
    _ command: SPLToken, _ rules: [String: OptionKind], kind: PipelineKind = .subsearch
  ) -> (SubsearchSyntax?, CommandOptions) {
    var options = CommandOptions()
    parseOptions(command, rules, into: &options)
    let subsearch = requireSubsearch(command, kind)
    parseOptions(command, rules, into: &options)
    return (subsearch, options)
  }
}

/// Commands that put rows behind rows.
extension SPLLowering {
  func lower(_ command: AppendCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let subsearch = command.subsearch, var added = lower(subsearch) else { return }
    limit(&added, command.options.integer("maxout"), at: subsearch.span)
    append(added, to: &relation, at: span)
  }

  func limit(_ relation: inout Relation, _ count: Int?, at span: SourceSpan) {
    guard let count else {
      cap(
        &relation, at: SPLLowering.subsearchLimit,
        "Splunk takes 10,000 rows of a subsearch unless `maxout` says more",
        at: span)
      return
    }
    if count > 0 { relation.plan = .limit(Limit(input: relation.plan, count: count, origin: origin(span))) }
  }

  // MARK: - Putting rows together

  /// The rows of another relation behind those of this one; columns meet by name.
  func append(_ rows: Relation, to relation: inout Relation, at span: SourceSpan) {
    var added = rows
    fetch(added.columns.map(\.name), in: &relation)
    fetch(relation.columns.map(\.name), in: &added)
    let names = (relation.columns + added.columns).map(\.name).uniqued
    var columns: [PlanColumn] = []
    var left: [ColumnID?] = []
    var right: [ColumnID?] = []
    for name in names {
      let types = Set([relation.existing(name), added.existing(name)].compactMap { $0?.type })
      let type =
        types.count == 1 ? types.first ?? .string : unify(types.map { .column(makeColumn("", $0)) }).type
      let mixed: DataType = types.contains(.datetime) && types.count > 1 ? .real : type
      columns.append(makeColumn(name, mixed))
    }
    left = fit(&relation, to: columns, at: span)
    right = fit(&added, to: columns, at: span)
    relation.plan = .union(
      Union(
        legs: [Union.Leg(plan: relation.plan, sources: left), Union.Leg(plan: added.plan, sources: right)],
        columns: columns, missingText: .null, origin: origin(span)))
    relation.isOpaque = relation.isOpaque || added.isOpaque
    relation.depth = max(relation.depth, added.depth)
  }

  /// Converts columns to the types of others of the same names; gives the column for each.
  func fit(_ relation: inout Relation, to columns: [PlanColumn], at span: SourceSpan) -> [ColumnID?] {
    var changes: [Assignment] = []
    for column in columns {
      guard let own = relation.existing(column.name), own.type != column.type else { continue }
      let value = unify([plain(own.reference), .column(PlanColumn(id: own.id, name: "", type: column.type))])
        .values[0]
      let fitted =
        value.type == column.type
        ? value : Coercion.cast(plain(own.reference), to: column.type, dialect: .spl)
      changes.append(Assignment(column: makeColumn(column.name, column.type), expression: fitted))
    }
    if !changes.isEmpty { assign(changes, in: &relation, at: span) }
    return columns.map { relation.existing($0.name)?.id }
  }
}

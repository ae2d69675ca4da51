import Diagnostics
import Engine

/// `join type=outer user, src [search …]`: adds the fields of matching rows of a subsearch.
package struct JoinCommandSyntax: Hashable, Sendable {
  /// Empty: every field that both sides have.
  package let fields: [FieldNameSyntax]
  package let subsearch: SubsearchSyntax?
  package let options: CommandOptions
  /// What `left=`, `right=` and `where` say; nil without them.
  package var sides: JoinSidesSyntax?

  /// `outer` and `left` are the same.
  package var keepsUnmatched: Bool {
    ["left", "outer"].contains(options.text("type")?.lowercased() ?? "inner")
  }
  /// How many rows of the subsearch match each row; 0 is all.
  package var maximumMatches: Int { options.integer("max") ?? 1 }
  package var overwrites: Bool { options.boolean("overwrite") ?? true }
  /// Whether the times of both sides decide too.
  package var usesTime: Bool { options.boolean("usetime") ?? false }

  static let record = CommandRecord(
    "join",
    syntax:
      "join [type=inner|left|outer] [max=COUNT] [overwrite=BOOL] [usetime=BOOL [earlier=BOOL]] [FIELD …] "
      + "[SUBSEARCH], or join left=NAME right=NAME where NAME.FIELD=NAME.FIELD … [SUBSEARCH]",
    summary: "Adds the fields of matching rows of a subsearch.",
    notes: [
      "One row of the subsearch for each row unless `max` says more; 0 is all.",
      "With `left` and `right` the fields of both sides come out as `L.user` and `R.user`; those that begin with `_` stay "
        + "what they are on the left.",
      "With `usetime=t` only rows of the subsearch match that are earlier, with `earlier=f` only those that are later; "
        + "the same second is both.",
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval k="x" | join k [| makeresults | eval k="x", b=7] | table b"#,
        gives: #""7""#),
      .splQuery(
        #"| makeresults | eval k="x" | join left=L right=R where L.k=R.id [| makeresults | eval id="x", b=7] "#
          + "| table R.b",
        gives: #""7""#),
    ], takesSubsearch: true
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "earlier": .boolean, "left": .text, "max": .integer, "overwrite": .boolean, "right": .text,
      "type": .choice(["inner", "left", "outer"]), "usetime": .boolean,
    ]
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options, until: ["where"])
    let sides = parser.parseJoinSides(command, options)
    let subsearch = parser.isRecovering ? nil : parser.requireSubsearch(command)
    parser.parseOptions(command, rules, into: &options)
    return .join(JoinCommandSyntax(fields: fields, subsearch: subsearch, options: options, sides: sides))
  }
}

extension SPLLowering {
  static let joinLimit = 50_000

  func lower(_ command: JoinCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let subsearch = command.subsearch else { return }
    if let sides = command.sides { return lower(command, sides, subsearch, in: &relation, at: span) }
    let wanted = command.fields.map(\.name) + (command.usesTime ? ["_time"] : [])
    guard var right = lower(subsearch, fetching: wanted) else { return }
    cap(
      &right, at: SPLLowering.joinLimit, "Splunk's `join` reads 50,000 rows of its subsearch",
      at: subsearch.span)
    let visible = right.columns.filter {
      !$0.name.hasPrefix("_") || command.fields.map(\.name).contains($0.name)
    }
    let names =
      command.fields.isEmpty
      ? visible.map(\.name).filter { relation.existing($0) != nil } : command.fields.map(\.name)
    guard let times = times(command, relation, right, at: span) else { return }
    var keys: [Join.Key] = []
    for name in names {
      let place = command.fields.first { $0.name == name }?.span ?? span
      let left = read(name, in: &relation, at: place).map { text(plain($0.reference)) }
      let other = right.existing(name).map { text(plain($0.reference)) }
      keys.append(Join.Key(left ?? .literal(.null, .string), other ?? .literal(.null, .string)))
    }
    join(
      &relation, right, keys: keys, added: visible.filter { !names.contains($0.name) },
      keepsUnmatched: command.keepsUnmatched,
      maximum: command.maximumMatches == 0 ? nil : command.maximumMatches,
      rule: command.overwrites ? .replace : .fill, times: times, at: span)
  }

  /// What happens to a field that both sides have.
  enum MeetingRule {
    /// The right's value where there is a partner.
    case replace
    /// The right's value where there is a partner and the left has none.
    case fill
  }

  /// Adds columns of rows with equal keys.
  func join(
    _ relation: inout Relation, _ right: Relation, keys: [Join.Key],
    added: [PlanColumn],
    keepsUnmatched: Bool, maximum: Int?, rule: MeetingRule, times: JoinTimes = .free, at span: SourceSpan
  ) {
    var right = right
    let place: PlanColumn? =
      times.isFree
      ? nil : window([(SPLWindowFunctions.place, [], .long)], in: &relation, at: span).first
    let marker = makeColumn("", .long)
    right.plan = .project(
      Project(
        input: right.plan,
        assignments: right.columns.map { Assignment(keeping: $0) }
          + [Assignment(column: marker, expression: .literal(.long(1), .long))], origin: origin(span)))
    let left = relation.columns
    var outputs = left.map { Join.Output(column: $0, source: $0.id, fromLeft: true) }
    let made = (added + times.rightTime + [marker]).map { ($0, makeColumn("", $0.type)) }
    outputs += made.map { Join.Output(column: $0.1, source: $0.0.id, fromLeft: false) }
    relation.plan = .join(
      Join(
        kind: keepsUnmatched ? .leftouter : .inner, left: relation.plan, right: right.plan, keys: keys,
        outputs: outputs, nullsMatch: false, maximumMatches: place == nil ? maximum : nil, missingText: .null,
        origin: origin(span)))
    guard var isMatched = made.last?.1 else { return }
    var found = made.prefix(added.count).map { ($0.0.name, $0.1) }
    var scratch = made.map(\.1)
    if let place, let time = made.dropLast().last?.1 {
      guard
        let fitting = keepFitting(
          &relation, found, of: place, times, time, isMatched, keepsUnmatched: keepsUnmatched,
          maximum: maximum,
          at: span)
      else { return }
      (found, isMatched) = (fitting.found, fitting.mark)
      scratch += found.map(\.1) + [place, isMatched]
    }
    meet(found, whereThere: isMatched, in: &relation, rule, at: span)
    drop(scratch, in: &relation, at: span)
    relation.isOpaque = relation.isOpaque || right.isOpaque
    relation.depth = max(relation.depth, right.depth)
  }

  /// Gives columns that were found for rows the names that they go by, where others may have those already.
  func meet(
    _ found: [(name: String, column: PlanColumn)], whereThere mark: PlanColumn, in relation: inout Relation,
    _ rule: MeetingRule, at span: SourceSpan
  ) {
    var assignments: [Assignment] = []
    fetch(found.map(\.name), in: &relation)
    for (name, column) in found {
      var value = column.reference
      if let own = self.column(name, in: &relation) {
        switch rule {
        case .replace: value = choose([(isThere(mark.reference), value)], otherwise: own.reference)
        case .fill: value = firstPresent([own.reference, value])
        }
      }
      assignments.append(Assignment(column: makeColumn(name, value.type), expression: value))
    }
    assign(assignments, in: &relation, at: span)
  }
}

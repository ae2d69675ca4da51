import Diagnostics
import Engine

/// `multikv forceheader=1`: a row for each line of a table in `_raw`.
package struct MultikvCommandSyntax: Hashable, Sendable {
  package let options: CommandOptions
  /// The fields that are made; empty for all.
  package let fields: [FieldNameSyntax]
  /// Lines that have none of these texts are left out; empty for all lines.
  package let terms: [StringLiteralSyntax]

  static let record = CommandRecord(
    "multikv",
    syntax:
      "multikv [forceheader=LINE] [noheader=BOOL] [fields FIELD …] [filter TEXT …] [copyattrs=BOOL] [rmorig=BOOL]",
    summary: "Makes a row of each line of a table in `_raw`.",
    notes: [
      "Cells are parted by tabs or commas if the line of names has any, else by blanks; where blanks give another number "
        + "of cells, by where the names begin.",
      "An event without a table stays. Which fields there are only the data tell.",
    ],
    differs: [
      "The first line that is not blank has the names unless `forceheader` says another; Splunk guesses it by its letters."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval _raw=\"name,age\nann,42\nben,35\" | multikv forceheader=1 | table age",
        gives: #"mvappend("42", "35")"#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = [
      "conf": .text, "copyattrs": .boolean, "forceheader": .integer, "multitable": .boolean,
      "noheader": .boolean,
      "rmorig": .boolean,
    ]
    var options = CommandOptions()
    var fields: [FieldNameSyntax] = []
    var terms: [StringLiteralSyntax] = []
    while !parser.isAtStageEnd {
      if parser.parseOption(command, rules, into: &options) || parser.takeComma() { continue }
      if parser.takeKeyword("fields") != nil {
        fields += parser.parseFields(command, rules, into: &options, until: ["filter"])
      } else if parser.takeKeyword("filter") != nil {
        while !parser.isAtStageEnd, !parser.isAtOption, !parser.peek().isKeyword("fields"),
          let term = parser.parseText()
        {
          terms.append(term)
          _ = parser.takeComma()
        }
      } else {
        parser.unexpected("an option, `fields` or `filter`")
        break
      }
    }
    return .multikv(MultikvCommandSyntax(options: options, fields: fields, terms: terms))
  }
}

extension SPLLowering {
  func lower(_ command: MultikvCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    refuse(["conf"], in: command.options, of: "multikv", instead: "write out what that stanza says")
    for name in ["multitable", "rmorig"] where command.options.boolean(name) == false {
      refuse([name], in: command.options, of: "multikv")
    }
    guard let raw = read("_raw", in: &relation, at: span) else { return }
    fetchFollowing(in: &relation)
    let line = command.options.integer("forceheader")
    let hasHeader = !(command.options.boolean("noheader") ?? false)
    let rows = makeColumn("", .dynamic)
    let made = call(
      FieldTextFunctions.tableRows, [text(plain(raw.reference)), literal(line ?? 0), literal(hasHeader)],
      as: .dynamic)
    relation.plan = .project(
      Project(
        input: relation.plan,
        assignments: relation.columns.map { Assignment(keeping: $0) } + [
          Assignment(column: rows, expression: made)
        ], origin: origin(span)))
    let row = makeColumn("", .dynamic)
    let copies = command.options.boolean("copyattrs") ?? true
    let kept = relation.columns.filter { column in
      column.id != rows.id && (copies || column.name.hasPrefix("_"))
    }
    relation.plan = .expand(
      Expand(
        input: relation.plan, items: [Expand.Item(source: rows.reference, column: row)],
        outputs: kept + [row], keepsEmpty: true, rowLimit: nil, origin: origin(span)))
    addCells(of: row, command, in: &relation, at: span)
    drop([row], in: &relation, at: span)
  }

  private func addCells(
    of row: PlanColumn, _ command: MultikvCommandSyntax, in relation: inout Relation, at span: SourceSpan
  ) {
    func cell(_ name: String) -> Expression? {
      bind("json_extract_exact", [row.reference, literal(name)], spans: [], at: span)
    }
    guard let line = cell("_raw"), let raw = relation.existing("_raw") else { return }
    let assigned = Assignment(
      column: makeColumn("_raw", .string), expression: text(firstPresent([line, plain(raw.reference)])))
    var names: [String] = []
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn("row", .dynamic), expression: row.reference)], items: [],
        dropsNullKeys: true, origin: origin(span)))
    if let table = ask(distinct, "the fields that `multikv` makes", isAboutNames: true, at: span) {
      var seen: Set<String> = []
      for place in 0..<table.rowCount {
        guard case .object(let members)? = SpathFunctions.parse(table.value(row: place, column: 0).splText)
        else { continue }
        for member in members.dropFirst() where seen.insert(member.key).inserted { names.append(member.key) }
      }
    } else {
      relation.isOpaque = true
      names = MentionedFields.names(in: Array(following)).filter { !$0.contains("*") && !$0.hasPrefix("_") }
    }
    if !command.fields.isEmpty {
      let patterns = command.fields.map { WildcardName($0.name) }
      names = names.filter { name in patterns.contains { $0.match(name) != nil } }
    }
    var assignments = [assigned]
    for name in withinLimit(names, of: "multikv", at: span) {
      guard let value = cell(name) else { return }
      let kept = relation.existing(name).map { firstPresent([value, plain($0.reference)]) } ?? value
      assignments.append(Assignment(column: makeColumn(name, kept.type), expression: kept))
    }
    assign(assignments, in: &relation, at: span)
    if command.terms.isEmpty { return }
    let tests = command.terms.compactMap { term in
      bind("search phrase", [line, literal(term.value)], spans: [], at: term.span)
    }
    filter(&relation, by: balanced(tests[...], Logical.or), at: span)
  }
}

import Diagnostics
import Engine

/// `spath input=doc output=x path=a{}.b`: reads JSON in a field.
package struct SpathCommandSyntax: Hashable, Sendable {
  /// Nil where everything is extracted.
  package let path: StringLiteralSyntax?
  package let options: CommandOptions

  package var input: String { options.text("input") ?? "_raw" }
  /// The field that is set: the path's text if nothing is said.
  package var output: String? { options.text("output") ?? path?.value }

  static let record = CommandRecord(
    "spath",
    syntax: "spath [input=FIELD] [output=NAME] [path=PATH|PATH]",
    summary: "Reads fields out of JSON or XML.",
    notes: [
      "In XML `a.b` is the text of an element, `a.b{@c}` an attribute; elements of one path are values of one field.",
      "Without a path every member becomes a field; these are known only from the data.",
    ],
    examples: [
      .splQuery(
        #"| makeresults | eval doc="{\"a\":{\"b\":7}}" | spath input=doc path=a.b output=b | table b"#,
        gives: #""7""#)
    ]
  ) { parser, command in
    let rules: [String: OptionKind] = ["input": .text, "output": .text, "path": .text]
    var options = CommandOptions()
    parser.parseOptions(command, rules, into: &options)
    let positional = parser.parseText()
    parser.parseOptions(command, rules, into: &options)
    let path = options["path"]?.value ?? positional
    if path == nil, let output = options["output"] {
      parser.report(SPLMessages.missingOption("path", of: command, neededBy: output))
    }
    return .spath(SpathCommandSyntax(path: path, options: options))
  }
}

extension SPLLowering {
  /// One path, or without one every path that the rows have.
  func lower(_ command: SpathCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    guard let column = read(command.input, in: &relation, at: span) else { return }
    if let path = command.path {
      guard let output = command.output else { return }
      let found = call(SpathFunctions.extract, [column.reference, literal(path.value)], as: .dynamic)
      assign(output, found, in: &relation, at: span)
      return
    }
    // Events are read into fields already: as long as their text is what it was, it has nothing else.
    if command.input == "_raw", relation.isOpen,
      relation.plan.scans.contains(where: { scan in
        scan.sources.contains { $0.field == "_raw" && $0.column.id == column.id }
      })
    {
      return
    }
    extractAll(column, in: &relation, at: span)
  }

  private func extractAll(_ column: PlanColumn, in relation: inout Relation, at span: SourceSpan) {
    fetchFollowing(in: &relation)
    let distinct = LogicalPlan.aggregate(
      Aggregate(
        input: relation.plan,
        keys: [Assignment(column: makeColumn("json", column.type), expression: column.reference)], items: [],
        dropsNullKeys: true, origin: origin(span)))
    guard let table = ask(distinct, "the fields that `spath` makes", isAboutNames: true, at: span) else {
      relation.isOpaque = true
      // What later commands mention is extracted by its name.
      let names = MentionedFields.names(in: Array(following)).filter { !$0.contains("*") }
      extract(names.filter { relation.existing($0) == nil }, from: column, in: &relation, at: span)
      return
    }
    var names: [String] = []
    var seen: Set<String> = []
    for row in 0..<table.rowCount {
      for text in SPLValues.texts(of: table.value(row: row, column: 0)) {
        var paths: [String] = []
        if let json = SpathFunctions.parse(text) {
          SpathFunctions.paths(of: json, into: &paths)
        } else {
          paths = XMLTree.paths(of: text) ?? []
        }
        for path in paths where seen.insert(path).inserted { names.append(path) }
      }
    }
    if names.count > SPLLowering.composedLimit {
      // Those that are read come first.
      let wanted = Set(MentionedFields.names(in: Array(following)))
      let read = names.filter(wanted.contains)
      if !wanted.contains(where: { $0.contains("*") }), read.count <= SPLLowering.composedLimit {
        names = read
      } else {
        report(SPLMessages.tooManyPaths(names.count, at: span))
        names = read + names.filter { !wanted.contains($0) }
      }
    }
    for name in names { _ = self.column(name, in: &relation) }
    extract(names, from: column, in: &relation, at: span)
  }

  private func extract(
    _ names: [String], from column: PlanColumn, in relation: inout Relation, at span: SourceSpan
  )

  {
    let assignments = names.prefix(SPLLowering.composedLimit).map { name -> Assignment in
      let found = call(SpathFunctions.extract, [column.reference, literal(name)], as: .dynamic)
      let kept = relation.existing(name).map { firstPresent([found, $0.reference]) } ?? found
      return Assignment(column: makeColumn(name, kept.type), expression: kept)
    }
    assign(assignments, in: &relation, at: span)
  }
}

extension SPLMessages {
  static func tooManyPaths(_ count: Int, at span: SourceSpan) -> Diagnostic {
    .warning(
      "too-many-fields",
      "`spath` makes \(SPLLowering.composedLimit) fields at most, and this text has \(count)", at: span,
      notes: ["the first of them are made"], suggestions: [.init("`spath path=a.b` reads one field")])
  }
}

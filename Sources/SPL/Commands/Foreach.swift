package import Diagnostics
import Engine

/// `foreach count_* [eval total=total+'<<FIELD>>']`: commands run once per field.
package struct ForeachCommandSyntax: Hashable, Sendable {
  package let fields: [FieldNameSyntax]
  /// The commands as read with their placeholders.
  package let template: SubsearchSyntax?
  /// The text between the brackets, for `instantiate`.
  package let templateText: String
  package let options: CommandOptions

  /// `multifield` if nothing is said.
  package var mode: String { options.text("mode")?.lowercased() ?? "multifield" }

  /// The commands for one field: placeholders are replaced as text and the result is read again.
  ///
  /// - Parameters:
  ///   - field: the name of the field.
  ///   - matches: the parts of the name that the wildcards took, for `<<MATCHSTR>>`, `<<MATCHSEG1>>`, …
  package func instantiate(field: String, matches: [String] = []) -> (PipelineSyntax, [Diagnostic]) {
    var replacements = [
      (options.text("fieldstr") ?? "<<FIELD>>", field),
      (options.text("matchstr") ?? "<<MATCHSTR>>", matches.joined()),
      ("<<ITEM>>", field),
    ]
    for number in 1...3 {
      let value = number <= matches.count ? matches[number - 1] : ""
      replacements.append((options.text("matchseg\(number)") ?? "<<MATCHSEG\(number)>>", value))
    }
    return read(replacements)
  }

  /// The commands for one value of a field: `<<ITEM>>` is the field that holds it, `<<ITER>>` its place.
  package func instantiate(item: String, place: Int) -> (PipelineSyntax, [Diagnostic]) {
    let name = options.text("itemstr") ?? "<<ITEM>>"
    return read([
      ("'\(name)'", name), ("\"\(name)\"", name), (name, "'\(item)'"),
      // A number behind a dot would read as its fraction.
      (".\(options.text("iterstr") ?? "<<ITER>>")", ". \(place)"),
      (options.text("iterstr") ?? "<<ITER>>", String(place)),
    ])
  }

  private func read(_ replacements: [(String, String)]) -> (PipelineSyntax, [Diagnostic]) {
    let span = template?.span ?? .at(0)
    var text = ExpandedText(sourceLength: span.upperBound)
    let result = replacements.reduce(templateText) {
      $0.split(separator: $1.0, omittingEmptySubsequences: false).joined(separator: $1.1)
    }
    text.append(Array(result.utf8), from: span, isVerbatim: false)
    var parser = SPLParser(text)
    let pipeline = parser.parsePipeline(.continuation)
    return (pipeline, parser.sink.sorted)
  }

  private static let rules: [String: OptionKind] = [
    "fieldstr": .text, "itemstr": .text, "iterstr": .text, "matchseg1": .text, "matchseg2": .text,
    "matchseg3": .text, "matchstr": .text,
    "mode": .choice(["auto_collections", "json_array", "multifield", "multivalue"]),
  ]

  static let record = CommandRecord(
    "foreach",
    syntax: "foreach FIELD|PATTERN … [COMMANDS]   or   foreach mode=multivalue|json_array FIELD [COMMANDS]",
    summary: "Runs commands once per field.",
    notes: [
      "`<<FIELD>>` is the name of the field, `<<MATCHSTR>>` what the wildcard took, `<<ITEM>>` a value "
        + "of it."
    ],
    examples: [
      .splQuery(
        "| makeresults | eval a_x=1, a_y=2, total=0 | foreach a_* [eval total=total+'<<FIELD>>'] | "
          + "table total",
        gives: #""3""#)
    ], takesSubsearch: true
  ) { parser, command in
    var options = CommandOptions()
    let fields = parser.parseFields(command, rules, into: &options)
    parser.requireArguments(fields, command)
    let begin = parser.peek().range.upperBound
    let template = parser.requireSubsearch(command, .continuation)
    let end = max(begin, parser.previous.upperBound - 1)
    let bytes = parser.text.bytes
    let text =
      template == nil
      ? "" : String(decoding: bytes[min(begin, bytes.count)..<min(end, bytes.count)], as: UTF8.self)
    return .foreach(
      ForeachCommandSyntax(fields: fields, template: template, templateText: text, options: options))
  }
}

extension SPLLowering {
  /// Up to so many values of a field are gone through.
  static let itemLimit = 500

  /// The commands between the brackets once for each field that fits, or for each value of a field.
  func lower(_ command: ForeachCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    if command.mode != "multifield" { return lowerItems(command, in: &relation, at: span) }
    if relation.isOpen { fetchFollowing(in: &relation) }
    var fields: [(name: String, parts: [String])] = []
    for field in command.fields {
      if field.hasWildcard {
        fields += matches(field, in: &relation).map { ($0.column.name, $0.parts) }
      } else {
        fields.append((field.name, []))
      }
    }
    for field in fields {
      guard run(command.instantiate(field: field.name, matches: field.parts), on: &relation) else { return }
    }
  }

  /// Each value in turn stands in a field of its own; rows that have fewer values stay as they are.
  private func lowerItems(_ command: ForeachCommandSyntax, in relation: inout Relation, at span: SourceSpan) {
    // `*` stands for itself where a field is called so.
    guard let field = command.fields.first, command.fields.count == 1,
      !field.hasWildcard || relation.existing(field.name) != nil
    else {
      report(SPLMessages.argumentCount("foreach mode=\(command.mode)", "one field", at: span))
      return
    }
    guard let stages = command.template?.pipeline.stages, stages.count == 1,
      case .eval? = stages.first?.command
    else {
      report(SPLMessages.itemsNeedEval(command.mode, at: command.template?.span ?? span))
      return
    }
    guard let column = read(field, in: &relation), let items = items(of: column, command, at: span) else {
      return
    }
    let list = makeColumn(" items", .dynamic)
    assign(list.name, items, in: &relation, at: span)
    for place in 0..<itemCount(in: &relation, list.name, at: span) {
      guard let values = relation.existing(list.name),
        let item = bind(
          "mvindex", [values.reference, .literal(.long(Int64(place)), .long)], spans: [], at: span)
      else { return }
      assign(SPLLowering.itemName, item, in: &relation, at: span)
      let (pipeline, diagnostics) = command.instantiate(item: SPLLowering.itemName, place: place)
      for diagnostic in diagnostics { report(diagnostic) }
      guard case .eval(let eval)? = pipeline.stages.first?.command,
        !diagnostics.contains(where: { $0.severity == .error })
      else { return }
      for assignment in eval.assignments { assignWhereItem(assignment, in: &relation, at: span) }
    }
    drop(
      relation.columns.filter { [list.name, SPLLowering.itemName].contains($0.name) }, in: &relation, at: span
    )
  }

  /// What a row that has no such value had stays.
  private func assignWhereItem(
    _ assignment: EvalAssignmentSyntax, in relation: inout Relation, at span: SourceSpan
  )

  {
    let name = assignment.target.field.name
    guard !assignment.target.isComposed, let value = lower(assignment.value, in: &relation) else { return }
    if value.type == .bool {
      report(SPLMessages.booleanField(name, at: assignment.value.span))
      return
    }
    guard let item = relation.existing(SPLLowering.itemName) else { return }
    let old = column(name, in: &relation).map { plain($0.reference) } ?? .literal(.null, value.type)
    assign(name, choose([(isThere(item.reference), value)], otherwise: old), in: &relation, at: span)
  }

  /// A name that no field has.
  private static let itemName = " item"

  private func items(
    of column: PlanColumn, _ command: ForeachCommandSyntax, at span: SourceSpan
  ) -> Expression? {
    let value = Coercion.cast(plain(column.reference), to: .dynamic, dialect: .spl)
    switch command.mode {
    case "json_array": return bind("json_array_to_mv", [value], spans: [], at: span)
    case "auto_collections":
      return bind("json_array_to_mv", [value], spans: [], at: span).map { firstPresent([$0, value]) }
    default: return value
    }
  }

  /// The most values that any row has.
  private func itemCount(in relation: inout Relation, _ name: String, at span: SourceSpan) -> Int {
    guard let list = relation.existing(name),
      let count = bind("mvcount", [list.reference], spans: [], at: span)
    else { return 0 }
    guard
      let range = extremes(
        of: Coercion.cast(count, to: .real, dialect: .spl), in: &relation, at: span)
    else { return 0 }
    if range.upperBound > Double(SPLLowering.itemLimit) { report(SPLMessages.tooManyItems(at: span)) }
    return Int(min(range.upperBound, Double(SPLLowering.itemLimit)))
  }

  /// Runs what `foreach` made; false where it could not be read.
  private func run(_ made: (pipeline: PipelineSyntax, diagnostics: [Diagnostic]), on relation: inout Relation)

    -> Bool

  {
    for diagnostic in made.diagnostics { report(diagnostic) }
    if made.diagnostics.contains(where: { $0.severity == .error }) { return false }
    let outer = following
    run(made.pipeline.stages, on: &relation)
    following = outer
    return true
  }
}

extension SPLMessages {
  static func itemsNeedEval(_ mode: String, at span: SourceSpan) -> Diagnostic {
    .error("eval-only", "`foreach mode=\(mode)` runs one `eval` for each value", at: span)
  }

  static func tooManyItems(at span: SourceSpan) -> Diagnostic {
    .error(
      "too-many-values", "`foreach` goes through \(SPLLowering.itemLimit) values of a field at most",
      at: span,
      suggestions: [.init("`mvexpand` makes a row of each value")])
  }
}

package import Diagnostics
import Engine

/// `reduce by x with threshold=0.1, characters="-"`: groups like texts.
package struct ReduceSyntax: Hashable, Sendable {
  package var options: [OptionSyntax]
  package var value: ExpressionSyntax
  package var properties: [OptionSyntax]
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["reduce"],
    syntax: "T | reduce [kind=source] by TEXT [with threshold=NUMBER, characters=TEXT]",
    summary: "Groups texts that are alike and shows the pattern of each group.",
    notes: [
      "There are up to 2,000 patterns of texts with as many parts; further texts of these are of the pattern `*`."
    ],
    examples: [
      .kqlQuery(
        #"datatable(s:string)["login a1", "login b2"] | reduce by s | project Count"#,
        gives: "2")
    ],
    stage: { .reduce($0.parseReduce($1)) })
}

extension KQLParser {
  func parseReduce(_ start: SourceSpan) -> ReduceSyntax {
    let options = self.options(["kind"])
    expect("by", after: "reduce")
    let value = expression()
    var properties: [OptionSyntax] = []
    if take("with") != nil {
      properties = at(.leftParenthesis) ? propertyList() : commaSeparated { $0.property() }
    }
    return ReduceSyntax(options: options, value: value, properties: properties, span: span(from: start))
  }
}

extension KQLLowering {
  /// `reduce by x`: a row for each pattern; with `kind=source` the pattern beside each row.
  func lower(_ node: ReduceSyntax, on input: Relation) -> Relation? {
    if let kind = node.options[named: "kind"], kind.word != "source" {
      return fail(
        KQLMessages.unknownKind(kind.word ?? "", of: "reduce", known: ["source"], at: kind.value.span))
    }
    guard let settings = reduceSettings(node),
      let value = lower(node.value, in: RowScope(input.columns))
    else { return nil }
    let text = makeColumn("text", .string)
    let prepared = LogicalPlan.project(
      Project(
        input: input.plan,
        assignments: [
          Assignment(column: text, expression: Coercion.cast(value, to: .string, dialect: .kql))
        ] + input.columns.map { Assignment(keeping: $0) }, origin: origin(node.span)))
    let pattern = makeColumn("Pattern", .string)
    let reduced = LogicalPlan.tabular(
      TabularCall(
        inputs: [prepared],
        operator: ReduceOperator(
          text: text.reference, pattern: pattern, threshold: settings.threshold,
          separators: Set(settings.separators.unicodeScalars)), origin: origin(node.span)))
    if node.options[named: "kind"] != nil {
      let kept = (input.columns + [pattern]).map { Assignment(keeping: $0) }
      return input.with(.project(Project(input: reduced, assignments: kept, origin: origin(node.span))))
    }
    return patterns(of: reduced, text: text, pattern: pattern, at: node.span)
  }

  private func reduceSettings(_ node: ReduceSyntax) -> (threshold: Double, separators: String)? {
    var threshold = 0.1
    var separators = ""
    for property in node.properties {
      guard let value = lowerConstant(property.value) else { return nil }
      switch (property.name.text.lowercased(), value) {
      case ("threshold", _):
        guard let number = value.number, number > 0, number < 1 else {
          return fail(KQLMessages.reduceThreshold(at: property.span))
        }
        threshold = number
      case ("characters", .string(let text)): separators = text
      default:
        return fail(
          KQLMessages.unknownParameter(
            property.name.text, known: ["threshold", "characters"], at: property.span))
      }
    }
    return (threshold, separators)
  }

  /// How many rows each pattern has, and a text that it stands for.
  private func patterns(
    of reduced: LogicalPlan, text: PlanColumn, pattern: PlanColumn, at span: SourceSpan
  ) -> Relation? {
    guard let count = AggregateCatalog.function("count", in: .kql),
      let any = AggregateCatalog.function("take_any", in: .kql)
    else { return fail(KQLMessages.unsupportedFunction("count", at: span)) }
    let key = makeColumn("Pattern", .string)
    let counted = makeColumn("Count", .long)
    let chosen = makeColumn("Representative", .string)
    let aggregate = LogicalPlan.aggregate(
      Aggregate(
        input: reduced, keys: [Assignment(column: key, expression: .column(pattern))],
        items: [
          Aggregate.Item(
            outputs: [counted],
            call: AggregateCall(function: count, arguments: [], types: [], dialect: .kql)),
          Aggregate.Item(
            outputs: [chosen],
            call: AggregateCall(function: any, arguments: [.column(text)], types: [.string], dialect: .kql)),
        ], origin: origin(span)))
    guard
      let isOthers = bind(
        "==", [.column(key), .literal(.string(ReduceOperator.others), .string)], spans: [], at: span)
    else { return nil }
    // What fits no pattern is unlike: no text stands for it.
    let representative = Expression.conditional(
      Conditional(
        branches: [.init(condition: isOthers, value: .literal(.string(""), .string))],
        otherwise: .column(chosen), type: .string))
    let sorted = LogicalPlan.sort(
      Sort(
        input: aggregate, keys: [.init(expression: .column(counted), descending: true, nullsFirst: false)],
        origin: origin(span)))
    return Relation(
      .project(
        Project(
          input: sorted,
          assignments: [
            Assignment(keeping: key), Assignment(keeping: counted),
            Assignment(column: makeColumn("Representative", .string), expression: representative),
          ], origin: origin(span))))
  }
}

package import Diagnostics
import Engine

/// `evaluate bag_unpack(d) : (*, a:string)`: calls a plugin.
package struct EvaluateSyntax: Hashable, Sendable {
  package struct OutputSchema: Hashable, Sendable {
    /// Whether `*` is in it: the columns of the input come along.
    package var hasStar: Bool
    package var columns: [ColumnDeclarationSyntax]
  }

  package var options: [OptionSyntax]
  package var call: CallSyntax
  package var schema: OutputSchema?
  package var span: SourceSpan

  static let record = KQLOperatorRecord(
    ["evaluate"],
    syntax: "T | evaluate PLUGIN(ARGUMENT, …) [: (*, NAME:TYPE, …)]",
    summary: "Hands the rows to a plugin.",
    notes: [
      "What each plugin does stands under its own name.",
      "The types behind `:` say which columns come out, so that a plan is known without the data.",
    ],
    examples: [
      .kqlQuery(
        #"datatable(d:dynamic)[dynamic({"a":1,"b":"x"})] | evaluate bag_unpack(d)"#,
        gives: #""x""#)
    ],
    stage: { .evaluate($0.parseEvaluate($1)) },
    source: KQLOperatorRecord.Source(
      begins: { parser in parser.cursor.peek().word != nil && parser.at(.leftParenthesis, ahead: 2) },
      parse: { .evaluate($0.parseEvaluate($1)) }))
}

extension KQLParser {
  func parseEvaluate(_ start: SourceSpan) -> EvaluateSyntax {
    let options = self.options([])
    let call = operatorCall("a plugin", after: "evaluate")
    var schema: EvaluateSyntax.OutputSchema?
    if take(.colon) != nil { schema = evaluateSchema() }
    return EvaluateSyntax(options: options, call: call, schema: schema, span: span(from: start))
  }

  func evaluateSchema() -> EvaluateSyntax.OutputSchema {
    guard at(.leftParenthesis), at(.star, ahead: 1) else {
      return EvaluateSyntax.OutputSchema(hasStar: false, columns: columnDeclarations())
    }
    let opening = cursor.advance().span
    cursor.advance()
    var columns: [ColumnDeclarationSyntax] = []
    if take(.comma) != nil {
      columns = list(until: .rightParenthesis) { parser in
        let name = parser.name("a column")
        parser.expect(.colon, after: "the column's name")
        return ColumnDeclarationSyntax(name: name, type: parser.typeName())
      }
    }
    close(.rightParenthesis, opening: opening)
    return EvaluateSyntax.OutputSchema(hasStar: true, columns: columns)
  }
}

/// The plugins behind `evaluate`.
extension KQLLowering {
  func lower(_ node: EvaluateSyntax, on input: Relation?) -> Relation? {
    let name = node.call.function
    guard let input else { return fail(KQLMessages.noInput(at: node.span)) }
    switch name.text {
    case "bag_unpack": return lowerBagUnpack(node, on: input)
    case "pivot": return lowerPivot(node, on: input)
    case "narrow": return lowerNarrow(node, on: input)
    case "ipv4_lookup": return lowerAddressLookup(node, .version4, on: input)
    case "ipv6_lookup": return lowerAddressLookup(node, .version6, on: input)
    case "activity_counts_metrics": return lowerActivityCounts(node, on: input)
    case "activity_engagement": return lowerActivityEngagement(node, on: input)
    case "activity_metrics": return lowerActivityMetrics(node, on: input)
    case "dcount_intersect": return lowerCountIntersect(node, on: input)
    case "identity": return input
    case "rolling_percentile": return lowerRollingPercentile(node, on: input)
    case "rows_near": return lowerRowsNear(node, on: input)
    case "schema_merge": return lowerSchemaMerge(node, on: input)
    case "sliding_window_counts": return lowerSlidingCounts(node, on: input)
    default: break
    }
    let reason = KQLPlugins.refused[name.text]
    return fail(
      KQLMessages.unsupportedPlugin(
        name.text, reason: reason, known: KQLPluginReference.all.flatMap(\.names).map(\.text), at: name.span))
  }

  private func lowerNarrow(_ node: EvaluateSyntax, on input: Relation) -> Relation {
    Relation(
      .tabular(
        TabularCall(
          inputs: [input.plan],
          operator: NarrowOperator(
            fields: input.columns.map { TitledExpression(name: $0.name, value: $0.reference) },
            made: [
              makeColumn("Row", .long), makeColumn("Column", .string), makeColumn("Value", .string),
            ]), origin: origin(node.span))))
  }

  /// `activity_counts_metrics(id, time, start, end, step, dimension, …)`.
  private func lowerActivityCounts(_ node: EvaluateSyntax, on input: Relation) -> Relation? {
    let row = RowScope(input.columns)
    let arguments = node.call.arguments
    guard arguments.count >= 5 else {
      return fail(
        KQLMessages.argumentCount("activity_counts_metrics", "5 arguments or more", at: node.call.span))
    }
    guard let id = lower(arguments[0].value, in: row), let time = lower(arguments[1].value, in: row),
      let start = lower(arguments[2].value, in: .constant),
      let end = lower(arguments[3].value, in: .constant),
      let step = lower(arguments[4].value, in: .constant),
      let window = bind("bin_at", [time, step, start], spans: [], at: node.span),
      let within = bind("between", [time, start, end], spans: [], at: node.span)
    else { return nil }
    let windowName = autoName(arguments[1].value) ?? "Timestamp"
    var assignments = [Assignment(column: makeColumn(windowName, window.type), expression: window)]
    for argument in arguments.dropFirst(5) {
      guard let dimension = lower(argument.value, in: row) else { return nil }
      let taken = Set(assignments.map(\.column.name))
      let column = makeColumn(autoName(argument.value) ?? anonymousName(taken: taken), dimension.type)
      assignments.append(Assignment(column: column, expression: dimension))
    }
    let filtered = LogicalPlan.filter(Filter(input: input.plan, predicate: within, origin: origin(node.span)))
    let counts = ["count", "dcount", "new_dcount", "aggregated_dcount"].map { makeColumn($0, .long) }
    return Relation(
      .tabular(
        TabularCall(
          inputs: [filtered],
          operator: ActivityCountsOperator(
            window: assignments[0], dimensions: Array(assignments.dropFirst()), value: id, counts: counts),
          origin: origin(node.span))))
  }

  /// `ipv4_lookup(Table, address, network, key, …, return_unmatched)`.
  private func lowerAddressLookup(
    _ node: EvaluateSyntax, _ family: AddressLookupOperator.Family, on input: Relation
  ) -> Relation? {
    var arguments = node.call.arguments
    var keepsUnmatched = false
    if let last = arguments.last, case .literal(let literal) = last.value,
      case .bool(let value) = literal.value
    {
      keepsUnmatched = value
      arguments.removeLast()
    }
    guard arguments.count >= 3 else {
      return fail(
        KQLMessages.argumentCount(node.call.function.text, "3 arguments or more", at: node.call.span))
    }
    guard let table = lowerTable(arguments[0].value),
      let address = lower(arguments[1].value, in: RowScope(input.columns)),
      let network = lower(arguments[2].value, in: RowScope(table.columns))
    else { return nil }
    // Both sides may be the same table: the right one gets columns of its own.
    var right: [ColumnID: Assignment] = [:]
    for column in table.columns {
      right[column.id] = Assignment(
        column: makeColumn(column.name, column.type), expression: column.reference)
    }
    let place = makeColumn("network", .string)
    var keys: [AddressLookupOperator.Pair] = []
    var keyColumns: Set<ColumnID> = []
    for argument in arguments.dropFirst(3) {
      guard case .name(let name) = argument.value, let first = column(name, of: input),
        let second = column(name, of: table)
      else { return fail(KQLMessages.joinCondition(isEquality: false, at: argument.span)) }
      keyColumns.insert(second.id)
      if let other = right[second.id] {
        keys.append(AddressLookupOperator.Pair(left: first.reference, right: other.column.reference))
      }
    }
    let copies = table.columns.compactMap { right[$0.id] }
    let added = table.columns.filter { !keyColumns.contains($0.id) }.compactMap { right[$0.id]?.column }
    let lookup = LogicalPlan.tabular(
      TabularCall(
        inputs: [
          input.plan,
          .project(
            Project(
              input: table.plan,
              assignments: copies + [Assignment(column: place, expression: text(network))],
              origin: origin(node.span))),
        ],
        operator: AddressLookupOperator(
          family: family,
          place: AddressLookupOperator.Pair(left: text(address), right: place.reference), keys: keys,
          keepsUnmatched: keepsUnmatched, added: added), origin: origin(node.span)))
    let columns = input.columns + added
    let names = joinedNames(columns.map(\.name))
    return Relation(
      .project(
        Project(
          input: lookup,
          assignments: zip(names, columns).map {
            Assignment(column: makeColumn($0, $1.type), expression: $1.reference)
          }, origin: origin(node.span))))
  }

  private func text(_ expression: Expression) -> Expression {
    Coercion.cast(expression, to: .string, dialect: .kql)
  }
}

/// Plugins that are known and not run.
enum KQLPlugins {
  private static let learning = "it finds patterns by heuristics that have no definition to follow"
  private static let windows = "where its windows begin and end is not documented well enough to repeat"
  private static let sequences = "which of several possible sequences it gives is not documented; use `scan`"
  private static let places = "it works on shapes on the globe, which Trawl doesn't know"

  static let refused: [String: String] = [
    "autocluster": learning, "autocluster_v2": learning, "basket": learning, "basket_v2": learning,
    "diffpatterns": learning, "diffpatterns_text": learning,
    "infer_storage_schema": "it reads remote storage",
    "python": "it runs foreign code", "r": "it runs foreign code", "http_request": "it calls the network",
    "http_request_post": "it calls the network", "sql_request": "it calls the network",
    "cosmosdb_sql_request": "it calls the network", "mysql_request": "it calls the network",
    "postgresql_request": "it calls the network",
    "active_users_count": windows, "new_activity_metrics": windows, "session_count": windows,
    "sequence_detect": sequences, "funnel_sequence": sequences, "funnel_sequence_completion": sequences,
    "geo_line_lookup": places, "geo_polygon_lookup": places,
    "preview": "it gives a second result", "geoip": "it needs a database of places",
    "ai_embeddings": "it calls the network", "ai_chat_completion": "it calls the network",
    "identity_v3": "it calls the network", "ai_embed_text": "it calls the network",
    "ai_chat_completion_prompt": "it calls the network", "dax_request": "it calls the network",
    "azure_digital_twins_query_request": "it calls the network", "csharp": "it runs foreign code",
    "execute_query": "it calls the network", "execute_show_command": "it calls the network",
    "external_datatable": "it reads remote storage",
    "infer_storage_schema_with_suggestions": "it reads remote storage",
    "estimate_rows_count": "it asks how a cluster stores its data",
  ]
}

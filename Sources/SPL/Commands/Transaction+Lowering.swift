import Diagnostics
import Engine

extension SPLLowering {
  func lower(_ command: TransactionCommandSyntax, in relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    guard let time = column("_time", in: relation) else {
      report(SPLMessages.needsTime("transaction", span))
      return
    }
    refuse(
      ["delim"], in: command.options, of: "transaction",
      instead: "`eval x=mvjoin(x, \",\")` joins the values of a field")
    refuse(
      ["name"], in: command.options, of: "transaction", instead: "write out what the transaction type defines"
    )
    for name in ["keeporphans", "mvraw", "unifyends"] {
      refuseTrue(name, in: command.options, of: "transaction")
    }
    let keys = command.fields.compactMap { read($0, in: relation) }
    var limits = TransactionOperator.Limits()
    limits.span = ticks(command.maximumSpan)
    limits.pause = ticks(command.maximumPause)
    limits.events = command.maximumEvents
    limits.keepsEvicted = command.options.boolean("keepevicted") ?? false
    if let text = command.options.text("nullstr") { limits.missingText = text }
    limits.isConnected = command.options.boolean("connected") ?? true
    limits.hasStart = command.startsWith != nil
    limits.hasEnd = command.endsWith != nil
    let start = boundary(command.startsWith, in: relation)
    let end = boundary(command.endsWith, in: relation)
    guard let start, let end else { return }
    let raw = relation.existing("_raw")
    let visible = relation.columns.filter {
      $0.id != time.id && (!$0.name.hasPrefix("_") || $0.id == raw?.id)
    }
    let input: [Expression] =
      visible.map(\.reference) + keys.map { text(plain($0.reference)) } + [time.reference, start, end]
    let plan = LogicalPlan.project(
      Project(
        input: relation.plan,
        assignments: input.map { Assignment(column: makeColumn("", $0.type), expression: $0) },
        origin: origin(span)))
    let base = visible.count
    let columns =
      [makeColumn("_time", .datetime)] + visible.map { makeColumn($0.name, .dynamic) }
      + [makeColumn("duration", .real), makeColumn("eventcount", .long), makeColumn("closed_txn", .long)]
    let lists = base == 0 ? [] : Set(visible.indices.filter { command.lists(visible[$0].name) })
    relation.close(
      .tabular(
        TabularCall(
          inputs: [plan],
          operator: TransactionOperator(
            keys: Array(base..<(base + keys.count)), time: base + keys.count, start: base + keys.count + 1,
            end: base + keys.count + 2, outputs: Array(0..<base), lists: lists, limits: limits),
          columns: columns, origin: origin(span))))
    // Only with the evicted among them does it say something.
    if !limits.keepsEvicted, let closed = relation.existing("closed_txn") {
      drop([closed], in: relation, at: span)
    }
  }

  private func ticks(_ span: TimeSpanSyntax?) -> Int64? {
    guard let span, let step = step(span), case .ticks(let ticks) = step.width else { return nil }
    return ticks
  }

  private func boundary(_ boundary: TransactionCommandSyntax.Boundary?, in relation: Relation) -> Expression?
  {
    switch boundary {
    case nil: .literal(.bool(false), .bool)
    case .search(let search)?: lower(search, in: relation)
    case .condition(let expression)?: condition(expression, in: relation)
    }
  }

  /// An approximation: the product of the frequencies of a row's values.
  func lower(_ command: AnomalyDetectionCommandSyntax, in relation: Relation, at span: SourceSpan) {
    fetchFollowing(in: relation)
    report(SPLMessages.approximate("anomalydetection", span))
    let fields =
      command.fields.isEmpty
      ? relation.columns.filter { !$0.name.hasPrefix("_") }
      : command.fields.flatMap { columns($0, in: relation) }
    keep(relation.columns, in: relation, at: span)
    let places = fields.compactMap { field in relation.columns.firstIndex { $0.id == field.id } }
    refuse(["cutoff", "mark", "param", "uselower"], in: command.options, of: "anomalydetection")
    if let method = command.options["method"], method.value.value.lowercased() != "histogram" {
      refuse(["method"], in: command.options, of: "anomalydetection")
    }
    let made = [
      makeColumn("log_event_prob", .real), makeColumn("probable_cause", .string),
      makeColumn("probable_cause_freq", .real), makeColumn("max_freq", .real), makeColumn("", .bool),
      makeColumn("", .real),
    ]
    relation.plan = .tabular(
      TabularCall(
        inputs: [relation.plan],
        operator: AnomalyOperator(
          fields: places, names: fields.map(\.name), threshold: command.probabilityThreshold),
        columns: relation.columns + made, origin: origin(span)))
    switch command.action {
    case "annotate":
      // Only anomalies carry the annotation.
      let isAnomaly = made[4].reference
      assign(
        made[..<4].map { column in
          Assignment(
            column: makeColumn(column.name, column.type),
            expression: choose([(isAnomaly, column.reference)], otherwise: .literal(.null, column.type)))
        }, in: relation, at: span)
      drop([made[4], made[5]], in: relation, at: span)
    case "summary": summarize(relation, made, at: span)
    case "filter":
      filter(relation, by: made[4].reference, at: span)
      drop([made[4], made[5]], in: relation, at: span)
    default:
      report(SPLMessages.unsupported("`anomalydetection action=\(command.action)`", span))
    }
  }

  /// One row about the probabilities of all rows.
  private func summarize(_ relation: Relation, _ made: [PlanColumn], at span: SourceSpan) {
    let logarithm = made[0].reference
    let flag = choose(
      [(made[4].reference, .literal(.long(1), .long))], otherwise: .literal(.long(0), .long))
    let quarter = Expression.literal(.real(25), .real)
    let threeQuarters = Expression.literal(.real(75), .real)
    let wanted: [(function: String, arguments: [Expression], name: String)] = [
      ("sum", [flag], "num_anomalies"), ("max", [made[5].reference], "thresh"),
      ("max", [logarithm], "max_logprob"), ("min", [logarithm], "min_logprob"),
      ("perc", [logarithm, quarter], "1st_quartile"), ("perc", [logarithm, threeQuarters], "3rd_quartile"),
    ]
    let items = wanted.compactMap { wish in
      AggregateCatalog.function(wish.function, in: .spl).flatMap {
        item($0, wish.arguments, name: wish.name, at: span)
      }
    }
    aggregate(relation, keys: [], items: items, at: span)
  }
}

extension SPLMessages {
  static func approximate(_ name: String, _ span: SourceSpan) -> Diagnostic {
    .warning(
      "approximate", "`\(name)` follows the documented idea only: its numbers differ from Splunk's", at: span)
  }
}

extension LogicalPlan: PlanCodable {
  package static let form = PlanForm<LogicalPlan>(
    write: { plan, writer in writer.nested(PlanWriter.planKey) { cases.write(plan, writer) } },
    read: { (json, reader) throws(PlanReadingFailure) in
      try reader.plan(json) { () throws(PlanReadingFailure) in try cases.read(json, reader) }
    })

  private static let cases = PlanForm<LogicalPlan>.choice(
    "plan",
    [
      PlanCase<LogicalPlan>(
        "scan", { plan -> Scan? in if case .scan(let node) = plan { node } else { nil } }, { .scan($0) }),
      PlanCase<LogicalPlan>(
        "inline", { plan -> Inline? in if case .inline(let node) = plan { node } else { nil } },
        { .inline($0) }),
      PlanCase<LogicalPlan>(
        "argument", { plan -> Argument? in if case .argument(let node) = plan { node } else { nil } },
        { .argument($0) }),
      PlanCase<LogicalPlan>(
        "filter", { plan -> Filter? in if case .filter(let node) = plan { node } else { nil } },
        { .filter($0) }),
      PlanCase<LogicalPlan>(
        "project", { plan -> Project? in if case .project(let node) = plan { node } else { nil } },
        { .project($0) }),
      PlanCase<LogicalPlan>(
        "aggregate", { plan -> Aggregate? in if case .aggregate(let node) = plan { node } else { nil } },
        { .aggregate($0) }),
      PlanCase<LogicalPlan>(
        "join", { plan -> Join? in if case .join(let node) = plan { node } else { nil } }, { .join($0) }),
      PlanCase<LogicalPlan>(
        "union", { plan -> Union? in if case .union(let node) = plan { node } else { nil } }, { .union($0) }),
      PlanCase<LogicalPlan>(
        "sort", { plan -> Sort? in if case .sort(let node) = plan { node } else { nil } }, { .sort($0) }),
      PlanCase<LogicalPlan>(
        "limit", { plan -> Limit? in if case .limit(let node) = plan { node } else { nil } }, { .limit($0) }),
      PlanCase<LogicalPlan>(
        "expand", { plan -> Expand? in if case .expand(let node) = plan { node } else { nil } },
        { .expand($0) }),
      PlanCase<LogicalPlan>(
        "window", { plan -> Window? in if case .window(let node) = plan { node } else { nil } },
        { .window($0) }),
      PlanCase<LogicalPlan>(
        "apply", { plan -> Apply? in if case .apply(let node) = plan { node } else { nil } }, { .apply($0) }),
      PlanCase<LogicalPlan>(
        "tabular", { plan -> TabularCall? in if case .tabular(let node) = plan { node } else { nil } },
        { .tabular($0) }),
      PlanCase<LogicalPlan>(
        "with", { plan -> With? in if case .with(let node) = plan { node } else { nil } }, { .with($0) }),
      PlanCase<LogicalPlan>(
        "reference", { plan -> Reference? in if case .reference(let node) = plan { node } else { nil } },
        { .reference($0) }),
    ])
}

extension Scan: PlanCodable {
  package static let form = PlanForm<Scan>.record(
    { table, sources, predicate, limit, origin in
      var scan = Scan(table: table, sources: sources, origin: origin)
      scan.predicate = predicate
      scan.limit = limit.map(\.value)
      return scan
    },
    Member("table", \.table), Member("sources", \.sources), Member("predicate", \.predicate),
    Member("limit", { $0.limit.map { PlanCount(value: $0) } }), Member("origin", \.origin))
}

extension Scan.Source: PlanCodable {
  package static let form = PlanForm<Scan.Source>.record(
    { column, field, members in
      var source = Scan.Source(column: column, field: field)
      source.members = members
      return source
    },
    Member("column", \.column), Member("field", \.field), Member("members", \.members))
}

extension Inline: PlanCodable {
  package static let form = PlanForm<Inline>.record(
    Inline.init(columns:table:origin:),
    Member("columns", \.columns), Member("table", \.table), Member("origin", \.origin))
}

extension Argument: PlanCodable {
  package static let form = PlanForm<Argument>.record(
    Argument.init(id:columns:), Member("id", \.id), Member("columns", \.columns))
}

extension Filter: PlanCodable {
  package static let form = PlanForm<Filter>.record(
    Filter.init(input:predicate:origin:),
    Member("input", \.input), Member("predicate", \.predicate), Member("origin", \.origin))
}

extension Project: PlanCodable {
  package static let form = PlanForm<Project>.record(
    Project.init(input:assignments:origin:),
    Member("input", \.input), Member("assignments", \.assignments), Member("origin", \.origin))
}

extension Assignment: PlanCodable {
  package static let form = PlanForm<Assignment>.record(
    { Assignment(column: $0, expression: $1) },
    Member("column", \.column), Member("expression", \.expression))
}

extension Sort: PlanCodable {
  package static let form = PlanForm<Sort>.record(
    { Sort(input: $0, keys: $1, limit: $2.map(\.value), origin: $3) },
    Member("input", \.input), Member("keys", \.keys),
    Member("limit", { $0.limit.map { PlanCount(value: $0) } }), Member("origin", \.origin))
}

extension Sort.Key: PlanCodable {
  package static let form = PlanForm<Sort.Key>.record(
    Sort.Key.init(expression:descending:nullsFirst:),
    Member("expression", \.expression), Member("descending", \.descending),
    Member("nullsFirst", \.nullsFirst))
}

extension Limit: PlanCodable {
  package static let form = PlanForm<Limit>.record(
    { Limit(input: $0, count: $1.value, origin: $2) },
    Member("input", \.input), Member("count", { PlanCount(value: $0.count) }), Member("origin", \.origin))
}

extension PlanOrigin: PlanCodable {
  package static let form = PlanForm<PlanOrigin>.record(
    { span, label, notes in
      var origin = PlanOrigin(span: span, label: label)
      origin.notes = notes ?? []
      return origin
    },
    Member("span", \.span), Member("label", \.label), Member("notes", { $0.notes.isEmpty ? nil : $0.notes }))
}

import Diagnostics
import Engine

/// Commands that put rows behind rows.
extension SPLLowering {
  func lower(_ command: AppendCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let subsearch = command.subsearch, let added = lower(subsearch) else { return }
    limit(added, command.options.integer("maxout"), at: subsearch.span)
    append(added, to: relation, at: span)
  }

  func lower(_ command: AppendPipeCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let subpipeline = command.subpipeline else { return }
    fetchFollowing(in: relation)
    let added = relation.copy()
    let outer = following
    run(subpipeline.pipeline.stages, on: added)
    following = outer
    append(added, to: relation, at: span)
  }

  /// The fields of the subsearch's first row go to the first row, and so on.
  func lower(_ command: AppendColsCommandSyntax, in relation: Relation, at span: SourceSpan) {
    guard let subsearch = command.subsearch, let added = lower(subsearch) else { return }
    limit(added, command.options.integer("maxout"), at: subsearch.span)
    fetchFollowing(in: relation)
    let leftPlace = window([(SPLWindowFunctions.place, [], .long)], in: relation, at: span)
    let rightPlace = window([(SPLWindowFunctions.place, [], .long)], in: added, at: span)
    guard let left = leftPlace.first, let right = rightPlace.first else { return }
    let leftColumns = relation.columns.filter { $0.id != left.id }
    let rightColumns = added.columns.filter { $0.id != right.id }
    var outputs = leftColumns.map {
      Join.Output(column: makeColumn($0.name, $0.type), source: $0.id, fromLeft: true)
    }
    let count = outputs.count
    outputs += rightColumns.map {
      Join.Output(column: makeColumn($0.name, $0.type), source: $0.id, fromLeft: false)
    }
    relation.close(
      .join(
        Join(
          kind: .fullouter, left: relation.plan, right: added.plan, keys: [(left.reference, right.reference)],
          outputs: outputs, nullsMatch: false, missingText: .null, origin: origin(span))))
    var assignments = outputs[..<count].map { Assignment(keeping: $0.column) }
    for output in outputs[count...] {
      guard let place = assignments.firstIndex(where: { $0.column.name == output.column.name }) else {
        assignments.append(Assignment(keeping: output.column))
        continue
      }
      let own = assignments[place].expression
      let merged =
        command.overrides
        ? firstPresent([output.column.reference, own]) : firstPresent([own, output.column.reference])
      assignments[place] = Assignment(column: makeColumn(output.column.name, merged.type), expression: merged)
    }
    relation.plan = .project(Project(input: relation.plan, assignments: assignments, origin: origin(span)))
  }

  /// The rows before it, if there are any, and those of its subsearches.
  func lower(_ command: UnionCommandSyntax, in relation: Relation, at span: SourceSpan) {
    var isFirst = relation.columns.isEmpty
    for input in command.inputs {
      let added: Relation?
      switch input {
      case .subsearch(let subsearch): added = lower(subsearch)
      case .dataset(let field):
        let parts = field.name.split(separator: ":", maxSplits: 1)
        let isLookup = parts.count == 2 && parts[0] == "lookup"
        added =
          isLookup
          ? lookup(String(parts[1]), at: field.span).map {
            inline(LookupRows.asText($0.table), label: field.name)
          }
          : fail(SPLMessages.unsupported("the data set `\(field.name)`", field.span))
      }
      guard let added else { continue }
      limit(added, command.options.integer("maxout"), at: span)
      if isFirst {
        relation.close(added.plan)
        relation.isOpaque = added.isOpaque
        isFirst = false
      } else {
        append(added, to: relation, at: span)
      }
    }
  }

  /// Events of several searches, newest first.
  func lower(_ command: MultisearchCommandSyntax, in relation: Relation, at span: SourceSpan) {
    for (index, subsearch) in command.subsearches.enumerated() {
      guard let added = lower(subsearch) else { continue }
      if index == 0 { relation.close(added.plan) } else { append(added, to: relation, at: span) }
    }
    guard let time = relation.existing("_time") else { return }
    let key = Sort.Key(expression: time.reference, descending: true, nullsFirst: false)
    relation.plan = .sort(Sort(input: relation.plan, keys: [key], origin: origin(span)))
  }

  private func limit(_ relation: Relation, _ count: Int?, at span: SourceSpan) {
    guard let count else {
      cap(
        relation, at: SPLLowering.subsearchLimit,
        "Splunk takes 10,000 rows of a subsearch unless `maxout` says more",
        at: span)
      return
    }
    if count > 0 { relation.plan = .limit(Limit(input: relation.plan, count: count, origin: origin(span))) }
  }

  // MARK: - Putting rows together

  /// The rows of another relation behind those of this one; columns meet by name.
  func append(_ added: Relation, to relation: Relation, at span: SourceSpan) {
    for column in added.columns { _ = self.column(column.name, in: relation) }
    for column in relation.columns where added.isOpen { _ = self.column(column.name, in: added) }
    var names: [String] = []
    for column in relation.columns + added.columns where !names.contains(column.name) {
      names.append(column.name)
    }
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
    left = fit(relation, to: columns, at: span)
    right = fit(added, to: columns, at: span)
    relation.plan = .union(
      Union(
        legs: [Union.Leg(plan: relation.plan, sources: left), Union.Leg(plan: added.plan, sources: right)],
        columns: columns, missingText: .null, origin: origin(span)))
    relation.isOpaque = relation.isOpaque || added.isOpaque
  }

  /// Converts columns to the types of others of the same names; gives the column for each.
  private func fit(_ relation: Relation, to columns: [PlanColumn], at span: SourceSpan) -> [ColumnID?] {
    var changes: [Assignment] = []
    for column in columns {
      guard let own = relation.existing(column.name), own.type != column.type else { continue }
      let value = unify([plain(own.reference), .column(PlanColumn(id: own.id, name: "", type: column.type))])
        .values[0]
      let fitted =
        value.type == column.type
        ? value : Coercion.cast(plain(own.reference), to: column.type, language: .spl)
      changes.append(Assignment(column: makeColumn(column.name, column.type), expression: fitted))
    }
    if !changes.isEmpty { assign(changes, in: relation, at: span) }
    return columns.map { relation.existing($0.name)?.id }
  }
}

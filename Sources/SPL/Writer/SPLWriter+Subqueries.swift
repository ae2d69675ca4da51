import Engine

/// What other rows tell of a row: `in (table)` and `toscalar`, which a search has as joins.
///
/// ```
///   | where who in (admins)      | join type=inner max=1 who [search … | table who found_1]
///   | where n > toscalar(T)      | eval all_1=1
///                                | join type=left max=1 all_1 [search … | eval all_1=1 | table all_1 value_2]
///                                | where n>value_2
/// ```
extension SPLWriter {
  /// A filter by the members of a table, as a join of what is left of it.
  func memberJoin(_ filter: Filter) -> Join? {
    var rest = filter.predicate.conjuncts
    for (index, part) in rest.enumerated() {
      guard case .call(let call) = part, let meaning = call.function.meaning, meaning.test == .equals,
        !meaning.ignoresCase, meaning.subject == 0, call.arguments.count == 2,
        case .subquery(let subquery) = call.arguments[1], case .aggregate(let set) = subquery.plan,
        set.keys.isEmpty, set.items.count == 1, let item = set.items.first,
        item.call.function === CollectionAggregates.makeSet, let member = item.call.arguments.first,
        member.type == call.arguments[0].type
      else { continue }
      rest.remove(at: index)
      let left = rest.reduce(nil as Expression?) { whole, part in
        whole.map {
          .call(
            FunctionCall(function: Logical.and, arguments: [$0, part], type: .bool, dialect: call.dialect))
        } ?? part
      }
      return Join(
        kind: meaning.isNegated ? .leftanti : .leftsemi,
        left: left.map {
          .filter(Filter(input: filter.input, predicate: $0, origin: filter.origin))
        } ?? filter.input,
        right: set.input, keys: [Join.Key(call.arguments[0], member)],
        outputs: filter.input.columns.map { Join.Output(column: $0, source: $0.id, fromLeft: true) },
        // A set has no null among its members; an empty text is one.
        nullsMatch: member.type == .string, origin: filter.origin)
    }
    return nil
  }

  /// The first value of the rows of a plan, which a join puts beside every row.
  func value(of subquery: ScalarSubquery) throws(WritingRefusal) -> SPLPiece {
    if let known = asked.subqueries[subquery.id] { return known }
    guard let column = subquery.plan.columns.first, subquery.type != .dynamic else {
      throw refusal("a list that a subquery gives")
    }
    let place = origin
    let outer = (asked, fields)
    asked = Asked()
    var rows = try pipeline(subquery.plan)
    origin = place
    try materialize([column], in: &rows)
    guard let field = fields[column.id], let source = field.name else {
      throw refusal("the value of a subquery")
    }
    if !subquery.plan.isOneRow { rows.stages.append("head 1") }
    let key = freshName("all")
    let name = freshName("value")
    rows.stages.append("eval \(key)=1, \(name)=\(SPLSpelling.field(source))")
    rows.stages.append("table \(key) \(name)")
    (asked, fields) = outer
    asked.stages += ["eval \(key)=1", "join type=left max=1 \(key) \(rows.subsearch)"]
    let piece = SPLPiece(SPLSpelling.field(name), field.kind, mayBeMissing: true)
    asked.subqueries[subquery.id] = piece
    return piece
  }
}

extension LogicalPlan {
  /// Groups of no key are one row.
  fileprivate var isOneRow: Bool {
    switch self {
    case .aggregate(let aggregate): aggregate.keys.isEmpty
    case .project(let project): project.input.isOneRow
    case .scan, .inline, .argument, .filter, .join, .union, .sort, .limit, .expand, .window, .apply, .with,
      .reference, .tabular:
      false
    }
  }
}

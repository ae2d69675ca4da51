import Diagnostics
import Engine

/// `lookup("users.csv", json_object("user", user), json_array("role"))`: fields of a lookup table as JSON.
extension SPLLowering {
  func lowerLookup(_ call: EvalCallSyntax, in relation: inout Relation) -> Expression? {
    guard call.arguments.count == 3, case .string(let name) = call.arguments[0],
      let keys = parts(of: call.arguments[1], made: "json_object"), keys.count % 2 == 0, !keys.isEmpty,
      let outputs = parts(of: call.arguments[2], made: "json_array"), !outputs.isEmpty
    else { return fail(SPLMessages.lookupArguments(call)) }
    if isInEach { return fail(SPLMessages.lookupOfEach(call)) }
    guard let lookup = lookup(name.value, at: name.span) else { return nil }
    guard lookup.definition.isPlain else {
      return fail(
        SPLMessages.refusedFunction(
          call.name, "of a lookup with patterns or defaults; the command `lookup` adds its fields",
          at: call.nameSpan))
    }
    var wanted: [(name: String, value: Expression)] = []
    for index in stride(from: 0, to: keys.count, by: 2) {
      guard case .string(let key) = keys[index] else { return fail(SPLMessages.lookupArguments(call)) }
      guard let value = lower(keys[index + 1], in: &relation) else { return nil }
      wanted.append((key.value, text(value)))
    }
    var names: [String] = []
    for output in outputs {
      guard case .string(let field) = output else { return fail(SPLMessages.lookupArguments(call)) }
      names.append(field.value)
    }
    let known = lookup.table.fields.map(\.name)
    for field in wanted.map(\.name) + names where !known.isEmpty && !known.contains(field) {
      report(SPLMessages.unknownLookupField(field, table: name.value, known: known, at: name.span))
    }
    let rows = LookupRows.grouped(
      lookup.table, by: wanted.map(\.name), outputs: names.map { ($0, $0) },
      upTo: lookup.definition.rules.maximumMatches)
    let (found, mark) = find(wanted.map(\.value), in: rows, for: &relation, at: call.span)
    let members = zip(names, found).flatMap { [literal($0), $1.reference] }
    guard let object = bind("json_object", members, spans: [], at: call.span) else { return nil }
    return choose([(isThere(mark.reference), object)], otherwise: .literal(.null, .string))
  }

  private func parts(of argument: EvalExpressionSyntax, made name: String) -> [EvalExpressionSyntax]? {
    guard case .call(let call) = argument, call.name.lowercased() == name else { return nil }
    return call.arguments
  }

  /// Columns of rows with keys in front, and one that is there where a row was found; they go with the command.
  private func find(
    _ values: [Expression], in rows: Table, for relation: inout Relation, at span: SourceSpan
  ) -> (found: [PlanColumn], mark: PlanColumn) {
    let right = inline(rows, label: "lookup")
    let one = makeColumn("", .long)
    let marked = LogicalPlan.project(
      Project(
        input: right.plan,
        assignments: right.columns.map { Assignment(keeping: $0) }
          + [Assignment(column: one, expression: .literal(.long(1), .long))], origin: origin(span)))
    let found = right.columns.dropFirst(values.count).map { ($0, makeColumn("", $0.type)) }
    let mark = makeColumn("", .long)
    let outputs =
      relation.columns.map { Join.Output(column: $0, source: $0.id, fromLeft: true) }
      + (found + [(one, mark)]).map { Join.Output(column: $0.1, source: $0.0.id, fromLeft: false) }
    relation.plan = .join(
      Join(
        kind: .leftouter, left: relation.plan, right: marked,
        keys: zip(values, right.columns).map { Join.Key($0, $1.reference) }, outputs: outputs,
        nullsMatch: false, maximumMatches: 1, missingText: .null, origin: origin(span)))
    scratch += found.map(\.1) + [mark]
    return (found.map(\.1), mark)
  }

  /// Takes out columns that a command needed for itself.
  func dropScratch(in relation: inout Relation, at span: SourceSpan) {
    if scratch.isEmpty { return }
    drop(scratch, in: &relation, at: span)
    scratch = []
  }
}

extension SPLMessages {
  static func lookupArguments(_ call: EvalCallSyntax) -> Diagnostic {
    .error(
      "argument-count", "`lookup` takes a CSV file, its keys and its fields, each in quotes", at: call.span,
      suggestions: [
        .init("`lookup(\"users.csv\", json_object(\"user\", user), json_array(\"role\"))`")
      ])
  }

  static func lookupOfEach(_ call: EvalCallSyntax) -> Diagnostic {
    .error(
      "unsupported", "Trawl does not run `lookup` for each value of a field", at: call.nameSpan,
      suggestions: [.init("the command `lookup` finds the rows of all values of a field")])
  }
}

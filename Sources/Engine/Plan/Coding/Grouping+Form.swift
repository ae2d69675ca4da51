/// Plans that put rows together: aggregates, joins, unions, expansions, windows, groups, shared rows.
extension Aggregate: PlanCodable {
  package static let form = PlanForm<Aggregate>.record(
    Aggregate.init(input:keys:items:dropsNullKeys:origin:),
    Member("input", \.input), Member("keys", \.keys), Member("items", \.items),
    Member("dropsNullKeys", \.dropsNullKeys), Member("origin", \.origin))
}

extension Aggregate.Item: PlanCodable {
  package static let form = PlanForm<Aggregate.Item>.record(
    Aggregate.Item.init(outputs:call:), Member("outputs", \.outputs), Member("call", \.call))
}

extension AggregateCall: PlanCodable {
  package static let form = PlanForm<AggregateCall>.record(
    AggregateCall.init(function:arguments:types:dialect:span:),
    Member("function", \.function), Member("arguments", \.arguments), Member("types", \.types),
    Member("dialect", \.dialect), Member("span", \.span))
}

extension Join: PlanCodable {
  package static let form = PlanForm<Join>.record(
    { kind, left, right, keys, outputs, nullsMatch, most, missingText, origin in
      Join(
        kind: kind, left: left, right: right, keys: keys, outputs: outputs, nullsMatch: nullsMatch,
        maximumMatches: most.map(\.value), missingText: missingText, origin: origin)
    },
    Member("kind", \.kind), Member("left", \.left), Member("right", \.right), Member("keys", \.keys),
    Member("outputs", \.outputs), Member("nullsMatch", \.nullsMatch),
    Member("maximumMatches", { $0.maximumMatches.map { PlanCount(value: $0) } }),
    Member("missingText", \.missingText), Member("origin", \.origin))
}

extension Join.Kind: PlanCodable {
  package static var form: PlanForm<Join.Kind> { named }
}

extension Join.Key: PlanCodable {
  package static let form = PlanForm<Join.Key>.record(
    { Join.Key($0, $1) }, Member("left", \.left), Member("right", \.right))
}

extension Join.Output: PlanCodable {
  package static let form = PlanForm<Join.Output>.record(
    Join.Output.init(column:source:fromLeft:),
    Member("column", \.column), Member("source", \.source), Member("fromLeft", \.fromLeft))
}

extension Union: PlanCodable {
  package static let form = PlanForm<Union>.record(
    Union.init(legs:columns:missingText:origin:),
    Member("legs", \.legs), Member("columns", \.columns), Member("missingText", \.missingText),
    Member("origin", \.origin))
}

extension Union.Leg: PlanCodable {
  package static let form = PlanForm<Union.Leg>.record(
    Union.Leg.init(plan:sources:), Member("plan", \.plan), Member("sources", \.sources))
}

extension Expand: PlanCodable {
  package static let form = PlanForm<Expand>.record(
    { input, items, index, outputs, bags, keepsEmpty, limit, origin in
      Expand(
        input: input, items: items, indexColumn: index, outputs: outputs, bags: bags, keepsEmpty: keepsEmpty,
        rowLimit: limit.map(\.value), origin: origin)
    },
    Member("input", \.input), Member("items", \.items), Member("indexColumn", \.indexColumn),
    Member("outputs", \.outputs), Member("bags", \.bags), Member("keepsEmpty", \.keepsEmpty),
    Member("rowLimit", { $0.rowLimit.map { PlanCount(value: $0) } }), Member("origin", \.origin))
}

extension Expand.Item: PlanCodable {
  package static let form = PlanForm<Expand.Item>.record(
    Expand.Item.init(source:column:), Member("source", \.source), Member("column", \.column))
}

extension Expand.Bags: PlanCodable {
  package static var form: PlanForm<Expand.Bags> { named }
}

extension Window: PlanCodable {
  package static let form = PlanForm<Window>.record(
    Window.init(input:items:origin:),
    Member("input", \.input), Member("items", \.items), Member("origin", \.origin))
}

extension Window.Item: PlanCodable {
  package static let form = PlanForm<Window.Item>.record(
    Window.Item.init(column:function:arguments:dialect:),
    Member("column", \.column), Member("function", \.function), Member("arguments", \.arguments),
    Member("dialect", \.dialect))
}

extension Apply: PlanCodable {
  package static let form = PlanForm<Apply>.record(
    Apply.init(input:keys:argumentID:subplan:keySubquery:carried:origin:),
    Member("input", \.input), Member("keys", \.keys), Member("argumentID", \.argumentID),
    Member("subplan", \.subplan), Member("keySubquery", \.keySubquery), Member("carried", \.carried),
    Member("origin", \.origin))
}

extension With: PlanCodable {
  package static let form = PlanForm<With>.record(
    With.init(definitions:body:), Member("definitions", \.definitions), Member("body", \.body))
}

extension With.Definition: PlanCodable {
  package static let form = PlanForm<With.Definition>.record(
    With.Definition.init(id:plan:), Member("id", \.id), Member("plan", \.plan))
}

extension Reference: PlanCodable {
  package static let form = PlanForm<Reference>.record(
    Reference.init(id:sources:origin:),
    Member("id", \.id), Member("sources", \.sources), Member("origin", \.origin))
}

extension Reference.Source: PlanCodable {
  package static let form = PlanForm<Reference.Source>.record(
    Reference.Source.init(column:source:), Member("column", \.column), Member("source", \.source))
}

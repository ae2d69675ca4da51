import Engine
import Rules
import Session

/// A funnel for programs: one JSON document, or a table with a row for each stage.
///
/// ```
/// {"rule":"…","path":"rules/a.kql","now":"2026-03-02T14:55:24.0000000Z","results":[
///   {"name":null,"rows":0,"branches":[                  one for each result of the query; the last branch is its own
///     {"name":"let SESAbuse","rows":3,"stages":[
///       {"text":"where EventName == \"x\"","line":12,"column":3,   1-based, of the rule's file
///        "rowsIn":3120,"rowsOut":0,                    rowsIn is null where rows are read
///        "feeds":[0],                                  branches that end here, by index
///        "followed":null,                              rows of the event of --event
///        "conditions":[{"text":"…","alone":0,"inSequence":0,"dropsFollowed":false}],
///        "nearestMisses":[{"kind":"differs-in-case","message":"…","field":"EventName"}]}]}]}]}
/// ```
enum FunnelDocument {
  static func value(of run: Workspace.FunnelRun, rule: DetectionRule) -> JSONValue {
    .object([
      .init("rule", .string(rule.metadata.title)),
      .init("path", .string(rule.path)),
      .init("now", .string(Ticks.datetimeText(run.now))),
      .init("results", .array(run.funnels.map(value))),
    ])
  }

  private static func value(_ funnel: Funnel) -> JSONValue {
    .object([
      .init("name", funnel.name.map { .string($0) } ?? .null),
      .init("rows", .long(Int64(funnel.rowCount))),
      .init(
        "branches",
        .array(
          funnel.branches.map { branch in
            .object([
              .init("name", .string(branch.name)), .init("rows", .long(Int64(branch.rowCount))),
              .init("stages", .array(branch.stages.map { value($0, in: funnel) })),
            ])
          })),
    ])
  }

  private static func value(_ stage: Funnel.Stage, in funnel: Funnel) -> JSONValue {
    .object([
      .init("text", .string(stage.text)),
      .init("line", number(stage.line)),
      .init("column", number(stage.column)),
      .init("rowsIn", number(stage.rowsIn)),
      .init("rowsOut", number(stage.rowsOut)),
      .init("feeds", .array(stage.feeds.map { .long(Int64($0)) })),
      .init("followed", number(stage.followed)),
      .init(
        "conditions",
        .array(
          stage.conjuncts.map { conjunct in
            .object([
              .init("text", .string(conjunct.text)), .init("alone", number(conjunct.alone)),
              .init("inSequence", number(conjunct.inSequence)),
              .init("dropsFollowed", .bool(conjunct.dropsFollowed)),
            ])
          })),
      .init(
        "nearestMisses",
        .array(
          stage.misses.map { miss in
            .object([
              .init("kind", .string(miss.kind.rawValue)), .init("message", .string(miss.message)),
              .init("field", miss.field.map { .string($0) } ?? .null),
            ])
          })),
    ])
  }

  private static func number(_ value: Int?) -> JSONValue { value.map { .long(Int64($0)) } ?? .null }

  static func table(of funnel: Funnel) -> Table {
    let fields = [
      Field("branch", .string), Field("line", .long), Field("stage", .string), Field("rows_in", .long),
      Field("rows_out", .long), Field("nearest_miss", .string),
    ]
    let rows = funnel.branches.flatMap { branch in
      branch.stages.map { stage in
        [
          Value.string(branch.name), stage.line.map { .long(Int64($0)) } ?? .null, .string(stage.text),
          stage.rowsIn.map { .long(Int64($0)) } ?? .null, .long(Int64(stage.rowsOut)),
          .string(stage.misses.map(\.message).joined(separator: "; ")),
        ]
      }
    }
    return Table(fields: fields, rows: rows)
  }
}

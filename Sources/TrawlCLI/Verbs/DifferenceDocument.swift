import Diagnostics
import Engine
import Rules

/// A comparison of rules for programs: one JSON document, or a table with a row for each difference.
struct DifferenceDocument {
  let run: DifferenceRun
  /// Rows of each list; nil for all.
  let limit: Int?

  var value: JSONValue {
    .object([
      .init("different", .bool(run.isDifferent)),
      .init("now", .string(Ticks.datetimeText(run.now))),
      .init("rules", .array(run.rules.map(value))),
    ])
  }

  private func value(_ rule: RuleDifference) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("rule", .string(rule.pair.title)), .init("old", path(rule.pair.old)),
      .init("new", path(rule.pair.new)), .init("different", .bool(rule.isDifferent)),
      .init("statements", texts(rule.statements)),
    ]
    switch rule.outcome {
    case .compared(let results):
      members += [
        .init("alert", .string(rule.alert.rawValue)),
        .init("results", .array(results.map { value(DifferenceCells($0, of: rule)) })),
      ]
    case .refused(let side, let failure):
      members.append(
        .init("notCompared", .string("\(side.rawValue): \(failure.cause?.message ?? "")")))
    case .notRun(let old, let new):
      let reasons = [("old", old), ("new", new)].filter { !$0.1.isEmpty }.map { side, reasons in
        "\(side): not run: \(reasons.optionText)"
      }
      members.append(.init("notCompared", .string(reasons.joined(separator: "; "))))
    case .failed(let side, let failure):
      members.append(.init("notCompared", .string("\(side.rawValue): \(failure.message)")))
    }
    return .object(members)
  }

  private func value(_ cells: DifferenceCells) -> JSONValue {
    let difference = cells.difference
    let pairs = difference.pairing.pairs
    func shown<Element>(_ list: [Element]) -> ArraySlice<Element> { list.prefix(limit ?? list.count) }
    let changed = shown(difference.changed).map { change in
      JSONValue.object([
        .init("key", key(difference, old: change.old)),
        .init(
          "columns",
          .array(
            change.columns.map { pair in
              .object([
                .init("column", .string(pairs[pair].name)),
                .init("old", json(difference.old, change.old, pairs[pair].old, cells.oldDialect)),
                .init("new", json(difference.new, change.new, pairs[pair].new, cells.newDialect)),
              ])
            })),
      ])
    }
    return .object([
      .init("name", difference.name.map { .string($0) } ?? .null),
      .init("rowsBefore", .long(Int64(difference.old.rowCount))),
      .init("rowsNow", .long(Int64(difference.new.rowCount))),
      .init("same", .long(Int64(difference.sameCount))),
      .init("key", texts(difference.key.columns.map { pairs[$0].name })),
      .init("keyBasis", .string(difference.key.basis.rawValue)),
      .init("sharedKeys", .long(Int64(difference.key.sharedKeys))),
      .init("columnsOnlyOld", texts(difference.pairing.onlyOld)),
      .init("columnsOnlyNew", texts(difference.pairing.onlyNew)),
      .init(
        "typeChanges",
        .array(
          difference.pairing.typeChanges.map {
            .object([
              .init("column", .string($0.name)), .init("old", .string($0.old.rawValue)),
              .init("new", .string($0.new.rawValue)),
            ])
          })),
      .init("ignored", texts(difference.pairing.ignored)),
      .init("lostCount", .long(Int64(difference.lost.count))),
      .init("gainedCount", .long(Int64(difference.gained.count))),
      .init("changedCount", .long(Int64(difference.changed.count))),
      .init("lost", .array(shown(difference.lost).map { row(difference.old, $0, cells.oldDialect) })),
      .init("gained", .array(shown(difference.gained).map { row(difference.new, $0, cells.newDialect) })),
      .init("changed", .array(changed)),
    ])
  }

  private func key(_ difference: RowDifference, old row: Int) -> JSONValue {
    let pairs = difference.key.columns.map { difference.pairing.pairs[$0] }
    return .object(pairs.map { .init($0.name, difference.old.value(row: row, column: $0.old).json) })
  }

  private func key(_ difference: RowDifference, new row: Int) -> JSONValue {
    let pairs = difference.key.columns.map { difference.pairing.pairs[$0] }
    return .object(pairs.map { .init($0.name, difference.new.value(row: row, column: $0.new).json) })
  }

  private func row(_ table: Table, _ row: Int, _ dialect: Dialect) -> JSONValue {
    .object(
      table.fields.indices.map { JSONValue.Member(table.fields[$0].name, json(table, row, $0, dialect)) })
  }

  private func json(_ table: Table, _ row: Int, _ column: Int, _ dialect: Dialect) -> JSONValue {
    table.value(row: row, column: column).json(in: dialect)
  }

  private func path(_ rule: DetectionRule?) -> JSONValue { rule.map { .string($0.path) } ?? .null }

  private func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  // MARK: - As a table

  private static let fields = [
    Field("rule", .string), Field("change", .string), Field("key", .dynamic), Field("column", .string),
    Field("old", .dynamic), Field("new", .dynamic),
  ]

  /// A row for each row that is lost or gained, and for each cell that changed.
  var table: Table {
    var rows: [[Value]] = []
    for rule in run.rules {
      let title = Value.string(rule.pair.title)
      if rule.isCompared, rule.alert == .lost || rule.alert == .gained {
        rows.append([title, .string("alert \(rule.alert.rawValue)"), .null, .string(""), .null, .null])
      }
      for difference in rule.results {
        let cells = DifferenceCells(difference, of: rule)
        let pairs = difference.pairing.pairs
        for change in difference.changed.prefix(limit ?? difference.changed.count) {
          for pair in change.columns {
            rows.append([
              title, .string("changed"), .dynamic(key(difference, old: change.old)),
              .string(pairs[pair].name),
              .dynamic(json(difference.old, change.old, pairs[pair].old, cells.oldDialect)),
              .dynamic(json(difference.new, change.new, pairs[pair].new, cells.newDialect)),
            ])
          }
        }
        for lost in difference.lost.prefix(limit ?? difference.lost.count) {
          rows.append([
            title, .string("lost"), .dynamic(key(difference, old: lost)), .string(""),
            .dynamic(row(difference.old, lost, cells.oldDialect)), .null,
          ])
        }
        for gained in difference.gained.prefix(limit ?? difference.gained.count) {
          rows.append([
            title, .string("gained"), .dynamic(key(difference, new: gained)), .string(""), .null,
            .dynamic(row(difference.new, gained, cells.newDialect)),
          ])
        }
        for name in difference.pairing.onlyOld {
          rows.append([title, .string("column only old"), .null, .string(name), .null, .null])
        }
        for name in difference.pairing.onlyNew {
          rows.append([title, .string("column only new"), .null, .string(name), .null, .null])
        }
      }
    }
    return Table(fields: DifferenceDocument.fields, rows: rows)
  }

  /// What `--limit` left out.
  var cut: [String] {
    guard let limit else { return [] }
    return run.rules.flatMap { rule in
      rule.results.flatMap { result in
        [("changed", result.changed.count), ("lost", result.lost.count), ("gained", result.gained.count)]
          .filter { $0.1 > limit }
          .map { "\(limit) of \($0.1) \($0.0) rows of `\(rule.pair.title)` shown (--limit)" }
      }
    }
  }
}

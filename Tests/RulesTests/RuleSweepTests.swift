import Engine
import Session
import Testing

@testable import Rules

@Suite struct RuleSweepTests {
  @Test func `at the value that a rule has, a sweep gives the rows of a run`() throws {
    let workspace = ExampleFolders.workspace("examples/bursts")
    var swept = 0
    for rule in ExampleFolders.shippedRules {
      let query = try workspace.compile(rule.query, language: rule.language)
      let outcome = try #require(try workspace.run([query]).outcomes.first)
      let rows = outcome.results.reduce(0) { $0 + $1.table.rowCount }
      for parameter in try parameters(of: rule, workspace) {
        let sweep = try workspace.sweep(rule, settings: [(parameter.name, "7,\(parameter.current)")])
        let current = sweep.points.first { $0.isCurrent }
        let point = try #require(current)
        guard case .ran(let found, let fires, _) = point.outcome else {
          Issue.record("\(rule.path): \(point.outcome)")
          continue
        }
        #expect(found == rows, "\(rule.path): \(parameter.name)")
        #expect(fires == (rows > 0))
        swept += 1
      }
    }
    #expect(swept >= 8)
  }

  /// Those with a number now.
  private func parameters(of rule: DetectionRule, _ workspace: Workspace) throws -> [RuleParameter] {
    do {
      _ = try workspace.sweep(rule, settings: [("no such parameter", "1,2")])
      return []
    } catch SweepFailure.unknown(_, let known) {
      return known.filter { Int($0.current) != nil }
    }
  }

  @Test func `entities are counted by the columns that the rule names, else by its keys`() throws {
    var metadata = RuleMetadata(title: "r")
    let fields = [Field("Who", .string), Field("Hour", .datetime), Field("n", .long)]
    let roles = [
      ColumnRole(kind: .groupKey), ColumnRole(kind: .groupKey, isTime: true), ColumnRole(kind: .measure),
    ]
    let found = EntityColumns(of: metadata, fields: fields, roles: roles)
    #expect(found.basis == .keys && found.groups.map(\.columns) == [[0]])
    let table = Table(
      fields: fields,
      rows: [
        [.string("a"), .datetime(0), .long(1)], [.string("a"), .datetime(1), .long(1)],
        [.string(""), .datetime(1), .long(1)], [.string("b"), .datetime(1), .long(1)],
      ])
    #expect(found.counts(in: table) == [2])
    metadata.entities = [
      RuleEntity(type: "Account", fields: [.init(identifier: "Name", column: "n")]),
      RuleEntity(type: "IP", fields: [.init(identifier: "Address", column: "not there")]),
    ]
    let named = EntityColumns(of: metadata, fields: fields, roles: roles)
    #expect(named.basis == .rule && named.groups.map(\.name) == ["Account"] && named.counts(in: table) == [1])
    #expect(EntityColumns(of: RuleMetadata(title: "r"), fields: [], roles: []).basis == .none)
  }
}

import Diagnostics
import Engine
import Rules
import Session
import Testing

@Suite struct RowDifferenceTests {
  static let fields = [Field("User", .string), Field("Region", .string), Field("Calls", .long)]

  private func table(_ rows: [(String, String, Int64)]) -> Table {
    Table(fields: Self.fields, rows: rows.map { [.string($0.0), .string($0.1), .long($0.2)] })
  }

  private func difference(
    _ old: Table, _ new: Table, keys: [ColumnRole.Kind] = [.groupKey, .constant, .measure],
    across: Bool = false, _ change: (inout DifferenceRequest) -> Void = { _ in }
  ) -> RowDifference {
    var request = DifferenceRequest()
    change(&request)
    let roles = keys.map { ColumnRole(kind: $0) }
    return RowDifference(
      old: old, new: new, oldRoles: roles, newRoles: roles, isAcrossLanguages: across, request: request)
  }

  @Test func `rows are lost, gained, changed and the same`() throws {
    let old = table([("a", "x", 5), ("b", "x", 7), ("c", "x", 9)])
    let new = table([("d", "x", 1), ("c", "x", 8), ("b", "x", 7)])
    let found = difference(old, new)
    #expect(found.lost == [0] && found.gained == [0] && found.sameCount == 1)
    let changed = try #require(found.changed.first)
    #expect(found.changed.count == 1)
    #expect(changed.old == 2 && changed.new == 1 && changed.columns == [2])
    #expect(found.key.basis == .groupKeys && found.key.columns == [0] && found.key.sharedKeys == 0)
    #expect(found.isDifferent)
  }

  @Test func `the order of rows is no difference`() {
    let old = table([("a", "x", 5), ("b", "x", 7)])
    let new = table([("b", "x", 7), ("a", "x", 5)])
    #expect(!difference(old, new).isDifferent)
  }

  @Test func `group keys that do not tell rows apart are joined by more columns`() {
    let old = table([("a", "x", 5), ("a", "y", 7)])
    let new = table([("a", "y", 8), ("a", "x", 5)])
    let found = difference(old, new, keys: [.groupKey, .derived, .measure])
    #expect(found.key.basis == .unique && found.key.columns == [0, 1])
    #expect(found.changed.map(\.old) == [1] && found.lost.isEmpty && found.gained.isEmpty)
  }

  @Test func `rows of one key are paired with the closest, and it is said`() {
    let old = table([("a", "x", 5)])
    let new = table([("a", "y", 6), ("a", "x", 6)])
    let found = difference(old, new, keys: [.groupKey, .measure, .measure])
    #expect(found.key.sharedKeys == 1)
    #expect(found.changed.map(\.new) == [1] && found.gained == [0] && found.lost.isEmpty)
  }

  @Test func `without group keys the fewest columns that tell rows apart are found`() {
    let old = table([("a", "x", 1), ("a", "y", 2), ("b", "x", 3)])
    let new = table([("a", "x", 1), ("a", "y", 4), ("b", "x", 3)])
    let found = difference(old, new, keys: [.event, .event, .measure])
    #expect(found.key.basis == .unique && found.key.columns == [0, 1])
    #expect(found.changed.count == 1 && found.sameCount == 2)
  }

  @Test func `alike rows are counted, not merged`() {
    let old = table([("a", "x", 1), ("a", "x", 1), ("a", "x", 1)])
    let new = table([("a", "x", 1)])
    let found = difference(old, new, keys: [.event, .event, .event])
    #expect(found.sameCount == 1 && found.lost.count == 2 && found.gained.isEmpty && found.changed.isEmpty)
    #expect(found.key.basis == .allColumns)
  }

  @Test func `a given key counts`() {
    let old = table([("a", "x", 1), ("b", "y", 2)])
    let new = table([("c", "x", 1), ("b", "y", 2)])
    let found = difference(old, new) { $0.key = ["Region"] }
    #expect(found.key.basis == .given && found.changed.map(\.columns) == [[0]])
  }

  @Test func `columns of one side alone are a difference, mapped and ignored ones are not`() {
    let old = Table(
      fields: [Field("UserName", .string), Field("n", .long), Field("Note", .string)],
      rows: [[.string("a"), .long(1), .string("z")]])
    let new = Table(
      fields: [Field("user_name", .string), Field("n", .string)], rows: [[.string("a"), .string("1")]])
    let plain = difference(old, new, across: true)
    #expect(plain.pairing.onlyOld == ["UserName", "Note"] && plain.pairing.onlyNew == ["user_name"])
    #expect(plain.pairing.suggestedMap == [DifferenceRequest.Mapping(old: "UserName", new: "user_name")])
    #expect(plain.isDifferent)
    let mapped = difference(old, new, across: true) {
      $0.map = [DifferenceRequest.Mapping(old: "UserName", new: "user_name")]
      $0.ignored = ["Note"]
    }
    #expect(!mapped.isDifferent && mapped.sameCount == 1 && mapped.pairing.ignored == ["Note"])
  }

  @Test func `a column that changed its type is a difference of its own`() {
    let old = Table(fields: [Field("n", .long)], rows: [[.long(1)]])
    let new = Table(fields: [Field("n", .real)], rows: [[.real(1)]])
    let found = difference(old, new, keys: [.measure])
    #expect(found.sameCount == 1 && found.pairing.typeChanges.map(\.name) == ["n"] && found.isDifferent)
  }

  @Test func `a table is never different from itself`() {
    let strange = Table(
      fields: [Field("r", .real), Field("d", .dynamic), Field("s", .string), Field("t", .datetime)],
      rows: [
        [.real(.nan), .dynamic(.null), .string(""), .null],
        [.real(-0.0), .dynamic(.array([.null])), .null, .datetime(0)],
        [.null, .null, .string("\u{0}"), .datetime(Ticks.maximum)],
        [.real(.infinity), .dynamic(.object([.init("a", .real(1e300))])), .string("x"), .null],
        [.real(.nan), .dynamic(.null), .string(""), .null],
      ])
    for across in [false, true] {
      for kind in [ColumnRole.Kind.measure, .event, .groupKey, .constant] {
        let found = difference(strange, strange, keys: [kind, kind, kind, kind], across: across)
        #expect(!found.isDifferent && found.sameCount == 5, "\(kind), across \(across)")
      }
    }
  }

  @Test func `rules of folders are paired by path, id, file and title`() {
    func rule(_ path: String, title: String, id: String? = nil) -> DetectionRule {
      var metadata = RuleMetadata(title: title)
      metadata.id = id
      return DetectionRule(
        metadata: metadata, query: SourceText(name: path, text: "print 1"), language: .kql, path: path)
    }
    let old = [
      rule("old/a/x.kql", title: "X"), rule("old/y.kql", title: "Y", id: "1"),
      rule("old/z.kql", title: "Z"), rule("old/gone.kql", title: "Gone"),
    ]
    let new = [
      rule("new/a/x.spl", title: "X2"), rule("new/moved.kql", title: "Y2", id: "1"),
      rule("new/b/z.kql", title: "Z2"), rule("new/fresh.kql", title: "Fresh"),
    ]
    let pairs = RulePairing.pairs(old: old, below: "old/", new: new, below: "new")
    #expect(
      pairs.map { "\($0.old?.metadata.title ?? "-") \($0.new?.metadata.title ?? "-")" }
        == ["X X2", "Y Y2", "Z Z2", "Gone -", "- Fresh"])
  }
}

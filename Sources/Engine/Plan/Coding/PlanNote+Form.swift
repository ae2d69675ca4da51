extension PlanNote: PlanCodable {
  package static let form = PlanForm<PlanNote>.choice(
    "note",
    [
      PlanCase<PlanNote>(
        "manyRows",
        { note -> ManyRows? in
          guard case .manyRows(let most, let what, let isCut) = note else { return nil }
          return ManyRows(most: most, what: what, isCut: isCut)
        }, { .manyRows(most: $0.most, what: $0.what, isCut: $0.isCut) }),
      PlanCase<PlanNote>(
        "longLists",
        { note -> LongLists? in
          guard case .longLists(let columns, let isCut) = note else { return nil }
          return LongLists(columns: columns, isCut: isCut)
        }, { .longLists(columns: $0.columns, isCut: $0.isCut) }),
      PlanCase<PlanNote>(
        "absentFields",
        { note -> [Presence]? in if case .absentFields(let fields) = note { fields } else { nil } },
        { .absentFields($0) }),
    ])

  private struct ManyRows: PlanCodable {
    var most: Int
    var what: String
    var isCut: Bool

    static let form = PlanForm<ManyRows>.record(
      ManyRows.init(most:what:isCut:), Member("most", \.most), Member("what", \.what),
      Member("isCut", \.isCut))
  }

  private struct LongLists: PlanCodable {
    var columns: [ColumnID]
    var isCut: Bool

    static let form = PlanForm<LongLists>.record(
      LongLists.init(columns:isCut:), Member("columns", \.columns), Member("isCut", \.isCut))
  }
}

extension PlanNote.Presence: PlanCodable {
  package static let form = PlanForm<PlanNote.Presence>.record(
    PlanNote.Presence.init(name:column:), Member("name", \.name), Member("column", \.column))
}

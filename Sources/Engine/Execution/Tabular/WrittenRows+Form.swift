extension WrittenRows: PlanCodable {
  /// Without the rows, which are there only when it runs.
  package static let form = PlanForm<WrittenRows>.record(
    { name, appends, key, updates, overrides, creates, most, keepsApart in
      var rows = WrittenRows(name: name)
      rows.appends = appends
      rows.keyField = key
      rows.updates = updates
      rows.overridesIfEmpty = overrides
      rows.createsEmpty = creates
      rows.maximumRows = most.map(\.value)
      rows.keepsValuesApart = keepsApart
      return rows
    },
    Member("name", \.name), Member("appends", \.appends), Member("keyField", \.keyField),
    Member("updates", \.updates), Member("overridesIfEmpty", \.overridesIfEmpty),
    Member("createsEmpty", \.createsEmpty),
    Member("maximumRows", { $0.maximumRows.map { PlanCount(value: $0) } }),
    Member("keepsValuesApart", \.keepsValuesApart))
}

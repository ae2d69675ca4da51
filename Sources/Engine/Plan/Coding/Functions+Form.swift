/// Functions stand by their names: `kql:substring`, `spl:[rex]`.
extension ScalarFunction: PlanCodable {
  package static let form = PlanForm.function(\.planName, PlanFunctions.scalars)
}

extension AggregateFunction: PlanCodable {
  package static let form = PlanForm.function(\.planName, PlanFunctions.aggregates)
}

extension WindowFunction: PlanCodable {
  package static let form = PlanForm.function(\.planName, PlanFunctions.windows)
}

extension PlanForm where Whole: Sendable {
  fileprivate static func function(
    _ name: @escaping @Sendable (Whole) -> String, _ known: [String: Whole]
  ) -> PlanForm<Whole> {
    PlanForm(
      write: { function, _ in .string(name(function)) },
      read: { (json, reader) throws(PlanReadingFailure) in
        guard case .string(let name) = json, let function = known[name] else {
          throw reader.failure("`\(json.scalarText)` is no function of this version", id: "unknown-function")
        }
        return function
      })
  }
}

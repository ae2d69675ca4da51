/// Functions that operators and commands are made of, and that no query can call. Their names stand in brackets, which
/// no language reads as a name.
///
/// Their data are arguments: `regex user="^a"` is `[regex](user, "^a")`.
package enum InnerFunctions {
  /// A new family is one more here.
  package static let scalars: [ScalarFunction] = [
    AddressPlaceFunctions.all, ConvertFunctions.all, FieldTextFunctions.all, MemberJSON.all,
    ParseFunctions.all, RexFunctions.all,
    RowJSON.all, SPLRowFunctions.all, SpathFunctions.all, ValueListFunctions.all,
  ].flatMap { $0 }

  package static let windows: [WindowFunction] = NearRows.all + SPLWindowFunctions.all
}

/// Every function that can stand in a plan, by the name that a written plan calls it by.
package enum PlanFunctions {
  package static let scalars = index(FunctionCatalog.scalars + InnerFunctions.scalars, \.planName)
  package static let aggregates = index(AggregateCatalog.all, \.planName)
  package static let windows = index(WindowFunctionCatalog.all + InnerFunctions.windows, \.planName)

  private static func index<Record>(
    _ records: [Record], _ name: (Record) -> String
  ) -> [String: Record] {
    Dictionary(records.map { (name($0), $0) }) { first, _ in first }
  }
}

extension ScalarFunction {
  /// `kql:substring`: the same in every version, whatever else the function is called.
  package var planName: String { names.first?.planName ?? "" }
}

extension AggregateFunction {
  package var planName: String { names.first?.planName ?? "" }
}

extension WindowFunction {
  package var planName: String { names.first?.planName ?? "" }
}

extension FunctionName {
  fileprivate var planName: String { "\(language.name):\(text)" }

  /// No query can say it.
  package var isInner: Bool { text.hasPrefix("[") }
}

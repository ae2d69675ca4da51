/// All functions, one family after the other; looked up by language and name.
package enum FunctionCatalog {
  /// A new family adds its `all` here.
  package static let scalars: [ScalarFunction] =
    Logical.all + Comparison.all + Arithmetic.all + Conversions.all
    + DatetimeCatalog.all
    + DynamicCatalog.all
    + MathCatalog.all
    + SeriesCatalog.all
    + SPLFunctionCatalog.all
    + SketchFunctions.all
    + TextCatalog.all

  private static let scalarsByName: [FunctionName: ScalarFunction] = index(scalars, \.names)

  package static func scalar(_ name: String, in language: Language) -> ScalarFunction? {
    scalarsByName[FunctionName(language: language, text: name, isAlias: false)]
      ?? scalarsByName[FunctionName(language: language, text: name, isAlias: true)]
  }

  /// The names that may be suggested.
  package static func scalarNames(in language: Language) -> [String] {
    scalars.flatMap(\.names).filter { $0.language == language && !$0.isAlias }.map(\.text)
  }

  private static func index<Record>(
    _ records: [Record], _ names: (Record) -> [FunctionName]
  ) -> [FunctionName: Record] {
    var result: [FunctionName: Record] = [:]
    for record in records { for name in names(record) { result[name] = record } }
    return result
  }
}

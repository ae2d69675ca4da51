/// All functions, one family after the other; looked up by language and name.
package enum FunctionCatalog {
  /// A new family is one more here.
  package static let families: [FunctionFamily] =
    [
      FunctionFamily(
        "Operators",
        [Logical.all, Comparison.all, Arithmetic.all, TextOperators.all, MembershipOperators.all]),
      FunctionFamily("Conversion", [Conversions.all]),
      FunctionFamily("Date and time", [DatetimeCatalog.all]),
      FunctionFamily("Dynamic values", [DynamicCatalog.all, JSONFunctions.all, SketchFunctions.all]),
      FunctionFamily("Encoding", [EncodingCatalog.all]),
      FunctionFamily("Geography", [GeoFunctions.all]),
      FunctionFamily("Mathematics", [MathCatalog.all]),
      FunctionFamily("Network", [NetworkCatalog.all]),
      FunctionFamily("Series", [SeriesCatalog.all]),
      FunctionFamily("Text", [TextCatalog.all]),
    ] + SPLFunctionCatalog.families

  package static let scalars: [ScalarFunction] = families.flatMap(\.functions)

  private static let scalarsByName: [FunctionName: ScalarFunction] = index(scalars, \.names)

  package static func scalar(_ name: String, in language: Language) -> ScalarFunction? {
    scalarsByName[FunctionName(language: language, text: name, isAlias: false)]
      ?? scalarsByName[FunctionName(language: language, text: name, isAlias: true)]
  }

  /// The function of a language that asks a question of a value, or of a value and a list.
  package static func scalar(
    meaning: PredicateMeaning, takesList: Bool, in language: Language
  ) -> ScalarFunction? {
    scalars.first { function in
      function.meaning == meaning && function.takesList == takesList
        && !function.names.suggested(in: language).isEmpty
    }
  }

  /// The names that may be suggested.
  package static func scalarNames(in language: Language) -> [String] {
    scalars.flatMap(\.names).filter { !$0.isInner }.suggested(in: language)
  }

  private static func index<Record>(
    _ records: [Record], _ names: (Record) -> [FunctionName]
  ) -> [FunctionName: Record] {
    var result: [FunctionName: Record] = [:]
    for record in records { for name in names(record) { result[name] = record } }
    return result
  }
}

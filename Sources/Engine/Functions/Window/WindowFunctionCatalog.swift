/// All window functions; looked up by language and name.
package enum WindowFunctionCatalog {
  package static let all: [WindowFunction] =
    RowNumberFunctions.all + NeighbourFunctions.all + SessionFunctions.all

  private static let byName: [FunctionName: WindowFunction] = {
    var result: [FunctionName: WindowFunction] = [:]
    for function in all { for name in function.names { result[name] = function } }
    return result
  }()

  package static func function(_ name: String, in language: Language) -> WindowFunction? {
    byName[FunctionName(language: language, text: name, isAlias: false)]
      ?? byName[FunctionName(language: language, text: name, isAlias: true)]
  }

  /// The names that may be suggested.
  package static func names(in language: Language) -> [String] {
    all.flatMap(\.names).suggested(in: language)
  }
}

/// The families of functions over texts, in one list.
enum TextCatalog {
  /// A new family adds its `all` here.
  private static let families: [[ScalarFunction]] = [
    CodePointFunctions.all,
    EmptinessFunctions.all,
    FormatFunctions.all,
    JoiningFunctions.all,
    RegexFunctions.all,
    SearchFunctions.all,
    StructureFunctions.all,
    TextFunctions.all,
    TrimFunctions.all,
  ]

  static let all: [ScalarFunction] = families.flatMap { $0 }
}

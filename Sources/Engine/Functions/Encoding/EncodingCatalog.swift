/// The families of functions that encode, compress and hash, in one list.
enum EncodingCatalog {
  /// A new family adds its `all` here.
  private static let families: [[ScalarFunction]] = [
    Base64Functions.all,
    CompressionFunctions.all,
    HashFunctions.all,
    PunycodeFunctions.all,
    URLFunctions.all,
  ]

  static let all: [ScalarFunction] = families.flatMap { $0 }
}

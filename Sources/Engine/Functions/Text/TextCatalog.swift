/// All families of functions over texts, JSON, encodings and addresses.
enum TextCatalog {
  /// A new family adds its `all` here.
  private static let families: [[ScalarFunction]] = [
    Base64Functions.all,
    CodePointFunctions.all,
    CompressionFunctions.all,
    EmptinessFunctions.all,
    FormatFunctions.all,
    HashFunctions.all,
    IPv4FormatFunctions.all,
    IPv4SearchFunctions.all,
    IPv4TestFunctions.all,
    IPv6Functions.all,
    JoiningFunctions.all,
    JSONFunctions.all,
    MembershipOperators.all,
    PunycodeFunctions.all,
    RegexFunctions.all,
    SearchFunctions.all,
    StructureFunctions.all,
    TextFunctions.all,
    TextOperators.all,
    TrimFunctions.all,
    URLFunctions.all,
  ]

  static let all: [ScalarFunction] = families.flatMap { $0 }
}

/// The families of functions of addresses, in one list.
enum NetworkCatalog {
  /// A new family adds its `all` here.
  private static let families: [[ScalarFunction]] = [
    IPv4FormatFunctions.all,
    IPv4SearchFunctions.all,
    IPv4TestFunctions.all,
    IPv6Functions.all,
  ]

  static let all: [ScalarFunction] = families.flatMap { $0 }
}

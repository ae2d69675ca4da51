extension Value {
  /// The text of a value by the rules of a language.
  package func text(in dialect: Dialect) -> String {
    switch dialect.texts {
    case .typed: kqlText
    case .plain: splText
    }
  }

  /// The text of a real by the rules of a language.
  package static func text(of value: Double, in dialect: Dialect) -> String {
    switch dialect.texts {
    case .typed: text(of: value)
    case .plain: splText(of: value)
    }
  }

  /// The value as a tree, where a language that writes whole numbers without a fraction has them whole.
  package func json(in dialect: Dialect) -> JSONValue {
    let json = json
    if dialect.texts == .plain, case .real(let number) = json, let whole = Int64(exactly: number) {
      return .long(whole)
    }
    return json
  }
}

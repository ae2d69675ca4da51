/// The constants of a call that a kernel cannot do without.
extension PreparedArguments {
  func integer(_ index: Int) -> Int64? {
    guard index < constants.count, case .long(let number)? = constants[index] else { return nil }
    return number
  }

  func number(_ index: Int) -> Double? { index < constants.count ? constants[index]?.number : nil }

  func json(_ index: Int) -> JSONValue? {
    guard index < constants.count, case .dynamic(let json)? = constants[index] else { return nil }
    return json
  }

  /// A constant by its reading; lowering gives each its own kind, a plan from elsewhere may not.
  func required<Part>(_ index: Int, _ read: (Int) -> Part?) throws(FunctionFailure) -> Part {
    if let part = read(index) { return part }
    throw FunctionFailure(
      "argument-not-constant", "argument \(index + 1) is not the constant that is asked for", argument: index)
  }

  /// The regular expression in a constant argument.
  func pattern(
    _ index: Int, _ options: RegularExpression.Options
  ) throws(FunctionFailure) -> RegularExpression {
    try RegexArgument.compile(try required(index, text), argument: index, options: options)
  }
}

extension VectorCall {
  /// The value of a constant argument; nil for one that varies.
  func constant(_ index: Int) -> Value? {
    guard index < arguments.count, case .constant(let constant) = arguments[index] else { return nil }
    return constant.value
  }

  func integer(_ index: Int) -> Int64? {
    guard case .long(let number)? = constant(index) else { return nil }
    return number
  }
}

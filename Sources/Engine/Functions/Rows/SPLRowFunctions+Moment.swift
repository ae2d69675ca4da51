extension SPLRowFunctions {
  /// What stands in `_time`: seconds since 1970, as a number or a text, or the text of a date, as a time.
  package static let moment = ScalarFunction(
    [.spl("[time]")], Signature([.any("value")], returns: .fixed(.datetime)),
    "Gives the time that a value of `_time` is.",
    kernel: .scalar { arguments in
      guard let value = arguments.first else { return .null }
      if case .datetime = value { return value }
      // Of several values the first is the time.
      guard let text = SPLValue.texts(value).first else { return .null }
      if let seconds = Double(text) {
        return Ticks.fromUnix(seconds: seconds).map { .datetime($0) } ?? .null
      }
      return DatetimeParsing.parseKQL(text).map { .datetime($0) } ?? .null
    }, examples: [])
}

extension SPLRowFunctions {
  /// What stands in `_time`: seconds since 1970, as a number or a text, or the text of a date, as a time.
  package static let moment = ScalarFunction(
    [], Signature([.any("value")], returns: .fixed(.datetime)), "Gives the time that a value of `_time` is.",
    kernel: .scalar { arguments in
      guard let value = arguments.first else { return .null }
      if case .datetime = value { return value }
      if let seconds = Double(value.splText) {
        return Ticks.fromUnix(seconds: seconds).map { .datetime($0) } ?? .null
      }
      return DatetimeParsing.parseKQL(value.splText).map { .datetime($0) } ?? .null
    }, examples: [])
}

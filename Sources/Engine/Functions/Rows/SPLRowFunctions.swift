/// Functions that SPL's commands are made of, and that no search can call.
package enum SPLRowFunctions {
  package static let all = [
    isMissing, isPresent, timeBin, numberBin, powerBin, moment, joinTexts, sameText, isBetween, percentage,
    addressKey,
  ]

  package static let isMissing = ScalarFunction(
    [.spl("[missing]")], Signature([.any("value")], returns: .fixed(.bool)),
    "Is true for null, whatever the type.",
    nulls: .neverNull, kernel: .vector { call in presence(call, isNegated: true) },
    meaning: PredicateMeaning(.present, isNegated: true), examples: [])

  package static let isPresent = ScalarFunction(
    [.spl("[present]")], Signature([.any("value")], returns: .fixed(.bool)),
    "Is true for all but null, whatever the type.",
    nulls: .neverNull, kernel: .vector { call in presence(call, isNegated: false) },
    meaning: PredicateMeaning(.present), examples: [])

  private static func presence(_ call: VectorCall, isNegated: Bool) -> Column {
    guard let argument = call.arguments.first, let validity = argument.validity else {
      return .constant(.bool(!isNegated), .bool, count: call.count)
    }
    return .bool(
      BoolColumn(values: isNegated ? Vector(validity.array.map { !$0 }) : validity, validity: nil))
  }

  /// `bin _time span=…`: a time, how long a span is (a timespan, or a number of months), and where one begins.
  package static let timeBin = ScalarFunction(
    [.spl("[bin time]")],
    Signature(
      [.any("value"), .oneOf("span", [.timespan, .long]).constant, .datetime("origin").constant],
      returns: .argument(0)), "Rounds a time down to a multiple of a span.",
    kernel: .vector { call in
      guard let argument = call.arguments.first,
        let step = TimeStep(span: call.constant(1), origin: call.constant(2))
      else { return .constant(.null, call.type, count: call.count) }
      if case .int64(var column) = argument {
        column.values = Vector(column.values.withBuffer { $0.map { step.floor($0) } })
        return .int64(column)
      }
      return ConversionKernels.mapped(argument, to: call.type) { value in
        switch value {
        case .datetime(let ticks): return .datetime(step.floor(ticks))
        case .real, .long:
          guard let seconds = value.number, let ticks = Ticks.fromUnix(seconds: seconds) else {
            return .null
          }
          return .real(Ticks.unixSeconds(of: step.floor(ticks)))
        case .null, .bool, .decimal, .timespan, .guid, .string, .dynamic: return .null
        }
      }
    }, examples: [])

  /// `bin n span=10`: the range that a number is in, as `10-20`.
  package static let numberBin = ScalarFunction(
    [.spl("[bin number]")],
    Signature([.number("value"), .real("span").constant], returns: .fixed(.string)),
    "Gives the range that a number is in.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let span = try arguments.required(1, arguments.number)
      // Both ends have as many digits as the span.
      let digits = NumberText.decimals(of: span)
      return { values in
        guard let number = values.first?.number, number.isFinite, span > 0 else { return .null }
        let lower = (number / span).rounded(.down) * span
        return .string(
          NumberText.fixed(lower, digits: digits) + "-" + NumberText.fixed(lower + span, digits: digits))
      }
    }, examples: [])

  /// `bin n span=log2`: the range between two powers of a base, times a factor, that a number is in.
  package static let powerBin = ScalarFunction(
    [.spl("[bin powers]")],
    Signature(
      [.number("value"), .real("base").constant, .real("factor").constant], returns: .fixed(.string)),
    "Gives the powers that a number is between.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      let base = try arguments.required(1, arguments.number)
      let factor = try arguments.required(2, arguments.number)
      return { values in
        guard let number = values.first?.number, number > 0, number.isFinite, base > 1, factor > 0 else {
          return .null
        }
        var lower = factor
        while lower > number, lower > 1e-300 { lower /= base }
        while lower * base <= number, lower < 1e300 { lower *= base }
        return .string(Value.splText(of: lower) + "-" + Value.splText(of: lower * base))
      }
    }, examples: [])
}

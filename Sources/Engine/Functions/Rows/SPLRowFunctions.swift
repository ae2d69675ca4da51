/// Functions without a name that SPL's commands are made of.
package enum SPLRowFunctions {
  package static let isMissing = ScalarFunction(
    [], Signature([.any("value")], returns: .fixed(.bool)), "Is true for null, whatever the type.",
    nulls: .neverNull, kernel: .vector { call in presence(call, isNegated: true) },
    meaning: PredicateMeaning(.present, isNegated: true), examples: [])

  package static let isPresent = ScalarFunction(
    [], Signature([.any("value")], returns: .fixed(.bool)), "Is true for all but null, whatever the type.",
    nulls: .neverNull, kernel: .vector { call in presence(call, isNegated: false) },
    meaning: PredicateMeaning(.present), examples: [])

  private static func presence(_ call: VectorCall, isNegated: Bool) -> Column {
    guard let argument = call.arguments.first, let validity = argument.validity else {
      return .constant(.bool(!isNegated), .bool, count: call.count)
    }
    return .bool(
      BoolColumn(values: isNegated ? Vector(validity.array.map { !$0 }) : validity, validity: nil))
  }

  /// `bin _time span=…`: value, amount, unit (`TimeStep`'s name).
  package static func timeBin(_ step: TimeStep) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.any("value")], returns: .argument(0)), "Rounds a time down to a multiple of a span.",
      kernel: .vector { call in
        guard let argument = call.arguments.first else {
          return .constant(.null, call.type, count: call.count)
        }
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
  }

  /// `bin n span=10`: the range that a number is in, as `10-20`.
  package static func numberBin(span: Double, start: Double = 0) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.real("value")], returns: .fixed(.string)), "Gives the range that a number is in.",
      kernel: .scalar { arguments in
        guard let number = arguments.first?.number, number.isFinite, span > 0 else { return .null }
        let lower = start + ((number - start) / span).rounded(.down) * span
        // Both ends have as many digits as the span.
        let digits = NumberText.decimals(of: span)
        return .string(
          NumberText.fixed(lower, digits: digits) + "-" + NumberText.fixed(lower + span, digits: digits))
      }, examples: [])
  }

  /// `bin n span=log2`: the range between two powers of a base, times a factor, that a number is in.
  package static func powerBin(base: Double, factor: Double) -> ScalarFunction {
    ScalarFunction(
      [], Signature([.real("value")], returns: .fixed(.string)), "Gives the powers that a number is between.",
      kernel: .scalar { arguments in
        guard let number = arguments.first?.number, number > 0, number.isFinite else { return .null }
        var lower = factor
        while lower > number, lower > 1e-300 { lower /= base }
        while lower * base <= number, lower < 1e300 { lower *= base }
        return .string(Value.splText(of: lower) + "-" + Value.splText(of: lower * base))
      }, examples: [])
  }
}

/// A span of time as `bin` and `timechart` take it: so many ticks, or so many months.
package struct TimeStep: Hashable, Sendable {
  package enum Width: Hashable, Sendable {
    case ticks(Int64)
    case months(Int)
  }

  package var width: Width
  /// Where the spans of a fixed width begin: 1970, or a Sunday for weeks.
  package var origin: Int64 = Ticks.unixEpoch

  package init(_ width: Width, origin: Int64 = Ticks.unixEpoch) {
    self.width = width
    self.origin = origin
  }

  /// The start of the span that a moment is in.
  package func floor(_ ticks: Int64) -> Int64 {
    switch width {
    case .ticks(let size):
      guard size > 0 else { return ticks }
      let (offset, overflow) = ticks.subtractingReportingOverflow(origin)
      if overflow { return ticks }
      return (Ticks.floor(offset, to: size) ?? offset) &+ origin
    case .months(let count):
      guard count > 0, Ticks.inRange(ticks) != nil else { return ticks }
      let parts = Ticks.parts(of: ticks)
      let month = (parts.year * 12 + parts.month - 1) / count * count
      return Ticks.make(year: max(1, month / 12), month: month % 12 + 1, day: 1) ?? ticks
    }
  }

  /// The start of the next span.
  package func next(after start: Int64) -> Int64 {
    switch width {
    case .ticks(let size): return start &+ max(1, size)
    case .months(let count):
      let parts = Ticks.parts(of: start)
      let month = parts.year * 12 + parts.month - 1 + max(1, count)
      return Ticks.make(year: month / 12, month: month % 12 + 1, day: 1) ?? start &+ Ticks.perDay
    }
  }
}

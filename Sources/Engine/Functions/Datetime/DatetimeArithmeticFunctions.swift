/// Counting and adding units of time: `datetime_diff`, `datetime_add`.
package enum DatetimeArithmeticFunctions {
  package static let all: [ScalarFunction] = [difference, addition]

  package static let difference = ScalarFunction(
    [.kql("datetime_diff")],
    Signature(
      [.string("part").constant, .datetime("later"), .datetime("earlier")],
      returns: .computed { _, constants in
        if case .string(let name)?? = constants.first, name.lowercased() == "week" { return .real }
        return .long
      }),
    "Counts the borders of a unit that lie between two datetimes; negative if the first is earlier.",
    notes: ["Weeks begin on Sundays, and their number is a real, as on the real engine."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      guard arguments.constants[0] != nil else { return { _ in .null } }
      let unit = try DatetimeUnit.parse(arguments.text(0))
      let isReal = arguments.type == .real
      return { values in
        guard case .datetime(let later) = values[1], case .datetime(let earlier) = values[2] else {
          return .null
        }
        if unit == .nanosecond {
          let (span, overflow) = (later &- earlier).multipliedReportingOverflow(by: 100)
          return overflow ? .null : .long(span)
        }
        let count = unit.ordinal(of: later) &- unit.ordinal(of: earlier)
        return isReal ? .real(Double(count)) : .long(count)
      }
    },
    examples: [
      .kql(#"datetime_diff("year", datetime(2017-01-01), datetime(2000-12-31))"#, gives: "17"),
      .kql(#"datetime_diff("week", datetime(2017-10-29), datetime(2017-09-30 23:59))"#, gives: "5.0"),
      .kql(
        #"datetime_diff("hour", datetime(2017-10-31 01:00), datetime(2017-10-30 23:59))"#, gives: "2",
        why: "borders are counted, not full hours"),
      .kql(#"datetime_diff("day", datetime(2024-01-01), datetime(2024-01-03))"#, gives: "-2"),
      .kql(#"datetime_diff("day", datetime(null), datetime(2024-01-03))"#, gives: "long(null)"),
    ])

  package static let addition = ScalarFunction(
    [.kql("datetime_add")],
    Signature(
      [.string("part").constant, .long("amount"), .datetime("date")], returns: .fixed(.datetime)),
    "Adds some units to a datetime. Where a month is too short, gives its last day.",
    kernel: .prepared { arguments throws(FunctionFailure) in
      guard arguments.constants[0] != nil else { return { _ in .null } }
      let unit = try DatetimeUnit.parse(arguments.text(0))
      return { values in
        guard case .long(let amount) = values[1], case .datetime(let ticks) = values[2] else { return .null }
        return unit.add(amount, to: ticks).map { .datetime($0) } ?? .null
      }
    },
    examples: [
      .kql(#"datetime_add("month", 1, datetime(2024-08-31 12:00))"#, gives: "datetime(2024-09-30 12:00)"),
      .kql(#"datetime_add("year", 1, datetime(2024-02-29))"#, gives: "datetime(2025-02-28)"),
      .kql(#"datetime_add("day", -1, datetime(2024-01-01))"#, gives: "datetime(2023-12-31)"),
      .kql(#"datetime_add("day", 1, datetime(9999-12-31))"#, gives: "datetime(null)"),
    ])
}

/// Datetimes and timespans as text of a given form.
package enum TimeFormatFunctions {
  package static let all: [ScalarFunction] = [formatDatetime, formatTimespan]

  package static let formatDatetime = ScalarFunction(
    [.kql("format_datetime")],
    Signature([.datetime("date"), .string("format").constant], returns: .fixed(.string)),
    "Writes a datetime in a given form.",
    notes: [
      "Letters: d dd M MM y yy yyyy h hh H HH m mm s ss f to fffffff, F to FFFFFFF, tt; between them blanks "
        + "and / - : , . _ [ ]. Others are errors. There are no names: MMM is MM and M."
    ],
    naming: .firstArgument,
    kernel: .prepared { arguments throws(FunctionFailure) in
      guard arguments.constants[1] != nil else { return { _ in .null } }
      let format = try TimeFormat(arguments.text(1) ?? "", for: .datetime)
      return { values in
        guard case .datetime(let ticks) = values[0] else { return .null }
        return .string(format.datetimeText(ticks))
      }
    },
    examples: [
      .kql(
        #"format_datetime(datetime(2017-01-29 09:00:05), "yy-MM-dd [HH:mm:ss]")"#,
        gives: #""17-01-29 [09:00:05]""#),
      .kql(#"format_datetime(datetime(2017-01-29 00:30), "h:mm tt")"#, gives: #""12:30 AM""#),
      .kql(#"format_datetime(datetime(2024-11-03), "MMM")"#, gives: #""1111""#, why: "MM, then M"),
      .kql(#"format_datetime(datetime(null), "yyyy")"#, gives: #""""#),
    ])

  static let formatTimespan = ScalarFunction(
    [.kql("format_timespan")],
    Signature([.timespan("span"), .string("format").constant], returns: .fixed(.string)),
    "Writes a timespan in a given form; its parts are days, hours of the day, minutes of the hour, …",
    naming: .firstArgument,
    kernel: .prepared { arguments throws(FunctionFailure) in
      guard arguments.constants[1] != nil else { return { _ in .null } }
      let format = try TimeFormat(arguments.text(1) ?? "", for: .timespan)
      return { values in
        guard case .timespan(let ticks) = values[0] else { return .null }
        return .string(format.timespanText(ticks))
      }
    },
    examples: [
      .kql(#"format_timespan(time(29.09:00:05.12345), "dd.hh:mm:ss [FF]")"#, gives: #""29.09:00:05 [12]""#),
      .kql(#"format_timespan(time(29.09:00:05.12345), "ddd.h:mm:ss [fff]")"#, gives: #""029.9:00:05 [123]""#),
      .kql(#"format_timespan(-1h, "hh:mm")"#, gives: #""-01:00""#),
    ])
}

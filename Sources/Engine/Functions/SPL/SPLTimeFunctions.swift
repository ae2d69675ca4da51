/// Times of SPL, which are seconds since 1970: `now`, `relative_time`, `strftime`, `strptime`.
package enum SPLTimeFunctions {
  package static let all: [ScalarFunction] = [now, time, spanBase, relativeTime, strftime, strptime]

  private static func currentTime(
    _ name: String, _ summary: String, notes: [String], examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.spl(name)], Signature([], returns: .fixed(.real)), summary, notes: notes,
      stability: .stablePerQuery,
      kernel: .vector { call in .constant(.real(seconds(of: call.now)), .real, count: call.count) },
      examples: examples)
  }

  /// Whole microseconds: the last tick of a second would round up to the next one.
  private static func seconds(of now: Int64) -> Double {
    Ticks.unixSeconds(of: now - now % Ticks.perMicrosecond)
  }

  /// Where the spans of `earliest=` and `latest=` count from.
  package static let spanBase = ScalarFunction(
    [.spl("search span base")], Signature([], returns: .fixed(.real)),
    "Gives the time that the spans of time modifiers count from.",
    stability: .stablePerQuery,
    kernel: .vector { call in
      .constant(.real(seconds(of: Ticks.spanBase(ofNow: call.now))), .real, count: call.count)
    },
    examples: [])

  package static let now = currentTime(
    "now", "Gives the time at which the search started.", notes: [],
    examples: [.spl("now() = now()", gives: "true()"), .spl("now() - now()", gives: "0")])

  package static let time = currentTime(
    "time", "Gives the time of the run.",
    notes: ["Gives the same as `now()`, so that a run can be repeated; in Splunk it is the wall clock."],
    examples: [.spl("time() = now()", gives: "true()"), .spl("time() - now()", gives: "0")])

  private static let zoneNote = "The local zone is UTC."

  package static let relativeTime = ScalarFunction(
    [.spl("relative_time")], Signature([.real("time"), .string("modifier")], returns: .fixed(.real)),
    "Applies a time modifier such as `-24h@h` to a time.",
    notes: ["Days and longer units snap in UTC. A bad modifier that is no constant gives null."],
    kernel: .prepared { arguments throws(FunctionFailure) in
      var constant: RelativeTime?
      if let text = arguments.text(1) {
        guard let modifier = RelativeTime(text) else {
          throw FunctionFailure(
            "time-modifier", "`\(text)` is no time modifier", argument: 1,
            suggestion: "write offsets and snaps such as `-24h@h`, `@d`, `+1mon@mon`")
        }
        constant = modifier
      }
      let prepared = constant
      return { values in
        guard let seconds = values[0].number,
          let modifier = prepared ?? values.text(1).flatMap({ RelativeTime($0) })
        else { return .null }
        return modifier.evaluate(fromSeconds: seconds).map { .real($0) } ?? .null
      }
    },
    examples: [
      .spl(#"relative_time(90061, "@d")"#, gives: "86400"),
      .spl(#"relative_time(90061, "-1h@h")"#, gives: "86400"),
      .spl(#"isnull(relative_time(nullif(1, 1), "@d"))"#, gives: "true()"),
    ])

  package static let strftime = ScalarFunction(
    [.spl("strftime")], Signature([.real("time"), .string("format")], returns: .fixed(.string)),
    "Writes a time in a format of `%` directives.", notes: [zoneNote],
    kernel: .prepared { arguments in
      let constant = arguments.text(1).map { StrftimeFormat($0) }
      return { values in
        guard let seconds = values[0].number,
          let format = constant ?? values.text(1).map({ StrftimeFormat($0) })
        else { return .null }
        return format.format(seconds: seconds).map { .string($0) } ?? .null
      }
    },
    examples: [
      .spl(#"strftime(0, "%Y-%m-%dT%H:%M:%S")"#, gives: #""1970-01-01T00:00:00""#),
      .spl(#"strftime(1.5, "%s.%3N")"#, gives: #""1.500""#),
      .spl(#"isnull(strftime(lower("x"), "%Y"))"#, gives: "true()"),
    ])

  package static let strptime = ScalarFunction(
    [.spl("strptime")], Signature([.string("text"), .string("format")], returns: .fixed(.real)),
    "Reads a time written in a format of `%` directives; null if it does not fit.",
    notes: [
      zoneNote, "Text behind what the format asks for is passed over.",
      "Without any date in the format it is that of the run; a month without a day does not fit.",
    ],
    stability: .stablePerQuery,
    kernel: .prepared { arguments in
      let constant = arguments.text(1).map { StrftimeFormat($0) }
      let now = arguments.now
      return { values in
        guard let text = values.text(0), let format = constant ?? values.text(1).map({ StrftimeFormat($0) })
        else { return .null }
        return format.parse(text, now: now).map { .real($0) } ?? .null
      }
    },
    examples: [
      .spl(#"strptime("1970-01-02", "%Y-%m-%d")"#, gives: "86400"),
      .spl(#"strptime("1970-01-01T01:00:00+01:00", "%Y-%m-%dT%H:%M:%S%z")"#, gives: "0"),
      .spl(#"isnull(strptime("no", "%Y"))"#, gives: "true()"),
    ])
}

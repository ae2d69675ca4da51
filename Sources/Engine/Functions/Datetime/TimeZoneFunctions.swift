import Foundation

/// Local times of IANA time zones.
package enum TimeZoneFunctions {
  package static let all: [ScalarFunction] = [utcToLocal, localToUTC]

  static let utcToLocal = ScalarFunction(
    [.kql("datetime_utc_to_local")],
    Signature([.datetime("from"), .string("timezone")], returns: .fixed(.datetime)),
    "Gives the local time in a time zone such as `Europe/London`; null if there is no such zone.",
    kernel: converting { ticks, zone in offset(of: zone, at: ticks) },
    examples: [
      .kql(
        #"datetime_utc_to_local(datetime(2024-07-01 12:00), "Europe/London")"#,
        gives: "datetime(2024-07-01 13:00)"),
      .kql(
        #"datetime_utc_to_local(datetime(2024-01-01), "US/Pacific")"#, gives: "datetime(2023-12-31 16:00)"),
      .kql(#"datetime_utc_to_local(datetime(null), "UTC")"#, gives: "datetime(null)"),
    ])

  static let localToUTC = ScalarFunction(
    [.kql("datetime_local_to_utc")],
    Signature([.datetime("from"), .string("timezone")], returns: .fixed(.datetime)),
    "Gives the UTC time of a local time in a time zone such as `Europe/London`; null if there is no such zone.",
    kernel: converting { ticks, zone in
      // The offset holds at the UTC time, which is only known with the offset: twice settles it.
      let guess = ticks &- offset(of: zone, at: ticks)
      return 0 &- offset(of: zone, at: guess)
    },
    examples: [
      .kql(
        #"datetime_local_to_utc(datetime(2024-07-01 13:00), "Europe/London")"#,
        gives: "datetime(2024-07-01 12:00)"),
      .kql(#"datetime_local_to_utc(datetime(2024-01-01), "No/Where")"#, gives: "datetime(null)"),
    ])

  private static func converting(_ shift: @escaping @Sendable (Int64, TimeZone) -> Int64) -> Kernel {
    .prepared { arguments throws(FunctionFailure) in
      let fixed = arguments.text(1).map { TimeZone(identifier: $0) }
      return { values in
        guard case .datetime(let ticks) = values[0], case .string(let name) = values[1],
          let zone = fixed ?? TimeZone(identifier: name)
        else { return .null }
        return Ticks.inRange(ticks &+ shift(ticks, zone)).map { .datetime($0) } ?? .null
      }
    }
  }

  private static func offset(of zone: TimeZone, at ticks: Int64) -> Int64 {
    let date = Date(timeIntervalSince1970: Ticks.unixSeconds(of: ticks))
    return Int64(zone.secondsFromGMT(for: date)) * Ticks.perSecond
  }
}

/// Local times of IANA time zones.
package enum TimeZoneFunctions {
  package static let all: [ScalarFunction] = [utcToLocal, localToUTC, listTimeZones]

  private static let zoneNote = "Zones and their changes come from the machine's time zone data."

  static let utcToLocal = ScalarFunction(
    [.kql("datetime_utc_to_local")],
    Signature([.datetime("from"), .string("timezone")], returns: .fixed(.datetime)),
    "Gives the local time in a time zone such as `Europe/London`; null if there is no such zone.",
    notes: [zoneNote],
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
    notes: [
      zoneNote,
      "A local time that comes twice is taken as the later one, one that is skipped by the clocks behind the change.",
    ],
    kernel: converting { ticks, zone in
      // The offset holds at the UTC time, which is only known with the offset.
      let before = offset(of: zone, at: ticks &- Ticks.perDay)
      let behind = offset(of: zone, at: ticks &+ Ticks.perDay)
      let isBefore =
        offset(of: zone, at: ticks &- behind) != behind && offset(of: zone, at: ticks &- before) == before
      return 0 &- (isBefore ? before : behind)
    },
    examples: [
      .kql(
        #"datetime_local_to_utc(datetime(2024-07-01 13:00), "Europe/London")"#,
        gives: "datetime(2024-07-01 12:00)"),
      .kql(
        #"datetime_local_to_utc(datetime(2024-10-27 01:30), "Europe/London")"#,
        gives: "datetime(2024-10-27 01:30)", why: "the hour that comes twice"),
      .kql(
        #"datetime_local_to_utc(datetime(2024-11-03 01:30), "US/Pacific")"#,
        gives: "datetime(2024-11-03 09:30)"),
      .kql(
        #"datetime_local_to_utc(datetime(2024-03-31 01:30), "Europe/London")"#,
        gives: "datetime(2024-03-31 00:30)", why: "the hour that is skipped"),
      .kql(#"datetime_local_to_utc(datetime(2024-01-01), "No/Where")"#, gives: "datetime(null)"),
    ])

  static let listTimeZones = ScalarFunction(
    [.kql("datetime_list_timezones")], Signature([], returns: .fixed(.dynamic)),
    "Gives the names of the time zones that are known on this machine.",
    differs: ["The service has a fixed list; here it is the machine's."], nulls: .neverNull,
    stability: .stablePerQuery,
    kernel: .scalar { _ in .array(TimeZoneData.names.map { .string($0) }) },
    examples: [
      .kql(#"set_has_element(datetime_list_timezones(), "Europe/London")"#, gives: "true"),
      .kql(#"set_has_element(datetime_list_timezones(), "Europe/Atlantis")"#, gives: "false"),
    ])

  private static func converting(_ shift: @escaping @Sendable (Int64, TimeZoneRules) -> Int64) -> Kernel {
    .prepared { arguments throws(FunctionFailure) in
      let name = arguments.text(1)
      if TimeZoneData.folder == nil, name != "UTC", name != "GMT" {
        throw FunctionFailure(
          "no-time-zones", "this machine has no time zone data", argument: 1,
          suggestion: "install it: the package is called tzdata")
      }
      let fixed = name.map { TimeZoneData.rules(of: $0) }
      return { values in
        guard case .datetime(let ticks) = values[0], case .string(let name) = values[1],
          let zone = fixed ?? TimeZoneData.rules(of: name)
        else { return .null }
        return Ticks.inRange(ticks &+ shift(ticks, zone)).map { .datetime($0) } ?? .null
      }
    }
  }

  private static func offset(of zone: TimeZoneRules, at ticks: Int64) -> Int64 {
    let seconds = Int64(Ticks.unixSeconds(of: ticks).rounded(.down))
    return Int64(zone.offset(at: seconds)) * Ticks.perSecond
  }
}

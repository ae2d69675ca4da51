/// The offsets of a time zone from UTC over time, as compiled time zone data gives them (TZif, RFC 9636).
///
/// ```
///   transitions  2024-03-31T01:00Z   2024-10-27T01:00Z   …    then the footer: GMT0BST,M3.5.0/1,M10.5.0
///   offsets            +1:00               +0:00         …
/// ```
struct TimeZoneRules: Sendable {
  /// Unix seconds, ascending.
  private var transitions: [Int64] = []
  /// Seconds east of UTC from each transition on.
  private var offsets: [Int] = []
  /// What holds before the first transition.
  private var first = 0
  /// What holds behind the last transition.
  private var footer: RepeatedTimeChange?

  static let utc = TimeZoneRules()

  /// Seconds east of UTC.
  func offset(at time: Int64) -> Int {
    guard let start = transitions.first, time >= start else {
      return transitions.isEmpty ? footer?.offset(at: time) ?? first : first
    }
    if time >= transitions[transitions.count - 1], let footer { return footer.offset(at: time) }
    var (low, high) = (0, transitions.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if transitions[middle] <= time { low = middle } else { high = middle }
    }
    return offsets[low]
  }
}

extension TimeZoneRules {
  private struct Header {
    var version: UInt8
    /// isutcnt, isstdcnt, leapcnt, timecnt, typecnt, charcnt.
    var counts: [Int]

    /// The bytes behind the header, with times of so many bytes.
    func size(timeBytes: Int) -> Int {
      counts[3] * (timeBytes + 1) + counts[4] * 6 + counts[5] + counts[2] * (timeBytes + 4) + counts[1]
        + counts[0]
    }
  }

  private static let headerSize = 44

  /// Nil for bytes that are no such file.
  init?(_ bytes: [UInt8]) {
    guard let old = TimeZoneRules.header(bytes, at: 0) else { return nil }
    var start = TimeZoneRules.headerSize
    var header = old
    var timeBytes = 4
    if old.version >= 0x32 {
      // The same again with times of eight bytes, and a footer.
      let second = start + old.size(timeBytes: 4)
      guard let newer = TimeZoneRules.header(bytes, at: second) else { return nil }
      header = newer
      start = second + TimeZoneRules.headerSize
      timeBytes = 8
    }
    let end = start + header.size(timeBytes: timeBytes)
    guard end <= bytes.count, header.counts[4] > 0 else { return nil }
    let (times, types) = (header.counts[3], header.counts[4])
    let kinds = start + times * timeBytes
    let infos = kinds + times
    let known = (0..<types).map {
      Int(Int32(truncatingIfNeeded: TimeZoneRules.number(bytes, infos + $0 * 6, 4)))
    }
    first = known[0]
    for index in 0..<times {
      let kind = Int(bytes[kinds + index])
      guard kind < types else { return nil }
      let time = TimeZoneRules.number(bytes, start + index * timeBytes, timeBytes)
      transitions.append(timeBytes == 8 ? time : Int64(Int32(truncatingIfNeeded: time)))
      offsets.append(known[kind])
    }
    guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
    if timeBytes == 8, end < bytes.count, bytes[end] == 0x0A {
      let text = bytes[(end + 1)...].prefix { $0 != 0x0A }
      if !text.isEmpty {
        guard let rule = RepeatedTimeChange(String(decoding: text, as: UTF8.self)) else { return nil }
        footer = rule
      }
    }
  }

  private static func header(_ bytes: [UInt8], at start: Int) -> Header? {
    guard start >= 0, bytes.count >= start + headerSize, bytes[start..<(start + 4)].elementsEqual("TZif".utf8)
    else {
      return nil
    }
    let counts = (0..<6).map { Int(number(bytes, start + 20 + $0 * 4, 4)) }
    // A file is small; larger counts are none.
    guard counts.allSatisfy({ $0 <= 1 << 20 }) else { return nil }
    return Header(version: bytes[start + 4], counts: counts)
  }

  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64 {
    Int64(bitPattern: bytes[start..<(start + count)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

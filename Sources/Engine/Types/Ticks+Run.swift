/// The time of a run that follows from its logs.
extension Ticks {
  /// Just past the newest event: the end of its second, so that `< now()` sees the event and a log that ends at
  /// 23:59:59 stays in its day.
  ///
  ///     10:00:00 → 10:00:00.9999999
  package static func justPast(_ newest: Int64) -> Int64 {
    guard let second = Ticks.floor(newest, to: perSecond) else { return newest }
    return max(second &+ (perSecond - 1), newest &+ 1)
  }

  /// The time that spans count back from. A run at the very end of a second counts from where the second begins,
  /// which is the newest event's time: `ago(1h)` of a log that ends at 10:00:00 is 9:00:00.
  package static func spanBase(ofNow now: Int64) -> Int64 {
    guard let second = Ticks.floor(now, to: perSecond), now &- second == perSecond - 1 else { return now }
    return second
  }
}

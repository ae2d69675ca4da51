extension SPLWindowFunctions {
  /// How many rows are under way when a row begins, itself among them; null for one without a beginning or duration.
  package static let concurrency = make(
    "concurrency", "How many rows are under way when a row begins.", .fixed(.long),
    [.any("start"), .any("duration")]
  ) { call in
    guard call.arguments.count == 2 else { return .constant(.null, .long, count: call.count) }
    let spans = (0..<call.count).map { row -> (start: Double, end: Double)? in
      guard let start = NumberReader.number(call.arguments[0].value(at: row)),
        let duration = NumberReader.number(call.arguments[1].value(at: row)), !start.isNaN, duration >= 0
      else { return nil }
      return (start, start + duration)
    }
    let starts = spans.compactMap { $0?.start }.sorted()
    let ends = spans.compactMap { $0?.end }.sorted()
    return Column.of(
      .long,
      spans.map { span -> Value in
        guard let span else { return .null }
        let begun = count(of: starts, upTo: span.start)
        let over = count(of: ends, upTo: span.start)
        // What has no duration is under way at its own beginning.
        return .long(Int64(begun - over + (span.end == span.start ? 1 : 0)))
      })
  }

  /// How many of some numbers in order are not greater than another.
  private static func count(of numbers: [Double], upTo limit: Double) -> Int {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] <= limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

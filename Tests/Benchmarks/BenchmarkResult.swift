/// One line of the output: JSON.
struct BenchmarkResult {
  var name: String
  var inputRows: Int
  var rows: Int
  var reading: Stopwatch.Reading
  /// Equal for equal answers, whatever the order of their rows.
  var digest = ""

  var json: String {
    "{\"name\":\"\(name)\",\"input_rows\":\(inputRows),\"rows\":\(rows),\"digest\":\"\(digest)\","
      + "\"ms\":\(rounded(reading.milliseconds)),\"cpu_ms\":\(rounded(reading.cpuMilliseconds)),"
      + "\"peak_mib\":\(rounded(Stopwatch.peakMemory()))}"
  }

  private func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
}

struct BenchmarkFailure: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

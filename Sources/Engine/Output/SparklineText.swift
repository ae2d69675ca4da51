/// A row of values in one line of text: `▁▂▇█`.
package enum SparklineText {
  /// What a list of values begins with that is a picture, as Splunk writes it.
  package static let mark = "##__SPARKLINE__##"

  private static let blocks = Array("▁▂▃▄▅▆▇█")

  /// The values of a list that is a sparkline; nil of any other.
  package static func values(of value: JSONValue) -> [Double]? {
    guard case .array(let elements) = value, elements.first == .string(mark) else { return nil }
    return elements.dropFirst().map { element in
      switch element {
      case .long(let number): Double(number)
      case .real(let number): number
      case .string(let text): Double(text) ?? .nan
      case .null, .bool, .array, .object: .nan
      }
    }
  }

  /// From the least to the greatest value, and from 0 where all are above it; what is no number is a blank.
  package static func text(_ values: [Double]) -> String {
    let numbers = values.filter(\.isFinite)
    guard let least = numbers.min(), let most = numbers.max() else {
      return String(repeating: " ", count: values.count)
    }
    // Halves, since the distance of two numbers may be no number.
    let base = min(least, 0) / 2
    let range = most / 2 - base
    return String(
      values.map { value -> Character in
        guard value.isFinite else { return " " }
        let share = range > 0 ? (value / 2 - base) / range : 0
        return blocks[max(0, min(7, Int((share * 7).rounded(.up))))]
      })
  }
}

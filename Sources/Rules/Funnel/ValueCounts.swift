import Diagnostics
import Engine

/// The distinct texts of a column and how often each stands there.
struct ValueCounts {
  /// Filled texts, most frequent first, then in their own order.
  private(set) var values: [(text: String, count: Int)] = []
  private(set) var emptyCount = 0
  let rowCount: Int

  /// So many distinct values are looked through for near ones.
  private static let maximumCandidates = 20_000

  init(_ column: Column) {
    rowCount = column.count
    var counts: [String: Int] = [:]
    if case .string(let strings) = column, strings.type == .string {
      var codes = [Int](repeating: 0, count: strings.dictionary.count)
      for row in 0..<column.count {
        if let validity = strings.validity, !validity[row] {
          emptyCount += 1
        } else {
          codes[Int(strings.codes[row])] += 1
        }
      }
      for (code, count) in codes.enumerated() where count > 0 {
        counts[strings.dictionary.text(UInt32(code)), default: 0] += count
      }
    } else {
      for row in 0..<column.count {
        switch column.value(at: row) {
        case .null: emptyCount += 1
        case .dynamic(.array(let elements)):
          for element in elements { counts[element.scalarText, default: 0] += 1 }
        case let value: counts[value.scalarText, default: 0] += 1
        }
      }
    }
    emptyCount += counts.removeValue(forKey: "") ?? 0
    values = counts.map { ($0.key, $0.value) }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
  }

  func count(of text: String) -> Int { values.first { $0.text == text }?.count ?? 0 }

  /// The values closest to a text: near spellings, then those that hold it or are held by it.
  func closest(to text: String) -> [(text: String, count: Int)] {
    let candidates = values.prefix(ValueCounts.maximumCandidates)
    var names = NearestNames.of(text, among: candidates.map(\.text))
    let lowered = text.lowercased()
    if !lowered.isEmpty {
      let related = candidates.lazy.map(\.text).filter { value in
        let other = value.lowercased()
        return other.contains(lowered) || lowered.contains(other)
      }
      for value in related.prefix(3) where !names.contains(value) { names.append(value) }
    }
    return names.prefix(3).map { ($0, count(of: $0)) }
  }

  /// `"SendEmail" (120), "Publish" (3)`.
  static func list(_ values: some Sequence<(text: String, count: Int)>) -> String {
    values.map { "\(quoted($0.text)) (\($0.count))" }.joined(separator: ", ")
  }

  /// In quotes, cut where it is long.
  static func quoted(_ text: String) -> String {
    JSONValue.string(text.count > 80 ? text.prefix(79) + "…" : text).text
  }
}

extension Value {
  /// As messages show it: times without idle zeros.
  var scalarText: String {
    switch self {
    case .dynamic(let value): return value.scalarText
    case .string(let text): return text
    case .datetime(let ticks): return Ticks.shortText(ticks)
    case .null, .bool, .long, .real, .decimal, .timespan, .guid: return kqlText
    }
  }
}

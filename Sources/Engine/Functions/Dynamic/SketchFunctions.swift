/// Readers of what `hll` and `tdigest` leave: here exact arrays of values.
package enum SketchFunctions {
  package static let all: [ScalarFunction] = [
    dcountHLL, mergeStates, percentileDigest, percentilesDigest, rankDigest, percentRankDigest, mergeDigests,
  ]

  private static let exact = "Exact: a state holds all values, not an estimate."

  static let dcountHLL = ScalarFunction(
    [.kql("dcount_hll")], Signature([.dynamic("state")], returns: .fixed(.long)),
    "The number of distinct values in a state of `hll`.", differs: [exact], naming: .prefixed,
    kernel: .scalar { arguments in
      guard case .dynamic(.array(let values))? = arguments.first else { return .null }
      return .long(Int64(Set(values).count))
    },
    examples: [
      .kql(#"dcount_hll(dynamic(["a","b","a"]))"#, gives: "2"),
      .kql("dcount_hll(dynamic(null))", gives: "long(null)"),
    ])

  private static let states: [Parameter] = [
    .dynamic("state"), .dynamic("state"), Parameter.dynamic("state").repeated,
  ]

  /// The elements of the states that are arrays, one after the other; null without any.
  private static func joined(_ values: [Value]) -> [JSONValue]? {
    var result: [JSONValue]?
    for case .dynamic(.array(let elements)) in values { result = (result ?? []) + elements }
    return result.flatMap { $0.count <= DynamicLimit.elements ? $0 : nil }
  }

  static let mergeStates = ScalarFunction(
    [.kql("hll_merge")], Signature(states, returns: .fixed(.dynamic)),
    "One state out of several of `hll`.", notes: ["In `summarize` it merges the states of all rows."],
    differs: [exact], nulls: .ignoresNulls, naming: .fixed("hll_merged_result"),
    kernel: .scalar { values in
      guard let elements = joined(values) else { return .null }
      var seen: Set<JSONValue> = []
      return .array(elements.filter { seen.insert($0).inserted })
    },
    examples: [
      .kql("dcount_hll(hll_merge(dynamic([1,2]), dynamic([2,3])))", gives: "3"),
      .kql("dcount_hll(hll_merge(dynamic(null), dynamic([2,3])))", gives: "2"),
    ])

  static let mergeDigests = ScalarFunction(
    [.kql("merge_tdigest"), .kqlAlias("tdigest_merge")], Signature(states, returns: .fixed(.dynamic)),
    "One state out of several of `tdigest`.", notes: ["In `summarize` it merges the states of all rows."],
    differs: [exact], nulls: .ignoresNulls, naming: .fixed("tdigests_merge_result"),
    kernel: .scalar { values in joined(values).map { .array($0) } ?? .null },
    examples: [
      .kql("percentile_tdigest(merge_tdigest(dynamic([1,2]), dynamic([3])), 100)", gives: "dynamic(3)"),
      .kql("merge_tdigest(dynamic(null), dynamic(null))", gives: "dynamic(null)"),
    ])

  static let percentileDigest = ScalarFunction(
    [.kql("percentile_tdigest")],
    Signature(
      [.dynamic("state"), .real("percentage"), Parameter.any("type").optional.constant],
      returns: .fixed(.dynamic)),
    "A percentile of the values in a state of `tdigest`, by the nearest rank.", differs: [exact],
    nulls: .handlesNulls, naming: .prefixed,
    kernel: .scalar { arguments in
      guard let values = digest(arguments.first), let percentage = arguments[1].number else { return .null }
      return percentile(percentage, of: values)
    },
    examples: [
      .kql("percentile_tdigest(dynamic([30,10,20]), 50)", gives: "dynamic(20)"),
      .kql("percentile_tdigest(dynamic([]), 50)", gives: "dynamic(null)"),
    ])

  static let percentilesDigest = ScalarFunction(
    [.kql("percentiles_array_tdigest")],
    Signature(
      [.dynamic("state"), .any("percentages"), Parameter.any("percentages").repeated],
      returns: .fixed(.dynamic)),
    "Several percentiles of the values in a state of `tdigest`, as an array.", differs: [exact],
    naming: .prefix("percentile_tdigest"),
    kernel: .scalar { arguments in
      guard let values = digest(arguments.first) else { return .null }
      let percentages = arguments.dropFirst().flatMap { argument -> [Double] in
        guard case .dynamic(.array(let elements)) = argument else { return [argument.number ?? .nan] }
        return elements.map { $0.scalar?.number ?? .nan }
      }
      return .dynamic(.array(percentages.map { percentile($0, of: values).json }))
    },
    examples: [
      .kql("percentiles_array_tdigest(dynamic([30,10,20]), 50, 100)", gives: "dynamic([20,30])"),
      .kql("percentiles_array_tdigest(dynamic([30,10,20]), dynamic([1,101]))", gives: "dynamic([10,null])"),
    ])

  static let rankDigest = ScalarFunction(
    [.kql("rank_tdigest")], Signature([.dynamic("state"), .any("value")], returns: .fixed(.real)),
    "How many values in a state of `tdigest` are not above a value.", differs: [exact],
    kernel: .scalar { arguments in
      guard let values = digest(arguments.first) else { return .null }
      return .real(rank(of: arguments[1], in: values))
    },
    examples: [
      .kql("rank_tdigest(dynamic([1,2,3,4]), 3)", gives: "3.0"),
      .kql("rank_tdigest(dynamic([]), 3)", gives: "0.0"),
    ])

  static let percentRankDigest = ScalarFunction(
    [.kql("percentrank_tdigest")],
    Signature([.dynamic("state"), .any("value")], returns: .fixed(.real)),
    "How many of a hundred values in a state of `tdigest` are not above a value.", differs: [exact],
    kernel: .scalar { arguments in
      guard let values = digest(arguments.first), !values.isEmpty else { return .null }
      return .real(rank(of: arguments[1], in: values) * 100 / weight(of: values))
    },
    examples: [
      .kql("percentrank_tdigest(dynamic([1,2,3,4]), 3)", gives: "75.0"),
      .kql("percentrank_tdigest(dynamic([]), 3)", gives: "real(null)"),
    ])

  private struct Entry {
    var value: Value
    var weight: Double
  }

  /// The values of a state in order. One with a weight is an array of the two.
  private static func digest(_ state: Value?) -> [Entry]? {
    guard case .dynamic(.array(let elements))? = state else { return nil }
    return elements.filter { $0 != .null }.map { element in
      guard case .array(let pair) = element, pair.count == 2, let weight = pair[1].scalar?.number else {
        return Entry(value: value(element), weight: 1)
      }
      return Entry(value: value(pair[0]), weight: max(0, weight))
    }.sorted { ValueOrder.isBefore($0.value, $1.value) }
  }

  /// Numbers are compared by value, times by their texts, which sort the same.
  private static func value(_ element: JSONValue) -> Value { element.scalar ?? .dynamic(element) }

  private static func weight(of entries: [Entry]) -> Double { entries.reduce(0) { $0 + $1.weight } }

  private static func rank(of bound: Value, in entries: [Entry]) -> Double {
    let bound = value(bound.json)
    return weight(of: entries.filter { !ValueOrder.isBefore(bound, $0.value) })
  }

  private static func percentile(_ percentage: Double, of entries: [Entry]) -> Value {
    guard let last = entries.last, percentage >= 0, percentage <= 100 else { return .null }
    let wanted = weight(of: entries) * percentage / 100
    var reached = 0.0
    for entry in entries {
      reached += entry.weight
      if reached >= wanted { return .dynamic(entry.value.json) }
    }
    return .dynamic(last.value.json)
  }
}

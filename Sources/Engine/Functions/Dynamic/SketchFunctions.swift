/// Readers of what `hll` and `tdigest` leave: here exact arrays of values.
package enum SketchFunctions {
  package static let all: [ScalarFunction] = [
    dcountHLL, percentileDigest, percentilesDigest, rankDigest,
  ]

  static let dcountHLL = ScalarFunction(
    [.kql("dcount_hll")], Signature([.dynamic("state")], returns: .fixed(.long)),
    "The number of distinct values in a state of `hll`.", notes: ["Exact."], naming: .prefixed,
    kernel: .scalar { arguments in
      guard case .dynamic(.array(let values))? = arguments.first else { return .null }
      return .long(Int64(Set(values).count))
    },
    examples: [
      .kql(#"dcount_hll(dynamic(["a","b","a"]))"#, gives: "2"),
      .kql("dcount_hll(dynamic(null))", gives: "long(null)"),
    ])

  static let percentileDigest = ScalarFunction(
    [.kql("percentile_tdigest")],
    Signature(
      [.dynamic("state"), .real("percentage"), Parameter.any("type").optional.constant],
      returns: .fixed(.dynamic)),
    "A percentile of the values in a state of `tdigest`, by the nearest rank.", notes: ["Exact."],
    nulls: .handlesNulls, naming: .prefixed,
    kernel: .scalar { arguments in
      guard let values = sorted(arguments.first), let percentage = arguments[1].number else { return .null }
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
    "Several percentiles of the values in a state of `tdigest`, as an array.", notes: ["Exact."],
    naming: .prefixed,
    kernel: .scalar { arguments in
      guard let values = sorted(arguments.first) else { return .null }
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
    "How many values in a state of `tdigest` are not above a value.", notes: ["Exact."], naming: .prefixed,
    kernel: .scalar { arguments in
      guard let values = sorted(arguments.first) else { return .null }
      let bound = value(arguments[1].json)
      return .real(Double(values.count { !ValueOrder.isBefore(bound, $0) }))
    },
    examples: [
      .kql("rank_tdigest(dynamic([1,2,3,4]), 3)", gives: "3.0"),
      .kql("rank_tdigest(dynamic([]), 3)", gives: "0.0"),
    ])

  private static func sorted(_ state: Value?) -> [Value]? {
    guard case .dynamic(.array(let elements))? = state else { return nil }
    return elements.filter { $0 != .null }.map(value).sorted(by: ValueOrder.isBefore)
  }

  /// Numbers are compared by value, times by their texts, which sort the same.
  private static func value(_ element: JSONValue) -> Value { element.scalar ?? .dynamic(element) }

  private static func percentile(_ percentage: Double, of values: [Value]) -> Value {
    guard !values.isEmpty, percentage >= 0, percentage <= 100 else { return .null }
    let rank = Int((Double(values.count) * percentage / 100).rounded(.up))
    return .dynamic(values[max(1, min(values.count, rank)) - 1].json)
  }
}

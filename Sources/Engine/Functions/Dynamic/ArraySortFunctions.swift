/// `array_sort_asc` and `array_sort_desc`: sort one array, and others along with it.
///
/// A call in an expression gives the first array. The records `[array_sort_asc]` and `[array_sort_desc]` give
/// an array of all sorted arrays, for `MultiOutputFunctions`.
package enum ArraySortFunctions {
  package static let all: [ScalarFunction] = [
    sort(
      "array_sort_asc", isAscending: true,
      examples: [
        .kql("array_sort_asc(dynamic([3,null,1,2]))", gives: "dynamic([1,2,3,null])"),
        .kql("array_sort_asc(dynamic([3,null,1]), false)", gives: "dynamic([null,1,3])"),
        .kql(#"array_sort_asc(dynamic(["b",2,"a"]))"#, gives: #"dynamic([2,"a","b"])"#),
        .kql("array_sort_asc(dynamic(null))", gives: "dynamic(null)"),
      ]),
    sort(
      "array_sort_desc", isAscending: false,
      examples: [
        .kql("array_sort_desc(dynamic([3,null,1,2]))", gives: "dynamic([3,2,1,null])"),
        .kql(#"array_sort_desc(dynamic([1,"a",2]))"#, gives: #"dynamic([2,1,"a"])"#),
        .kql(#"array_sort_desc(dynamic({"a":1}))"#, gives: "dynamic(null)"),
      ]),
    sortAll("array_sort_asc", isAscending: true), sortAll("array_sort_desc", isAscending: false),
  ]

  private static let signature = Signature(
    [.dynamic("array"), .any("next").repeated],
    returns: .computed { types, _ in
      let others = types.dropFirst()
      let isFine =
        others.dropLast().allSatisfy { $0 == .dynamic }
        && (others.last.map { $0 == .dynamic || $0 == .bool } ?? true)
      return isFine ? .dynamic : nil
    })

  private static func sort(
    _ name: String, isAscending: Bool, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], signature,
      "Sorts an array \(isAscending ? "up" : "down"): numbers, then texts, then the rest; nulls last.",
      notes: [
        "Further arrays are put in the same order; one of another length gives null.",
        "Within an expression several arrays give an array of them.",
        "A last argument of false puts nulls first.",
      ], nulls: .handlesNulls,
      kernel: .scalar { values in
        guard case .dynamic(.array(let arrays)) = sorted(values, isAscending: isAscending) else {
          return .null
        }
        return arrays.first.map { .dynamic($0) } ?? .null
      }, examples: examples)
  }

  private static func sortAll(_ name: String, isAscending: Bool) -> ScalarFunction {
    ScalarFunction(
      [.kql("[\(name)]")], signature, "All outputs of `\(name)` in an array.", nulls: .handlesNulls,
      kernel: .scalar { values in sorted(values, isAscending: isAscending) }, examples: [])
  }

  /// An array of the sorted arrays.
  private static func sorted(_ values: [Value], isAscending: Bool) -> Value {
    var arrays = values
    var nullsLast = true
    if case .bool(let flag)? = arrays.last {
      nullsLast = flag
      arrays.removeLast()
    }
    guard let keys = arrays.first?.elements else { return .array(arrays.map { _ in .null }) }
    let order = keys.indices.sorted { left, right in
      let first = keys[left]
      let second = keys[right]
      if first == .null || second == .null {
        if first == .null, second == .null { return left < right }
        return (first == .null) != nullsLast
      }
      // Kinds keep their order, whichever way their values go.
      let ranks = (rank(first), rank(second))
      if ranks.0 != ranks.1 { return ranks.0 < ranks.1 }
      if isBefore(first, second) { return isAscending }
      if isBefore(second, first) { return !isAscending }
      return left < right
    }
    return .array(
      arrays.map { value in
        guard let elements = value.elements, elements.count == keys.count else { return .null }
        return .array(order.map { elements[$0] })
      })
  }

  private static func isBefore(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.long(let first), .long(let second)): return first < second
    case (.string(let first), .string(let second)):
      return first.precedes(second)
    case (.bool(let first), .bool(let second)): return !first && second
    default:
      guard let first = left.number, let second = right.number else { return false }
      return first < second
    }
  }

  private static func rank(_ value: JSONValue) -> Int {
    switch value {
    case .long, .real: 0
    case .string: 1
    case .bool: 2
    case .array: 3
    case .object: 4
    case .null: 5
    }
  }
}

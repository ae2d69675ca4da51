/// Arrays as sets: numbers compare by value, texts by case; results come in the order first seen.
package enum SetFunctions {
  package static let all: [ScalarFunction] = [hasElement, difference, union, intersect, equals, jaccard]

  private static let sets = Signature(
    [.dynamic("first"), .dynamic("second"), .dynamic("next").repeated], returns: .fixed(.dynamic))
  private static let pair = [Parameter.dynamic("first"), Parameter.dynamic("second")]

  package static let hasElement = ScalarFunction(
    [.kql("set_has_element")], Signature([.dynamic("set"), .any("value")], returns: .fixed(.bool)),
    "Is true if an array has a value as an element; numbers never equal texts.",
    kernel: .prepared { arguments in
      let known = arguments.constants[0]?.elements.map { Set($0.map(\.identity)) }
      return { values in
        let wanted = values[1].json.identity
        if let known { return .bool(known.contains(wanted)) }
        guard let elements = values[0].elements else { return .null }
        return .bool(elements.contains { $0.identity == wanted })
      }
    },
    examples: [
      .kql(#"set_has_element(dynamic(["a","b"]), "b")"#, gives: "true"),
      .kql(#"set_has_element(dynamic([4]), "4")"#, gives: "false", why: "a text is no number"),
      .kql("set_has_element(dynamic([4.0]), 4)", gives: "true"),
    ])

  static let difference = ScalarFunction(
    [.kql("set_difference")], sets, "Gives the distinct elements of the first array that no other has.",
    kernel: .scalar { values in
      guard let arrays = arrays(values) else { return .null }
      let others = Set(arrays.dropFirst().joined().map(\.identity))
      return .array(distinct(arrays[0]) { !others.contains($0) })
    },
    examples: [
      .kql("set_difference(dynamic([1,2,2,3]), dynamic([3,4]))", gives: "dynamic([1,2])"),
      .kql("set_difference(dynamic([1]), dynamic([1]))", gives: "dynamic([])"),
    ])

  static let union = ScalarFunction(
    [.kql("set_union")],
    Signature([.dynamic("first"), .dynamic("second"), .dynamic("next").repeated], returns: .fixed(.dynamic)),
    "Gives the distinct elements of all arrays.",
    kernel: .scalar { values in
      guard let arrays = arrays(values) else { return .null }
      let union = distinct(Array(arrays.joined())) { _ in true }
      return DynamicLimit.admits(union.count) ? .array(Array(union)) : .null
    },
    examples: [
      .kql("set_union(dynamic([1,2]), dynamic([2,3]))", gives: "dynamic([1,2,3])"),
      .kql(#"set_union(dynamic(["a"]), dynamic(["A"]))"#, gives: #"dynamic(["a","A"])"#),
    ])

  static let intersect = ScalarFunction(
    [.kql("set_intersect")], sets, "Gives the distinct elements that all arrays have.",
    kernel: .scalar { values in
      guard let arrays = arrays(values) else { return .null }
      let others = arrays.dropFirst().map { Set($0.map(\.identity)) }
      return .array(distinct(arrays[0]) { element in others.allSatisfy { $0.contains(element) } })
    },
    examples: [
      .kql("set_intersect(dynamic([1,2,3,2]), dynamic([2,3,4]))", gives: "dynamic([2,3])"),
      .kql("set_intersect(dynamic([1]), dynamic([2]))", gives: "dynamic([])"),
    ])

  static let equals = ScalarFunction(
    [.kql("set_equals")], Signature(pair, returns: .fixed(.bool)),
    "Is true if two arrays have the same elements, whatever their order and number.",
    kernel: .scalar { values in
      guard let arrays = arrays(values) else { return .null }
      return .bool(Set(arrays[0].map(\.identity)) == Set(arrays[1].map(\.identity)))
    },
    examples: [
      .kql("set_equals(dynamic([1,2]), dynamic([2,1,1]))", gives: "true"),
      .kql("set_equals(dynamic([1]), dynamic([]))", gives: "false"),
    ])

  static let jaccard = ScalarFunction(
    [.kql("jaccard_index")], Signature(pair, returns: .fixed(.dynamic)),
    "Gives the share of elements that two arrays have in common, 0 to 1.",
    notes: ["Of two empty arrays it is NaN."],
    kernel: .scalar { values in
      guard let arrays = arrays(values) else { return .null }
      let first = Set(arrays[0].map(\.identity))
      let second = Set(arrays[1].map(\.identity))
      let common = first.count { second.contains($0) }
      return .dynamic(.real(Double(common) / Double(first.count + second.count - common)))
    },
    examples: [
      .kql("jaccard_index(dynamic([1,2,3]), dynamic([1,2,3,4]))", gives: "dynamic(0.75)"),
      .kql("jaccard_index(dynamic([1,1]), dynamic([2]))", gives: "dynamic(0.0)"),
    ])

  private static func arrays(_ values: [Value]) -> [[JSONValue]]? {
    var result: [[JSONValue]] = []
    for value in values {
      guard let elements = value.elements else { return nil }
      result.append(elements)
    }
    return result
  }

  private static func distinct(_ elements: [JSONValue], _ isWanted: (JSONValue) -> Bool) -> [JSONValue] {
    var seen: Set<JSONValue> = []
    return elements.filter { element in
      let identity = element.identity
      return isWanted(identity) && seen.insert(identity).inserted
    }
  }
}

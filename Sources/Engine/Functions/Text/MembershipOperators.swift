/// KQL's operators over a list: `in`, `in~`, `has_any`, `has_all`.
package enum MembershipOperators {
  package static let all: [ScalarFunction] = [
    isIn, isNotIn, isInIgnoringCase, isNotInIgnoringCase, hasAny, hasAll, hasAnyIndex,
  ]

  static let isIn = plain(
    "in", isNegated: false, "Is true if the value equals one of the list.",
    examples: [
      .kql(#""GET" in ("GET", "PUT")"#, gives: "true"),
      .kql(#""get" in ("GET", "PUT")"#, gives: "false"),
      .kql(#"2 in (dynamic([1, 2]))"#, gives: "true", why: "arrays are flattened"),
      .kql("int(null) in (1, 2)", gives: "false"),
    ])

  static let isNotIn = plain(
    "!in", isNegated: true, "Is true if the value equals none of the list.",
    examples: [
      .kql(#""GET" !in ("GET", "PUT")"#, gives: "false"),
      .kql("int(null) !in (1, 2)", gives: "true", why: "null differs from every value"),
    ])

  private static func plain(
    _ name: String, isNegated: Bool, _ summary: String, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)],
      Signature(
        [.any("value"), .any("list").repeated],
        returns: .computed { types, _ in
          types.dropFirst().allSatisfy { isComparable(types[0], $0) } ? .bool : nil
        }),
      summary, notes: ["Arrays in the list are flattened."], nulls: .handlesNulls, notation: .list,
      kernel: .vector { call in MembershipKernels.isMember(call, isNegated: isNegated) },
      meaning: PredicateMeaning(.equals, isNegated: isNegated), examples: examples)
  }

  private static func isComparable(_ left: DataType, _ right: DataType) -> Bool {
    if left == right || left == .dynamic || right == .dynamic { return true }
    return (left.isNumeric || left == .bool) && (right.isNumeric || right == .bool)
  }

  static let isInIgnoringCase = foldedMembership(
    "in~", isNegated: false, "Is true if the text equals one of the list but for case.",
    examples: [
      .kql(#""get" in~ ("GET", "PUT")"#, gives: "true"),
      .kql(#""get" in~ (dynamic(["PUT"]))"#, gives: "false"),
    ])

  static let isNotInIgnoringCase = foldedMembership(
    "!in~", isNegated: true, "Is true if the text differs from all of the list by more than case.",
    examples: [
      .kql(#""get" !in~ ("GET", "PUT")"#, gives: "false"), .kql(#""get" !in~ ("PUT")"#, gives: "true"),
    ])

  private static func foldedMembership(
    _ name: String, isNegated: Bool, _ summary: String, examples: [FunctionExample]
  ) -> ScalarFunction {
    ScalarFunction(
      [.kql(name)], Signature([.string("text"), texts.repeated], returns: .fixed(.bool)), summary,
      notes: ["Arrays in the list are flattened."], notation: .list,
      kernel: .textTest { arguments in
        var keys: [[UInt8]] = []
        for var text in ListArguments.texts(arguments, from: 1) {
          keys.append(text.withUTF8 { SimpleCaseFold.foldedBytes($0) })
        }
        let set = TextSet(keys)
        return { text in
          let key = SimpleCaseFold.foldedBytes(text)
          return key.withUnsafeBufferPointer { set.contains($0) } != isNegated
        }
      }, meaning: PredicateMeaning(.equals, ignoresCase: true, isNegated: isNegated), examples: examples)
  }

  private static let texts = Parameter.oneOf("list", [.string, .dynamic])

  private static func needles(_ arguments: PreparedArguments) -> [TermNeedle] {
    ListArguments.texts(arguments, from: 1).map { TermNeedle($0, ignoresCase: true, edges: .both) }
  }

  static let hasAny = ScalarFunction(
    [.kql("has_any")], Signature([.string("text"), texts.repeated], returns: .fixed(.bool)),
    "Is true if one of the list stands in the text as whole terms, in any case.",
    notes: ["Arrays in the list are flattened."], notation: .list,
    kernel: .textTest { arguments in
      let list = TermList(ListArguments.texts(arguments, from: 1))
      return { text in list.first(in: text) != nil }
    },
    meaning: PredicateMeaning(.term, ignoresCase: true),
    examples: [
      .kql(#""s3:GetObject" has_any ("iam", "S3")"#, gives: "true"),
      .kql(#""s3:GetObject" has_any (dynamic(["get", "iam"]))"#, gives: "false", why: "whole terms only"),
    ])

  static let hasAll = ScalarFunction(
    [.kql("has_all")], Signature([.string("text"), texts.repeated], returns: .fixed(.bool)),
    "Is true if all of the list stand in the text as whole terms, in any case.",
    notes: ["Arrays in the list are flattened."], notation: .list,
    kernel: .textTest { arguments in
      let needles = needles(arguments)
      return { text in needles.allSatisfy { $0.occurs(in: text) } }
    },
    meaning: PredicateMeaning(.term, ignoresCase: true, asksForAll: true),
    examples: [
      .kql(#""s3:GetObject" has_all ("S3", "getobject")"#, gives: "true"),
      .kql(#""s3:GetObject" has_all ("S3", "iam")"#, gives: "false"),
    ])

  static let hasAnyIndex = ScalarFunction(
    [.kql("has_any_index")],
    Signature([.string("text"), .dynamic("terms")], returns: .fixed(.long)),
    "Gives the index of the first of the terms that stands in the text, in any case; -1 if none does.",
    kernel: .prepared { arguments in
      let known = arguments.constants[1].map { indexedTerms($0) }
      return { values in
        guard case .string(var text) = values[0] else { return .null }
        let (places, list) = known ?? indexedTerms(values[1])
        return .long(text.withUTF8 { list.first(in: $0) }.map { places[$0] } ?? -1)
      }
    },
    examples: [
      .kql(#"has_any_index("an example value", dynamic(["this", "example"]))"#, gives: "1"),
      .kql(#"has_any_index("an example", dynamic(["exam"]))"#, gives: "-1"),
      .kql(#"has_any_index("an example", dynamic([]))"#, gives: "-1"),
    ])

  /// The terms of a list, and where each stands in it: nulls are passed over.
  private static func indexedTerms(_ value: Value) -> (places: [Int64], list: TermList) {
    let there = ListArguments.flattened([value]).enumerated().filter { !$0.element.isNull }
    return (there.map { Int64($0.offset) }, TermList(there.map(\.element.kqlText)))
  }
}

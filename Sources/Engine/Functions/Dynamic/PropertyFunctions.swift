/// Access to what a dynamic value holds: `d.key`, `d["key"]`, `d[0]`.
///
/// Internal records: the front end writes `d.key` as a call of `[key]`.
package enum PropertyFunctions {
  package static let all: [ScalarFunction] = [key, index, selector]

  package static let key = ScalarFunction(
    [.kql("[key]")], Signature([.dynamic("container"), .string("key")], returns: .fixed(.dynamic)),
    "Gives the value of a key of a bag; null if there is none.",
    notes: ["Keys are case-sensitive. A wrong kind of value gives null, not an error."],
    notation: .subscripted,
    kernel: .vector { call in
      PropertyKernels.value(of: call.arguments[1], in: call.arguments[0], count: call.count)
    },
    inverse: .property,
    examples: [
      .kql(#"tolong(dynamic({"a":{"b":7}}).a.b)"#, gives: "7"),
      .kql(#"isnull(dynamic({"a":1}).A)"#, gives: "true", why: "keys are case-sensitive"),
      .kql(#"isnull(dynamic([1])["a"])"#, gives: "true"),
    ])

  package static let index = ScalarFunction(
    [.kql("[index]")], Signature([.dynamic("container"), .long("index")], returns: .fixed(.dynamic)),
    "Gives an element of an array, from the end if the index is negative; null if there is none.",
    notation: .subscripted,
    kernel: .vector { call in
      PropertyKernels.element(at: call.arguments[1], in: call.arguments[0], count: call.count)
    },
    inverse: .property,
    examples: [
      .kql("tolong(dynamic([1,2,3])[0])", gives: "1"),
      .kql("tolong(dynamic([1,2,3])[-1])", gives: "3", why: "from the end"),
      .kql("isnull(dynamic([1,2,3])[3])", gives: "true"),
    ])

  package static let selector = ScalarFunction(
    [.kql("[selector]")], Signature([.dynamic("container"), .any("selector")], returns: .fixed(.dynamic)),
    "Gives the value of a key or the element at an index, as the selector's value says.",
    notation: .subscripted,
    kernel: .vector { call in
      PropertyKernels.selectByRow(call.arguments[0], call.arguments[1], count: call.count)
    },
    inverse: .property,
    examples: [
      .kql(#"tolong(dynamic({"a":1})[dynamic("a")])"#, gives: "1"),
      .kql(#"tolong(dynamic([5,6])[dynamic(1)])"#, gives: "6"),
    ])
}

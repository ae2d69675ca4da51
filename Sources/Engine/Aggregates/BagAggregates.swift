/// Property bags and bits folded together: `make_bag`, `buildschema`, `binary_all_and`.
package enum BagAggregates {
  package static let all: [AggregateFunction] = [
    makeBag, makeBagIf, makeDictionary, buildSchema,
    bits("binary_all_and", .and, "The bits that are set in all values."),
    bits("binary_all_or", .or, "The bits that are set in any value."),
    bits("binary_all_xor", .xor, "The bits that are set in an odd number of values."),
  ]

  private static let limit = Parameter.long("maxSize").optional.constant

  package static let makeBag = AggregateFunction(
    [.kql("make_bag")], Signature([.dynamic("bag"), limit], returns: .fixed(.dynamic)),
    "One bag of the keys of all bags; `{}` without any.",
    notes: ["Of several values of a key the first one stays."], prefix: "bag_", ignoresOrder: false,
    makeState: makeBagState)

  package static let makeBagIf = AggregateFunction(
    [.kql("make_bag_if")],
    Signature([.dynamic("bag"), .bool("condition"), limit], returns: .fixed(.dynamic)),
    "One bag of the keys of the bags for which a condition is true.",
    notes: ["Of several values of a key the first one stays."], prefix: "bag_", ignoresOrder: false,
    makeState: AggregateFunction.conditional(at: 1, makeBagState))

  package static let makeDictionary = AggregateFunction(
    [.kqlAlias("make_dictionary")], Signature([.dynamic("bag"), limit], returns: .fixed(.dynamic)),
    "The old spelling of `make_bag`.", prefix: "dictionary_", ignoresOrder: false,
    makeState: makeBagState)

  package static let buildSchema = AggregateFunction(
    [.kql("buildschema")], Signature([.dynamic("value")], returns: .fixed(.dynamic)),
    "The types of the values and of what they hold; `indexer` stands for the elements of arrays.",
    prefix: "schema_", ignoresOrder: false,
    makeState: { DistinctState(.schema, $0, flattens: false) })

  private static func bits(_ name: String, _ fold: BitwiseState.Fold, _ summary: String) -> AggregateFunction
  {
    AggregateFunction(
      [.kql(name)], Signature([.oneOf("value", [.long, .int])], returns: .argument(0)), summary, prefix: nil,
      makeState: { BitwiseState(fold, $0) })
  }

  @Sendable private static func makeBagState(_ arguments: AggregateArguments) -> any AggregateState {
    DistinctState(.bag, arguments, flattens: false, limit: arguments.count(at: 1))
  }
}

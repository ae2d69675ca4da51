/// Property bags and bits folded together: `make_bag`, `buildschema`, `binary_all_and`.
package enum BagAggregates {
  package static let all: [AggregateFunction] = [
    makeBag, makeBagIf, makeDictionary, buildSchema,
    bits("binary_all_and", .and, "The bits that are set in all values.", of: "6, 3", gives: "2"),
    bits("binary_all_or", .or, "The bits that are set in any value.", of: "6, 3", gives: "7"),
    bits("binary_all_xor", .xor, "The bits that are set in an odd number of values.", of: "6, 3", gives: "5"),
  ]

  private static let limit = Parameter.long("maxSize").optional.constant

  package static let makeBag = AggregateFunction(
    [.kql("make_bag")], Signature([.dynamic("bag"), limit], returns: .fixed(.dynamic)),
    "One bag of the keys of all bags; `{}` without any.",
    notes: ["Of several values of a key the first one stays."], prefix: "bag_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        #"datatable(b:dynamic)[dynamic({"a":1}), dynamic({"a":2,"b":3}), dynamic(null)] | summarize make_bag(b)"#,
        gives: #"dynamic({"a":1,"b":3})"#),
      .kqlQuery("datatable(b:dynamic)[] | summarize make_bag(b)", gives: "dynamic({})"),
    ],
    makeState: makeBagState)

  package static let makeBagIf = AggregateFunction(
    [.kql("make_bag_if")],
    Signature([.dynamic("bag"), .bool("condition"), limit], returns: .fixed(.dynamic)),
    "One bag of the keys of the bags for which a condition is true.",
    notes: ["Of several values of a key the first one stays."], prefix: "bag_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        #"datatable(b:dynamic, ok:bool)[dynamic({"a":1}), true, dynamic({"b":2}), false] | summarize make_bag_if(b, ok)"#,
        gives: #"dynamic({"a":1})"#)
    ],
    makeState: AggregateFunction.conditional(at: 1, makeBagState))

  package static let makeDictionary = AggregateFunction(
    [.kqlAlias("make_dictionary")], Signature([.dynamic("bag"), limit], returns: .fixed(.dynamic)),
    "The old spelling of `make_bag`.", prefix: "dictionary_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        #"datatable(b:dynamic)[dynamic({"a":1}), dynamic({"b":2})] | summarize make_dictionary(b)"#,
        gives: #"dynamic({"a":1,"b":2})"#)
    ],
    makeState: makeBagState)

  package static let buildSchema = AggregateFunction(
    [.kql("buildschema")], Signature([.dynamic("value")], returns: .fixed(.dynamic)),
    "The types of the values and of what they hold; a key `indexer` in back-ticks stands for the elements of arrays.",
    prefix: "schema_", ignoresOrder: false,
    examples: [
      .kqlQuery(
        #"datatable(d:dynamic)[dynamic({"x":1}), dynamic({"x":"a","y":[2]})] | summarize buildschema(d)"#,
        gives: #"dynamic({"x":["long","string"],"y":{"`indexer`":"long"}})"#),
      .kqlQuery("datatable(d:dynamic)[] | summarize buildschema(d)", gives: "dynamic(null)"),
    ],
    makeState: { DistinctState(.schema, $0, flattens: false) })

  private static func bits(
    _ name: String, _ fold: BitwiseState.Fold, _ summary: String, of values: String, gives result: String
  ) -> AggregateFunction {
    AggregateFunction(
      [.kql(name)], Signature([.oneOf("value", [.long, .int])], returns: .argument(0)), summary, prefix: nil,
      examples: [
        .kqlQuery("datatable(x:long)[\(values), long(null)] | summarize \(name)(x)", gives: result)
      ],
      makeState: { BitwiseState(fold, $0) })
  }

  @Sendable private static func makeBagState(_ arguments: AggregateArguments) -> any AggregateState {
    DistinctState(.bag, arguments, flattens: false, limit: arguments.count(at: 1))
  }
}

/// The least and the greatest value: `min`, `max` and their forms.
package enum ExtremeAggregates {
  package static let all: [AggregateFunction] = [min, minIf, max, maxIf, splMin, splMax, splRange]

  package static let min = AggregateFunction(
    [.kql("min")], Signature([.scalar("value")], returns: .argument(0)),
    "The least value; null without any. A NaN wins.", prefix: "min_", meaning: .oneOfThem,
    spellings: [.spl("min($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[4, 2, long(null)] | summarize min(x)", gives: "2"),
      .kqlQuery("datatable(x:long)[] | summarize min(x)", gives: "long(null)"),
    ],
    makeState: makeLeast)

  package static let minIf = AggregateFunction(
    [.kql("minif")], Signature([.scalar("value"), .bool("condition")], returns: .argument(0)),
    "The least value of the rows for which a condition is true.", prefix: "minif_",
    spellings: [.spl("min(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery("datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize minif(x, ok)", gives: "1")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeLeast))

  package static let max = AggregateFunction(
    [.kql("max")], Signature([.scalar("value")], returns: .argument(0)),
    "The greatest value; null without any. A NaN wins.", prefix: "max_", meaning: .oneOfThem,
    spellings: [.spl("max($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[4, 2, long(null)] | summarize max(x)", gives: "4"),
      .kqlQuery(#"datatable(s:string)["a", "b"] | summarize max(s)"#, gives: #""b""#),
    ],
    makeState: makeGreatest)

  package static let maxIf = AggregateFunction(
    [.kql("maxif")], Signature([.scalar("value"), .bool("condition")], returns: .argument(0)),
    "The greatest value of the rows for which a condition is true.", prefix: "maxif_",
    spellings: [.spl("max(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery("datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize maxif(x, ok)", gives: "3")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeGreatest))

  package static let splMin = AggregateFunction(
    [.spl("min")], Signature([.any("value")], returns: splType),
    "The least value: by number if all values are numbers, else by text.", prefix: nil,
    meaning: .oneOfThem,
    spellings: [.kql("min($1)")],
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats min(n) as x", gives: "1"),
      .splQuery(
        #"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats min(v) as x"#, gives: #""a""#),
    ],
    makeState: makeLeast)

  package static let splMax = AggregateFunction(
    [.spl("max")], Signature([.any("value")], returns: splType),
    "The greatest value: by number if all values are numbers, else by text.", prefix: nil,
    meaning: .oneOfThem,
    spellings: [.kql("max($1)")],
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats max(n) as x", gives: "3"),
      .splQuery(
        #"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats max(v) as x"#, gives: #""b""#),
    ],
    makeState: makeGreatest)

  package static let splRange = AggregateFunction(
    [.spl("range")],
    Signature(
      [.any("value")],
      returns: .computed { types, _ in types.first == .long || types.first == .int ? .long : .real }),
    "The greatest value minus the least, over values that are numbers.", prefix: nil,
    examples: [
      .splQuery("| makeresults count=3 | streamstats count as n | stats range(n) as x", gives: "2")
    ],
    makeState: { PercentileState(.range, $0, percentilesFrom: 1) })

  /// Texts may hold numbers, so the type of their extreme is known only at the end.
  private static let splType = ReturnType.computed { types, _ in
    types.first.map { SortableKey.fits($0) || $0 == .decimal ? $0 : .dynamic }
  }

  @Sendable private static func makeLeast(_ arguments: AggregateArguments) -> any AggregateState {
    SortableKey.fits(arguments.type(at: 0))
      ? NumberExtremeState(greatest: false, arguments)
      : DistinctState(.least, arguments, flattens: arguments.dialect.lists == .multivalue)
  }

  @Sendable private static func makeGreatest(_ arguments: AggregateArguments) -> any AggregateState {
    SortableKey.fits(arguments.type(at: 0))
      ? NumberExtremeState(greatest: true, arguments)
      : DistinctState(.greatest, arguments, flattens: arguments.dialect.lists == .multivalue)
  }
}

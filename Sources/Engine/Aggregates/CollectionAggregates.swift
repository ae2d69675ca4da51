/// Values gathered into arrays: `make_set`, `make_list`, and SPL's `values` and `list`.
package enum CollectionAggregates {
  package static let all: [AggregateFunction] = [
    makeSet, makeSetIf, makeList, makeListIf, makeListWithNulls, splValues, splList,
  ]

  private static let limit = Parameter.long("maxSize").optional.constant
  private static let flattening = "An array counts as its elements."

  package static let makeSet = AggregateFunction(
    [.kql("make_set"), .kqlAlias("makeset")],
    Signature([.any("value"), limit], returns: .fixed(.dynamic)),
    "An array of the distinct values, in the order of their first row.",
    notes: [flattening, "With a maximum the first values stay."], prefix: "set_", ignoresOrder: false,
    meaning: .list,
    spellings: [.spl("values($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[2, 1, 2, long(null)] | summarize make_set(x)", gives: "dynamic([2,1])"),
      .kqlQuery("datatable(x:long)[3, 1, 2] | summarize make_set(x, 2)", gives: "dynamic([3,1])"),
    ],
    makeState: makeSetState)

  package static let makeSetIf = AggregateFunction(
    [.kql("make_set_if"), .kqlAlias("makesetif")],
    Signature([.any("value"), .bool("condition"), limit], returns: .fixed(.dynamic)),
    "An array of the distinct values of the rows for which a condition is true.",
    notes: [flattening], prefix: "set_", ignoresOrder: false, meaning: .list,
    spellings: [.spl("values(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize make_set_if(x, ok)",
        gives: "dynamic([1,3])")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeSetState))

  package static let makeList = AggregateFunction(
    [.kql("make_list"), .kqlAlias("makelist")],
    Signature([.any("value"), limit], returns: .fixed(.dynamic)),
    "An array of the values, in the order of the rows.",
    notes: [flattening, "Nulls are left out, save those of a dynamic argument."], prefix: "list_",
    ignoresOrder: false, meaning: .list,
    spellings: [.spl("list($1)")],
    examples: [
      .kqlQuery("datatable(x:long)[2, 1, 2, long(null)] | summarize make_list(x)", gives: "dynamic([2,1,2])"),
      .kqlQuery(
        #"datatable(s:string)["a", ""] | summarize make_list(s)"#, gives: #"dynamic(["a",""])"#,
        why: "an empty text is a value"),
    ],
    makeState: makeListState)

  package static let makeListIf = AggregateFunction(
    [.kql("make_list_if"), .kqlAlias("makelistif")],
    Signature([.any("value"), .bool("condition"), limit], returns: .fixed(.dynamic)),
    "An array of the values of the rows for which a condition is true.", notes: [flattening],
    prefix: "list_", ignoresOrder: false, meaning: .list,
    spellings: [.spl("list(eval(if($2, $1, null())))")],
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize make_list_if(x, ok)",
        gives: "dynamic([1,3])")
    ],
    makeState: AggregateFunction.conditional(at: 1, makeListState))

  package static let makeListWithNulls = AggregateFunction(
    [.kql("make_list_with_nulls")], Signature([.any("value"), limit], returns: .fixed(.dynamic)),
    "An array of the values, nulls included, in the order of the rows.",
    nulls: .kept, prefix: "list_",
    ignoresOrder: false,
    examples: [
      .kqlQuery(
        "datatable(x:long)[2, long(null)] | summarize make_list_with_nulls(x)", gives: "dynamic([2,null])")
    ],
    makeState: { ListState(.kept, $0, limit: $0.count(at: 1)) })

  package static let splValues = AggregateFunction(
    [.spl("values")], Signature([.any("value")], returns: .fixed(.dynamic)),
    "The distinct values as texts, in the order of their bytes; one value stands for itself.", prefix: nil,
    meaning: .list,
    spellings: [.kql("make_set($t1)"), .kql("make_set_if($t1, $2)")],
    examples: [
      .splQuery(
        #"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats values(v) as x"#,
        gives: #"mvappend("a","b")"#)
    ],
    makeState: { DistinctState(.sortedTexts, $0, flattens: true) })

  package static let splList = AggregateFunction(
    [.spl("list")], Signature([.any("value")], returns: .fixed(.dynamic)),
    "The values as texts, in the order of the rows; one value stands for itself.", prefix: nil,
    ignoresOrder: false, meaning: .list,
    spellings: [.kql("make_list($t1)"), .kql("make_list_if($t1, $2)")],
    examples: [
      .splQuery(
        #"| makeresults | eval v=split("a,b,a", ",") | mvexpand v | stats list(v) as x"#,
        gives: #"mvappend("a","b","a")"#)
    ],
    makeState: { ListState(.dropped, $0, limit: nil) })

  @Sendable private static func makeSetState(_ arguments: AggregateArguments) -> any AggregateState {
    DistinctState(.array, arguments, flattens: true, limit: arguments.count(at: 1))
  }

  @Sendable private static func makeListState(_ arguments: AggregateArguments) -> any AggregateState {
    ListState(.dropped, arguments, limit: arguments.count(at: 1))
  }
}

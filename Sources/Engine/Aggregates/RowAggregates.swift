/// Aggregates that choose a row: `arg_max`, `arg_min`, `take_any`.
package enum RowAggregates {
  package static let all: [AggregateFunction] = [
    argMax, argMin, oldArgMax, oldArgMin, takeAny, takeAnyIf, any, anyIf,
  ]

  private static let extremeOf = Signature(
    [.scalar("value"), Parameter.any("returned").repeated], returns: .argument(0))
  private static let extremeNotes = [
    "Of rows with equal values the first one is taken.",
    "Nulls are passed over; if all values are null the first row is taken.",
  ]

  package static let argMax = AggregateFunction(
    [.kql("arg_max")], extremeOf, "The row with the greatest value.", notes: extremeNotes, nulls: .lastChoice,
    prefix: nil,
    results: .eachArgument, ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .kqlQuery(
        #"datatable(t:long, who:string)[1, "a", 3, "b", 2, "c"] | summarize arg_max(t, who)"#, gives: #""b""#),
      .kqlQuery(
        #"datatable(t:long, who:string)[long(null), "a", 1, "b"] | summarize arg_max(t, who)"#, gives: #""b""#
      ),
    ],
    makeState: { extreme($0, greatest: true) })

  package static let argMin = AggregateFunction(
    [.kql("arg_min")], extremeOf, "The row with the least value.", notes: extremeNotes, nulls: .lastChoice,
    prefix: nil,
    results: .eachArgument, ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .kqlQuery(#"datatable(t:long, who:string)[2, "a", 1, "b"] | summarize arg_min(t, who)"#, gives: #""b""#)
    ],
    makeState: { extreme($0, greatest: false) })

  package static let oldArgMax = AggregateFunction(
    [.kqlAlias("argmax")], extremeOf, "The old spelling of `arg_max`.", notes: extremeNotes,
    nulls: .lastChoice,
    prefix: "max_", results: .eachArgument, ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .kqlQuery(#"datatable(t:long, who:string)[1, "a", 3, "b"] | summarize argmax(t, who)"#, gives: #""b""#)
    ],
    makeState: { extreme($0, greatest: true) })

  package static let oldArgMin = AggregateFunction(
    [.kqlAlias("argmin")], extremeOf, "The old spelling of `arg_min`.", notes: extremeNotes,
    nulls: .lastChoice,
    prefix: "min_", results: .eachArgument, ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .kqlQuery(#"datatable(t:long, who:string)[2, "a", 1, "b"] | summarize argmin(t, who)"#, gives: #""b""#)
    ],
    makeState: { extreme($0, greatest: false) })

  private static let anyOf = Signature(
    [.any("value"), Parameter.any("value").repeated], returns: .argument(0))
  private static let anyNotes = [
    "A single value is of the first row that has one, else the first row is taken."
  ]

  package static let takeAny = AggregateFunction(
    [.kql("take_any")], anyOf, "The values of one row.", notes: anyNotes, nulls: .lastChoice, prefix: nil,
    results: .eachArgument, ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .kqlQuery(
        #"datatable(s:string)["", "a"] | summarize take_any(s)"#, gives: #""a""#,
        why: "an empty text is the last choice")
    ],
    makeState: anyRow)

  package static let any = AggregateFunction(
    [.kqlAlias("any")], anyOf, "The old spelling of `take_any`.", notes: anyNotes, nulls: .lastChoice,
    prefix: "any_",
    results: .eachArgument, ignoresOrder: false, meaning: .oneOfThem,
    examples: [
      .kqlQuery("datatable(x:long)[7, 7] | summarize any(x)", gives: "7")
    ],
    makeState: anyRow)

  package static let takeAnyIf = AggregateFunction(
    [.kql("take_anyif")], Signature([.any("value"), .bool("condition")], returns: .argument(0)),
    "The value of one row for which a condition is true.", notes: anyNotes, nulls: .lastChoice, prefix: nil,
    ignoresOrder: false,
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize take_anyif(x, not(ok))",
        gives: "5")
    ],
    makeState: AggregateFunction.conditional(at: 1, anyRow))

  package static let anyIf = AggregateFunction(
    [.kqlAlias("anyif")], Signature([.any("value"), .bool("condition")], returns: .argument(0)),
    "The old spelling of `take_anyif`.", notes: anyNotes, nulls: .lastChoice, prefix: "any_",
    ignoresOrder: false,
    examples: [
      .kqlQuery(
        "datatable(x:long, ok:bool)[1, true, 5, false, 3, true] | summarize anyif(x, not(ok))", gives: "5")
    ],
    makeState: AggregateFunction.conditional(at: 1, anyRow))

  private static func extreme(_ arguments: AggregateArguments, greatest: Bool) -> any AggregateState {
    if !SortableKey.fits(arguments.type(at: 0)) { return BoxedChosenRowState(arguments, greatest: greatest) }
    return ChosenRowState(arguments) { columns in
      ChosenRowState.Keys(columns[0], greatest: greatest)
    }
  }

  @Sendable private static func anyRow(_ arguments: AggregateArguments) -> any AggregateState {
    if arguments.types.count > 1 { return ChosenRowState(arguments) { _ in ChosenRowState.Keys() } }
    return ChosenRowState(arguments) { columns in
      ChosenRowState.Keys(keys: nil, validity: columns[0].rowsWithContent)
    }
  }
}

extension ChosenRowState.Keys {
  /// The values of a column with sortable keys; NaN wins either way.
  init(_ column: Column, greatest: Bool) {
    if greatest {
      self.init(keys: SortableKey.keys(column, nan: Int64.max), validity: column.validity)
    } else {
      let keys = SortableKey.keys(column, nan: Int64.min)
      self.init(keys: keys.map { Vector($0.withBuffer { $0.map { ~$0 } }) }, validity: column.validity)
    }
  }
}

extension Column {
  /// The rows that are neither null nor an empty text; nil if all are.
  var rowsWithContent: Vector<Bool>? {
    guard type == .string else { return validity }
    switch self {
    case .string(let strings):
      let isFull = (0..<UInt32(strings.dictionary.count)).map { !strings.dictionary[$0].isEmpty }
      if isFull.allSatisfy({ $0 }) { return validity }
      let valid = validity
      return Vector(
        strings.codes.withBuffer { codes in
          codes.indices.map { isFull[Int(codes[$0])] && valid?[$0] ?? true }
        })
    case .constant(let constant):
      return constant.value.kqlText.isEmpty ? Vector(repeating: false, count: constant.count) : nil
    case .bool, .int64, .real, .values: return validity
    }
  }
}

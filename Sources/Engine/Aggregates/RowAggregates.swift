/// Aggregates that choose a row: `arg_max`, `arg_min`, `take_any`.
package enum RowAggregates {
  package static let all: [AggregateFunction] = [
    argMax, argMin, oldArgMax, oldArgMin, takeAny, takeAnyIf, any, anyIf,
  ]

  private static let extremeOf = Signature(
    [.any("value"), Parameter.any("returned").repeated], returns: .argument(0))
  private static let extremeNotes = [
    "Of rows with equal values the first one is taken.",
    "Nulls are passed over; if all values are null the first row is taken.",
  ]

  package static let argMax = AggregateFunction(
    [.kql("arg_max")], extremeOf, "The row with the greatest value.", notes: extremeNotes, prefix: nil,
    results: .eachArgument, ignoresOrder: false, makeState: { extreme($0, greatest: true) })

  package static let argMin = AggregateFunction(
    [.kql("arg_min")], extremeOf, "The row with the least value.", notes: extremeNotes, prefix: nil,
    results: .eachArgument, ignoresOrder: false, makeState: { extreme($0, greatest: false) })

  package static let oldArgMax = AggregateFunction(
    [.kqlAlias("argmax")], extremeOf, "The old spelling of `arg_max`.", notes: extremeNotes,
    prefix: "max_", results: .eachArgument, ignoresOrder: false,
    makeState: { extreme($0, greatest: true) })

  package static let oldArgMin = AggregateFunction(
    [.kqlAlias("argmin")], extremeOf, "The old spelling of `arg_min`.", notes: extremeNotes,
    prefix: "min_", results: .eachArgument, ignoresOrder: false,
    makeState: { extreme($0, greatest: false) })

  private static let anyOf = Signature(
    [.any("value"), Parameter.any("value").repeated], returns: .argument(0))
  private static let anyNotes = [
    "A single value is of the first row that has one, else the first row is taken."
  ]

  package static let takeAny = AggregateFunction(
    [.kql("take_any")], anyOf, "The values of one row.", notes: anyNotes, prefix: nil,
    results: .eachArgument, ignoresOrder: false, makeState: anyRow)

  package static let any = AggregateFunction(
    [.kqlAlias("any")], anyOf, "The old spelling of `take_any`.", notes: anyNotes, prefix: "any_",
    results: .eachArgument, ignoresOrder: false, makeState: anyRow)

  package static let takeAnyIf = AggregateFunction(
    [.kql("take_anyif")], Signature([.any("value"), .bool("condition")], returns: .argument(0)),
    "The value of one row for which a condition is true.", notes: anyNotes, prefix: nil,
    ignoresOrder: false, makeState: AggregateFunction.conditional(at: 1, anyRow))

  package static let anyIf = AggregateFunction(
    [.kqlAlias("anyif")], Signature([.any("value"), .bool("condition")], returns: .argument(0)),
    "The old spelling of `take_anyif`.", notes: anyNotes, prefix: "any_", ignoresOrder: false,
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

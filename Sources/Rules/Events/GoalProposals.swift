import Diagnostics
import Engine

/// Changes of an event's columns that may bring a goal about. Each goes one way back from the expression to the columns:
/// a predicate by its meaning, a call by the inverse of its function, a branch by its condition.
struct GoalProposals {
  struct Edit: Hashable {
    var column: ColumnID
    var value: Value
  }

  /// Edits that belong together.
  typealias Change = [Edit]

  private static let deepest = 40
  private static let widest = 48

  let trial: RecordTrial
  /// The value of an expression in the row that is to be changed.
  let value: (Expression) throws -> Value
  /// Tells made values apart.
  var number = 0

  /// How far a way back has come, and how many changes are still wanted from there. An expression has many ways, and
  /// each of them many in its turn: so every choice gets its share of the room, and there are never more ways than that.
  private struct Reach {
    var depth = 0
    /// What is found twice is dropped in the end.
    var room = 2 * GoalProposals.widest

    func deeper(_ room: Int) -> Reach { Reach(depth: depth + 1, room: max(1, room)) }
  }

  func changes(for goal: EventGoal) throws -> [Change] {
    let reach = Reach()
    let all: [Change]
    switch goal {
    case .holds(let expression): all = try truth(expression, true, reach)
    case .fails(let expression): all = try truth(expression, false, reach)
    case .equals(let expression, let wanted): all = try changes(expression, to: wanted, reach)
    case .differs(let expression, _):
      all = try changes(expression, toAny: branches(of: expression) + others(than: value(expression)), reach)
    case .filled(let expression): all = try filling(expression, reach)
    case .known: all = []
    }
    return Array(all.filter { !$0.isEmpty }.uniqued.prefix(GoalProposals.widest))
  }

  private func others(than value: Value) -> [Value] { OtherValues(than: value, number: number).all }

  /// The changes by each of some choices.
  private func gathered<Choice>(
    _ choices: [Choice], _ reach: Reach, _ changes: (Choice, Reach) throws -> [Change]
  ) throws -> [Change] {
    var result: [Change] = []
    for (index, choice) in choices.enumerated() {
      let left = reach.room - result.count
      if left <= 0 { break }
      result += try changes(choice, reach.deeper(left / (choices.count - index)))
    }
    return result
  }

  private func changes(_ expression: Expression, toAny values: [Value], _ reach: Reach) throws -> [Change] {
    try gathered(values, reach) { try changes(expression, to: $0, $1) }
  }

  /// Whether one more step is taken.
  private func goesOn(_ reach: Reach) throws -> Bool {
    try reach.depth <= GoalProposals.deepest && trial.spend(RecordTrial.step)
  }

  // MARK: - Truths

  private func truth(_ condition: Expression, _ wanted: Bool, _ reach: Reach) throws -> [Change] {
    guard try goesOn(reach) else { return [] }
    if try value(condition) == .bool(wanted) { return [] }
    switch condition {
    case .literal, .subquery: return []
    case .column(let column): return [[Edit(column: column.id, value: .bool(wanted))]]
    case .conditional(let conditional):
      return try changes(conditional, reach) { try truth($0, wanted, $1) }
    case .binding(let binding): return try changes(binding, reach) { try truth($0, wanted, $1) }
    case .call(let call):
      if call.function === Logical.and || call.function === Logical.or {
        let operands = call.function === Logical.and ? condition.conjuncts : condition.disjuncts
        guard (call.function === Logical.and) == wanted else {
          return try gathered(operands, reach) { try truth($0, wanted, $1) }
        }
        let each = try operands.map { try truth($0, wanted, reach.deeper(reach.room / operands.count)) }
        return [each.compactMap(\.first).flatMap { $0 }] + each.flatMap { $0 }
      }
      if call.function === Logical.not, let operand = call.arguments.first {
        return try truth(operand, !wanted, reach.deeper(reach.room))
      }
      if let predicate = Predicate(condition) { return try changes(predicate, wanted, reach) }
      let first = try generic(call, wanted: .bool(wanted), reach.deeper((reach.room + 1) / 2))
      var rest = reach.deeper(0)
      rest.room = reach.room - first.count
      return try first
        + gathered(call.arguments.filter { !$0.columns.isEmpty }, rest) { argument, reach in
          try changes(
            argument,
            toAny: constants(in: call) + ValueProposals.something + ValueProposals.addresses
              + others(than: value(argument)), reach)
        }
    }
  }

  private func constants(in call: FunctionCall) -> [Value] {
    call.arguments.flatMap { argument -> [Value] in
      if case .dynamic(.array(let elements))? = argument.constantValue {
        return elements.map { $0.scalar ?? .dynamic($0) }
      }
      return argument.constantValue.map { [$0] } ?? []
    }
  }

  private func changes(_ predicate: Predicate, _ wanted: Bool, _ reach: Reach) throws -> [Change] {
    let others = try predicate.others.flatMap { other -> [Value] in
      let value = try value(other)
      if predicate.call.function.takesList, case .dynamic(.array(let elements)) = value {
        return elements.map { $0.scalar ?? .dynamic($0) }
      }
      return [value]
    }
    let current = try value(predicate.subject)
    let isWanted = wanted != predicate.meaning.isNegated
    let proposals = ValueProposals(predicate: predicate, others: others, current: current, isWanted: isWanted)
    var choices = (proposals.values + branches(of: predicate.subject)).map { (predicate.subject, $0) }
    // The other side may give way as well.
    for other in predicate.others where !other.columns.isEmpty {
      let values: [Value]
      switch predicate.meaning.test {
      case .equals: values = isWanted ? [current] : self.others(than: try value(other))
      case .bound(let bound):
        let step: Int64 = (isWanted ? bound : bound.opposite).isLower ? -1 : 1
        values =
          current.number.map { [.real($0 + Double(step)), .long(Int64(($0 + Double(step)).clampedForLong))] }
          ?? shifted(current, by: step)
      case .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches:
        values = isWanted ? [current] : self.others(than: try value(other))
      case .empty, .present, .between: values = []
      }
      choices += values.map { (other, $0) }
    }
    return try gathered(choices, reach) { try changes($0.0, to: $0.1, $1) }
  }

  /// The constants that a choice gives.
  private func branches(of expression: Expression) -> [Value] {
    guard case .conditional(let conditional) = expression else { return [] }
    return (conditional.branches.map(\.value) + [conditional.otherwise]).compactMap(\.constantValue)
  }

  private func shifted(_ value: Value, by step: Int64) -> [Value] {
    guard case .datetime(let ticks) = value else { return [] }
    return [.datetime(ticks.addingReportingOverflow(step * Ticks.perMinute).partialValue)]
  }

  // MARK: - Values

  private func changes(_ expression: Expression, to wanted: Value, _ reach: Reach) throws -> [Change] {
    guard try goesOn(reach) else { return [] }
    switch expression {
    case .literal, .subquery: return []
    case .column(let column): return [[Edit(column: column.id, value: wanted)]]
    case .binding(let binding): return try changes(binding, reach) { try changes($0, to: wanted, $1) }
    case .conditional(let conditional):
      return try changes(conditional, reach) { branch, reach in
        if let constant = branch.constantValue { return constant.isLike(wanted) ? [[]] : [] }
        return try changes(branch, to: wanted, reach)
      }
    case .call(let call): return try generic(call, wanted: wanted, reach)
    }
  }

  /// It has any value: what has one already stays as it is.
  private func filling(_ expression: Expression, _ reach: Reach) throws -> [Change] {
    guard try goesOn(reach) else { return [] }
    if try value(expression).isFilled { return [[]] }
    switch expression {
    case .literal, .subquery: return []
    case .conditional(let conditional): return try changes(conditional, reach) { try filling($0, $1) }
    case .binding(let binding): return try changes(binding, reach) { try filling($0, $1) }
    case .column, .call: return try changes(expression, toAny: ValueProposals.something, reach)
    }
  }

  private func changes(
    _ binding: Binding, _ reach: Reach, _ inner: (Expression, Reach) throws -> [Change]
  ) throws -> [Change] {
    switch binding.reading {
    case .whole:
      try inner(binding.body.substituting([binding.column.id: binding.value]), reach.deeper(reach.room))
    case .each, .filter: try inner(binding.value, reach.deeper(reach.room))
    }
  }

  /// Through each branch: it is made the chosen one, and gives what is wanted.
  private func changes(
    _ conditional: Conditional, _ reach: Reach, _ inner: (Expression, Reach) throws -> [Change]
  ) throws -> [Change] {
    var before: Change = []
    let result = try gathered(conditional.branches, reach) { branch, share in
      let holds = try value(branch.condition) == .bool(true)
      let ways = holds ? [[]] : try truth(branch.condition, true, share.deeper(min(4, share.room)))
      var result: [Change] = []
      for made in try inner(branch.value, share) { for way in ways { result.append(before + way + made) } }
      if holds { before += try truth(branch.condition, false, share.deeper(1)).first ?? [] }
      return Array(result.prefix(max(4, share.room)))
    }
    return try result + inner(conditional.otherwise, reach.deeper(reach.room / 4)).map { before + $0 }
  }

  /// Through the function's inverse; else the arguments are tried as what is wanted.
  private func generic(_ call: FunctionCall, wanted: Value, _ reach: Reach) throws -> [Change] {
    let arguments = try call.arguments.map { try $0.constantValue ?? value($0) }
    let inverted = (call.function.inverse?.proposals(wanted, arguments) ?? []).filter {
      call.arguments.indices.contains($0.argument)
    }
    let result = try gathered(inverted, reach) {
      try changes(call.arguments[$0.argument], to: $0.value, $1)
    }
    if !result.isEmpty { return result }
    let current = try value(.call(call))
    var choices: [(Expression, Value)] = []
    for (index, argument) in call.arguments.enumerated() where !argument.columns.isEmpty {
      if call.type != .datetime, case .datetime(let ticks) = arguments[index] {
        choices += GoalProposals.otherTimes(than: ticks).map { (argument, $0) }
      }
      choices += GoalProposals.guesses(
        wanted, now: current, argument: arguments[index], of: argument.type, others: arguments
      ).map { (argument, $0) }
    }
    return try gathered(choices, reach) { try changes($0.0, to: $0.1, $1) }
  }

  /// Other hours of the day and days of the week: what is asked of the parts of a time.
  private static func otherTimes(than ticks: Int64) -> [Value] {
    let hours: [Int64] = [3, 6, 9, 11, 12, 15, 18, 21, 22, -2, -5, -8]
    let days: [Int64] = [1, 2, 3, 4, 5, 6]
    return (hours.map { $0 * Ticks.perHour } + days.map { $0 * Ticks.perDay }).map {
      .datetime(ticks.addingReportingOverflow($0).partialValue)
    }
  }

  /// What an argument may be for a function of which nothing is known.
  private static func guesses(
    _ wanted: Value, now current: Value, argument: Value, of type: DataType, others: [Value]
  ) -> [Value] {
    var result: [Value] = []
    if type == .dynamic, case .string(let text) = wanted {
      // `"true"` is more often the text of a truth than a text.
      if let scalar = JSONValue(parsing: text), text != "", !scalar.isContainer {
        result.append(.dynamic(scalar))
      }
      result.append(.dynamic(.string(text)))
    } else {
      result.append(wanted)
    }
    // What the call takes out of a text is changed there.
    let part = current.kqlText
    if case .string(let text) = argument, !part.isEmpty, text != part, !wanted.isNull,
      let place = text.firstRange(of: part, last: true)
    {
      result.append(
        .string(String(text[..<place.lowerBound]) + wanted.kqlText + String(text[place.upperBound...])))
    }
    if let number = wanted.number {
      for other in others.compactMap(\.number) {
        for value in [
          number + other, number - other, other - number, number * other, other == 0 ? 0 : number / other,
        ] {
          result.append(type == .long || type == .int ? .long(Int64(value.clampedForLong)) : .real(value))
        }
      }
    }
    return result
  }
}

extension Double {
  fileprivate var clampedForLong: Double { isNaN ? 0 : Swift.min(Swift.max(self, -9e15), 9e15) }
}

extension String {
  fileprivate func firstRange(of part: String, last: Bool) -> Range<String.Index>? {
    var found: Range<String.Index>?
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      found = range
      if !last { break }
      rest = rest[range.upperBound...]
    }
    return found
  }
}

extension Value {
  /// It is something.
  var isFilled: Bool { !isNull && !kqlText.isEmpty && self != .dynamic(.array([])) }

  /// The same to who reads it.
  func isLike(_ other: Value) -> Bool {
    if self == other { return true }
    if let number, let second = other.number { return number == second }
    return kqlText == other.kqlText
  }
}

extension JSONValue {
  var isContainer: Bool {
    switch self {
    case .array, .object: true
    case .null, .bool, .long, .real, .string: false
    }
  }
}

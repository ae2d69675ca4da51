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

  /// The value of an expression in the row that is to be changed.
  let value: (Expression) -> Value
  /// Tells made values apart.
  var number = 0

  func changes(for goal: EventGoal) -> [Change] {
    let all: [Change]
    switch goal {
    case .holds(let expression): all = truth(expression, true, 0)
    case .fails(let expression): all = truth(expression, false, 0)
    case .equals(let expression, let wanted): all = changes(expression, to: wanted, 0)
    case .differs(let expression, _):
      all = others(than: value(expression)).flatMap { changes(expression, to: $0, 0) }
    case .filled(let expression): all = ValueProposals.something.flatMap { changes(expression, to: $0, 0) }
    case .known: all = []
    }
    return Array(all.filter { !$0.isEmpty }.uniqued.prefix(GoalProposals.widest))
  }

  /// Values like another one.
  func others(than value: Value) -> [Value] {
    switch value {
    case .string(let text), .dynamic(.string(let text)):
      if text.isEmpty { return [.string("example\(number)")] }
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      if parts.count == 4, parts.allSatisfy({ Int($0) != nil }) {
        return [.string(parts.prefix(3).joined(separator: ".") + ".\(10 + number % 240)")]
          + (number >= 240 ? [.string("203.0.\(number / 240).\(number % 240)")] : [])
      }
      return [.string("\(text)\(number)"), .string("\(text)-\(number)"), .string("example-\(number)")]
    case .long(let known): return [.long(known.addingReportingOverflow(Int64(number)).partialValue)]
    case .real(let known): return [.real(known + Double(number))]
    case .bool(let known): return [.bool(!known)]
    case .datetime(let ticks):
      return [.datetime(ticks.addingReportingOverflow(Int64(number) * Ticks.perSecond).partialValue)]
    case .timespan(let ticks):
      return [.timespan(ticks.addingReportingOverflow(Int64(number) * Ticks.perSecond).partialValue)]
    case .null, .decimal, .guid, .dynamic: return [.string("example-\(number)"), .long(Int64(number))]
    }
  }

  // MARK: - Truths

  private func truth(_ condition: Expression, _ wanted: Bool, _ depth: Int) -> [Change] {
    if depth > GoalProposals.deepest { return [] }
    if value(condition) == .bool(wanted) { return [] }
    switch condition {
    case .literal, .subquery: return []
    case .column(let column): return [[Edit(column: column.id, value: .bool(wanted))]]
    case .conditional(let conditional): return changes(conditional, depth) { truth($0, wanted, depth + 1) }
    case .binding(let binding): return changes(binding, depth) { truth($0, wanted, depth + 1) }
    case .call(let call):
      if call.function === Logical.and || call.function === Logical.or {
        let isAll = (call.function === Logical.and) == wanted
        let operands = call.function === Logical.and ? condition.conjuncts : condition.disjuncts
        let each = operands.map { truth($0, wanted, depth + 1) }
        return isAll ? [each.compactMap(\.first).flatMap { $0 }] + each.flatMap { $0 } : each.flatMap { $0 }
      }
      if call.function === Logical.not, let operand = call.arguments.first {
        return truth(operand, !wanted, depth + 1)
      }
      if let predicate = Predicate(condition) { return changes(predicate, wanted, depth) }
      return generic(call, wanted: .bool(wanted), depth)
        + call.arguments.filter { !$0.columns.isEmpty }.flatMap { argument in
          (constants(in: call) + ValueProposals.something + others(than: value(argument))).flatMap {
            changes(argument, to: $0, depth + 1)
          }
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

  private func changes(_ predicate: Predicate, _ wanted: Bool, _ depth: Int) -> [Change] {
    let others = predicate.others.flatMap { other -> [Value] in
      let value = value(other)
      if predicate.call.function.takesList, case .dynamic(.array(let elements)) = value {
        return elements.map { $0.scalar ?? .dynamic($0) }
      }
      return [value]
    }
    let current = value(predicate.subject)
    let isWanted = wanted != predicate.meaning.isNegated
    let proposals = ValueProposals(predicate: predicate, others: others, current: current, isWanted: isWanted)
    var result = proposals.values.flatMap { changes(predicate.subject, to: $0, depth + 1) }
    // The other side may give way as well.
    for other in predicate.others where !other.columns.isEmpty {
      let values: [Value]
      switch predicate.meaning.test {
      case .equals: values = isWanted ? [current] : self.others(than: value(other))
      case .bound(let bound):
        let step: Int64 = (isWanted ? bound : bound.opposite).isLower ? -1 : 1
        values =
          current.number.map { [.real($0 + Double(step)), .long(Int64(($0 + Double(step)).clampedForLong))] }
          ?? shifted(current, by: step)
      case .prefix, .suffix, .contains, .term, .termPrefix, .termSuffix, .matches:
        values = isWanted ? [current] : self.others(than: value(other))
      case .empty, .present, .between: values = []
      }
      result += values.flatMap { changes(other, to: $0, depth + 1) }
    }
    return result
  }

  private func shifted(_ value: Value, by step: Int64) -> [Value] {
    guard case .datetime(let ticks) = value else { return [] }
    return [.datetime(ticks + step * Ticks.perMinute)]
  }

  // MARK: - Values

  private func changes(_ expression: Expression, to wanted: Value, _ depth: Int) -> [Change] {
    if depth > GoalProposals.deepest { return [] }
    switch expression {
    case .literal, .subquery: return []
    case .column(let column): return [[Edit(column: column.id, value: wanted)]]
    case .binding(let binding): return changes(binding, depth) { changes($0, to: wanted, depth + 1) }
    case .conditional(let conditional):
      return changes(conditional, depth) { branch in
        if let constant = branch.constantValue { return constant.isLike(wanted) ? [[]] : [] }
        return changes(branch, to: wanted, depth + 1)
      }
    case .call(let call): return generic(call, wanted: wanted, depth)
    }
  }

  private func changes(_ binding: Binding, _ depth: Int, _ inner: (Expression) -> [Change]) -> [Change] {
    switch binding.reading {
    case .whole: inner(binding.body.substituting([binding.column.id: binding.value]))
    case .each, .filter: inner(binding.value)
    }
  }

  /// Through each branch: it is made the chosen one, and gives what is wanted.
  private func changes(_ conditional: Conditional, _ depth: Int, _ inner: (Expression) -> [Change])
    -> [Change]
  {
    var result: [Change] = []
    var before: Change = []
    for branch in conditional.branches {
      let holds = value(branch.condition) == .bool(true)
      let ways = holds ? [[]] : Array(truth(branch.condition, true, depth + 1).prefix(4))
      for made in inner(branch.value).prefix(8) { for way in ways { result.append(before + way + made) } }
      if holds { before += truth(branch.condition, false, depth + 1).first ?? [] }
    }
    return result + inner(conditional.otherwise).prefix(8).map { before + $0 }
  }

  /// Through the function's inverse; else the arguments are tried as what is wanted.
  private func generic(_ call: FunctionCall, wanted: Value, _ depth: Int) -> [Change] {
    let arguments = call.arguments.map { $0.constantValue ?? value($0) }
    var result: [Change] = []
    for proposal in call.function.inverse?.proposals(wanted, arguments) ?? [] {
      guard call.arguments.indices.contains(proposal.argument) else { continue }
      result += changes(call.arguments[proposal.argument], to: proposal.value, depth + 1)
    }
    if call.function.inverse != nil, !result.isEmpty { return result }
    let current = value(.call(call))
    for (index, argument) in call.arguments.enumerated() where !argument.columns.isEmpty {
      if call.type != .datetime, case .datetime(let ticks) = arguments[index] {
        result += GoalProposals.otherTimes(than: ticks).flatMap { changes(argument, to: $0, depth + 1) }
      }
      for value in GoalProposals.guesses(
        wanted, now: current, argument: arguments[index], of: argument.type, others: arguments)
      {
        result += changes(argument, to: value, depth + 1)
      }
    }
    return result
  }

  /// Other hours of the day and days of the week: what is asked of the parts of a time.
  private static func otherTimes(than ticks: Int64) -> [Value] {
    let hours: [Int64] = [3, 6, 9, 11, 12, 15, 18, 21, 22, -2, -5, -8]
    let days: [Int64] = [1, 2, 3, 4, 5, 6]
    return (hours.map { $0 * Ticks.perHour } + days.map { $0 * Ticks.perDay }).map { .datetime(ticks + $0) }
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

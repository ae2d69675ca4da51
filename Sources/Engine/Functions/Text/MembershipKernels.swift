/// The loops of `in` and `!in`: sets where the list is constant, pairwise comparison elsewhere.
enum MembershipKernels {
  /// Null equals only null, which is unknown; a null in the list is passed over by a value.
  static func isMember(_ call: VectorCall, isNegated: Bool) -> Column {
    var constants: [Value] = []
    var columns: [Column] = []
    for argument in call.arguments.dropFirst() {
      if case .constant(let constant) = argument {
        constants.append(constant.value)
      } else {
        columns.append(argument)
      }
    }
    let list = ListArguments.flattened(constants)
    let value = call.arguments[0]
    if columns.isEmpty {
      if let result = texts(value, list, isNegated: isNegated) { return result }
      if let result = integers(value, list, isNegated: isNegated) { return result }
    }
    var states = [UInt8](repeating: 0, count: call.count)
    for row in 0..<call.count {
      let left = value.value(at: row)
      var state = state(of: left, in: list)
      if state != 1, !columns.isEmpty {
        let others = ListArguments.flattened(columns.map { $0.value(at: row) })
        state = either(state, self.state(of: left, in: others))
      }
      states[row] = isNegated && state != 2 ? 1 - state : state
      if case .constant = value, columns.isEmpty {
        return BoolKernels.column(fromStates: [UInt8](repeating: states[row], count: call.count))
      }
    }
    return BoolKernels.column(fromStates: states)
  }

  /// `or` of two states: true wins, then unknown.
  private static func either(_ first: UInt8, _ second: UInt8) -> UInt8 {
    first == 1 || second == 1 ? 1 : max(first, second)
  }

  private static func state(of value: Value, in list: [Value]) -> UInt8 {
    if value.isNull { return list.contains(where: \.isNull) ? 2 : 0 }
    return list.contains { !$0.isNull && EqualityKernels.areEqual(value, $0) } ? 1 : 0
  }

  private static func texts(_ value: Column, _ list: [Value], isNegated: Bool) -> Column? {
    guard case .string(let column) = value, column.type == .string else { return nil }
    var keys: [[UInt8]] = []
    for element in list {
      switch element {
      case .string(let text): keys.append(Array(text.utf8))
      case .null: return nil
      case .bool, .long, .real, .decimal, .datetime, .timespan, .guid, .dynamic: continue
      }
    }
    let set = TextSet(keys)
    let dictionary = column.dictionary
    let found = column.codes.withBuffer { codes in codes.map { set.contains(dictionary[$0]) != isNegated } }
    return masked(found, column.validity, isNegated: isNegated)
  }

  private static func integers(_ value: Column, _ list: [Value], isNegated: Bool) -> Column? {
    guard case .int64(let column) = value else { return nil }
    var keys: Set<Int64> = []
    for element in list {
      switch (column.type, element) {
      case (.datetime, .datetime(let key)), (.timespan, .timespan(let key)), (.int, .long(let key)),
        (.long, .long(let key)):
        keys.insert(key)
      default: return nil
      }
    }
    let found = column.values.withBuffer { $0.map { keys.contains($0) != isNegated } }
    return masked(found, column.validity, isNegated: isNegated)
  }

  /// A null row is no member of a list without nulls.
  private static func masked(_ found: [Bool], _ validity: Vector<Bool>?, isNegated: Bool) -> Column {
    guard let validity else { return .bools(found) }
    return .bools(validity.withBuffer { valid in found.indices.map { valid[$0] ? found[$0] : isNegated } })
  }
}

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
    let value = call.arguments[0]
    let list = fitted(ListArguments.flattened(constants), to: value.type)
    if columns.isEmpty {
      if let result = texts(value, list, isNegated: isNegated) { return result }
      if let result = integers(value, list, isNegated: isNegated) { return result }
    }
    let set = MemberSet(list)
    var states = [UInt8](repeating: 0, count: call.count)
    for row in 0..<call.count {
      let left = value.value(at: row)
      var state = set.state(of: left)
      if state != 1, !columns.isEmpty {
        let others = fitted(ListArguments.flattened(columns.map { $0.value(at: row) }), to: value.type)
        state = either(state, self.state(of: left, in: others))
      }
      states[row] = isNegated && state != 2 ? 1 - state : state
      if case .constant = value, columns.isEmpty {
        return BoolKernels.column(fromStates: [UInt8](repeating: states[row], count: call.count))
      }
    }
    return BoolKernels.column(fromStates: states)
  }

  /// Arrays hold times, spans, identifiers and decimals as texts; a text that is none is equal to none.
  private static func fitted(_ list: [Value], to type: DataType) -> [Value] {
    switch type {
    case .datetime, .timespan, .guid, .decimal:
      list.compactMap { element in
        guard case .string = element else { return element }
        let converted = ValueConversion.convert(element, to: type)
        return converted.isNull ? nil : converted
      }
    case .bool, .int, .long, .real, .string, .dynamic: list
    }
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

/// The constant list of `in`, so arranged that a value is compared with few of them.
///
/// ```
///   1, 1.0, "a", datetime(…), dynamic({"k":1})     numbers 1.0: 1, 1.0   texts a: "a"   times: datetime(…)   rest: {"k":1}
/// ```
private struct MemberSet {
  private enum Bucket: Hashable {
    case number(Double)
    case text([UInt8])
    case value(Value)
  }

  private var buckets: [Bucket: [Value]] = [:]
  /// A text in a JSON value may be equal to one of these.
  private var readFromTexts: [Value] = []
  private var hasNull = false

  init(_ list: [Value]) {
    for element in list {
      if element.isNull {
        hasNull = true
        continue
      }
      let bucket = MemberSet.bucket(of: element)
      // The same value again says nothing new.
      if buckets[bucket]?.contains(element) == true { continue }
      buckets[bucket, default: []].append(element)
      switch element {
      case .datetime, .timespan, .guid: readFromTexts.append(element)
      case .null, .bool, .long, .real, .decimal, .string, .dynamic: break
      }
    }
  }

  /// 1 for a member, 0 for none, 2 where that is unknown.
  func state(of value: Value) -> UInt8 {
    if value.isNull { return hasNull ? 2 : 0 }
    let alike = buckets[MemberSet.bucket(of: value)] ?? []
    if alike.contains(where: { EqualityKernels.areEqual(value, $0) }) { return 1 }
    guard case .dynamic(.string) = value else { return 0 }
    return readFromTexts.contains { EqualityKernels.areEqual(value, $0) } ? 1 : 0
  }

  /// Equal values are in one bucket.
  private static func bucket(of value: Value) -> Bucket {
    switch value {
    case .bool(let truth): .number(truth ? 1 : 0)
    case .long(let number): .number(Double(number))
    case .real(let number): .number(number)
    case .decimal: .number(value.number ?? .nan)
    case .string(let text): .text(Array(text.utf8))
    case .dynamic(let json): json.scalar.map { bucket(of: $0) } ?? .value(value)
    case .null, .datetime, .timespan, .guid: .value(value)
    }
  }
}

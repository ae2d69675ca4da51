/// A comparison of SPL, and how it holds between columns.
enum SPLRelation: Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  var meaning: PredicateMeaning {
    switch self {
    case .equal: PredicateMeaning(.equals, readsNumbers: true)
    case .notEqual: PredicateMeaning(.equals, isNegated: true, readsNumbers: true)
    case .less: PredicateMeaning(.bound(.less), readsNumbers: true)
    case .lessOrEqual: PredicateMeaning(.bound(.lessOrEqual), readsNumbers: true)
    case .greater: PredicateMeaning(.bound(.greater), readsNumbers: true)
    case .greaterOrEqual: PredicateMeaning(.bound(.greaterOrEqual), readsNumbers: true)
    }
  }

  /// - Parameter order: -1, 0, 1, or nil for NaN.
  @inline(__always)
  func holds(_ order: Int?) -> Bool {
    guard let order else { return self == .notEqual }
    return switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }

  /// Whether it holds for any of the values on the left with any of those on the right; nil if one has none.
  func holds(_ left: Value, _ right: Value) -> Bool? {
    let first = SPLValue.elements(left)
    let second = SPLValue.elements(right)
    if first.isEmpty || second.isEmpty { return nil }
    for one in first {
      for other in second where holds(SPLValue.order(one, other)) { return true }
    }
    return false
  }

  /// A test of a text against a value: the value's number and bytes are worked out once.
  func test(against value: Value) -> TextTest {
    let bytes = Array(SPLValue.text(value).utf8)
    let number = SPLValue.number(value)
    return { text in
      if let number, let other = SPLValue.number(text) { return holds(SPLValue.order(other, number)) }
      return bytes.withUnsafeBufferPointer { bytes in
        if self == .equal { return StringDictionary.equal(text, bytes) }
        return holds(StringDictionary.compare(text, bytes))
      }
    }
  }

  /// Numbers by loops, texts against a constant by their bytes, all else boxed. Null where an operand is.
  func compare(_ left: Column, _ right: Column, count: Int) -> Column {
    if left.type.isNumeric, right.type.isNumeric, let first = NumberKernels.reals(left),
      let second = NumberKernels.reals(right)
    {
      if case .constant(let constant) = left, constant.value.isNull {
        return .constant(.null, .bool, count: count)
      }
      if case .constant(let constant) = right, constant.value.isNull {
        return .constant(.null, .bool, count: count)
      }
      let values = NumberKernels.Operand.combine(first, second, count: count) {
        holds(SPLValue.order($0, $1))
      }
      return .bools(values, validity: NumberKernels.validity(left, right))
    }
    if case .string(let strings) = left, strings.type == .string, case .constant(let constant) = right,
      SPLValue.elements(constant.value).count == 1
    {
      let test = test(against: constant.value)
      let values = strings.codes.withBuffer { codes in codes.map { test(strings.dictionary[$0]) } }
      return .bool(BoolColumn(values: Vector(values), validity: strings.validity))
    }
    var builder = ColumnBuilder(type: .bool)
    for row in 0..<count {
      builder.append(holds(left.value(at: row), right.value(at: row)).map { .bool($0) } ?? .null)
    }
    return builder.finish()
  }
}

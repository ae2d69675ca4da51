/// Equality of two columns, by KQL's rule for nulls.
enum EqualityKernels {
  static func equal(_ left: Column, _ right: Column, count: Int) -> Column {
    let values: [Bool]
    switch (left.type, right.type) {
    case (.string, .string): values = texts(left, right, count: count)
    case (.real, _) where right.type.isNumeric, (_, .real) where left.type.isNumeric:
      guard let first = NumberKernels.reals(left), let second = NumberKernels.reals(right) else {
        return boxed(left, right, count: count)
      }
      values = NumberKernels.Operand.combine(first, second, count: count) { $0 == $1 }
    default:
      guard let first = NumberKernels.integers(left), let second = NumberKernels.integers(right) else {
        return boxed(left, right, count: count)
      }
      values = NumberKernels.Operand.combine(first, second, count: count) { $0 == $1 }
    }
    return masked(values, left, right)
  }

  /// A null on one side makes it false, on both sides null.
  private static func masked(_ values: [Bool], _ left: Column, _ right: Column) -> Column {
    let first = left.validity
    let second = right.validity
    if first == nil, second == nil { return .bools(values) }
    var values = values
    var validity = [Bool](repeating: true, count: values.count)
    for row in values.indices {
      let isLeft = first?[row] ?? true
      let isRight = second?[row] ?? true
      if isLeft, isRight { continue }
      values[row] = false
      validity[row] = isLeft || isRight
    }
    return .bools(values, validity: validity)
  }

  private static func texts(_ left: Column, _ right: Column, count: Int) -> [Bool] {
    switch (left, right) {
    case (.string(let column), .constant(let constant)), (.constant(let constant), .string(let column)):
      guard case .string(var text) = constant.value else { return [Bool](repeating: false, count: count) }
      return text.withUTF8 { text in
        let dictionary = column.dictionary
        if dictionary.isDistinct {
          guard let wanted = dictionary.code(of: text) else { return [Bool](repeating: false, count: count) }
          return column.codes.withBuffer { codes in
            [Bool](unsafeUninitializedCapacity: codes.count) { target, initialized in
              for row in 0..<codes.count { target.initializeElement(at: row, to: codes[row] == wanted) }
              initialized = codes.count
            }
          }
        }
        return column.codes.withBuffer { codes in
          codes.map { StringDictionary.equal(dictionary[$0], text) }
        }
      }
    case (.string(let first), .string(let second)):
      let isShared = first.dictionary === second.dictionary && first.dictionary.isDistinct
      return first.codes.withBuffer { firstCodes in
        second.codes.withBuffer { secondCodes in
          (0..<count).map { row in
            isShared
              ? firstCodes[row] == secondCodes[row]
              : StringDictionary.equal(first.dictionary[firstCodes[row]], second.dictionary[secondCodes[row]])
          }
        }
      }
    case (.constant(let first), .constant(let second)):
      return [Bool](repeating: areEqual(first.value, second.value), count: count)
    default: return [Bool](repeating: false, count: count)
    }
  }

  /// Decimals, guids, and dynamic against anything: by the inner value.
  private static func boxed(_ left: Column, _ right: Column, count: Int) -> Column {
    var states = [UInt8](repeating: 0, count: count)
    for row in 0..<count {
      let first = left.value(at: row)
      let second = right.value(at: row)
      if first.isNull || second.isNull {
        states[row] = first.isNull && second.isNull ? 2 : 0
      } else {
        states[row] = areEqual(first, second) ? 1 : 0
      }
    }
    return BoolKernels.column(fromStates: states)
  }

  /// Numbers by value whatever their type, dynamic by what is inside; text never equals a number.
  static func areEqual(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.string(let first), .string(let second)):
      // Byte by byte: Swift's own equality takes composed and decomposed letters for one.
      return first.utf8.elementsEqual(second.utf8)
    case (.dynamic(let first), .dynamic(let second)):
      if let firstScalar = first.scalar, let secondScalar = second.scalar {
        return areEqual(firstScalar, secondScalar)
      }
      return first == second
    case (.dynamic(let json), let other), (let other, .dynamic(let json)):
      guard let scalar = json.scalar else { return false }
      if case .string = scalar, let type = other.naturalType,
        type == .datetime || type == .timespan || type == .guid
      {
        return ValueConversion.convert(scalar, to: type) == other
      }
      return areEqual(scalar, other)
    case (.bool(let truth), .long(let number)), (.long(let number), .bool(let truth)):
      return number == (truth ? 1 : 0)
    case (.long(let first), .long(let second)): return first == second
    default:
      if let first = left.number, let second = right.number { return first == second }
      return left == right
    }
  }
}

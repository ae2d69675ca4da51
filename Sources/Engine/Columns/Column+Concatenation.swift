extension Column {
  /// The rows of several columns of one type, one after the other.
  package static func concatenating(_ columns: [Column], type: DataType) -> Column {
    let parts = columns.filter { $0.count > 0 }
    guard let first = parts.first else { return Column.of(type, []) }
    if parts.count == 1 { return first }
    if case .constant(let constant) = first, let merged = sameConstant(parts, as: constant) { return merged }
    let layouts = parts.map(\.materialized)
    let validity = joinedValidity(layouts)
    switch layouts[0] {
    case .bool:
      var values: [Bool] = []
      for case .bool(let part) in layouts { part.values.withBuffer { values.append(contentsOf: $0) } }
      return .bool(BoolColumn(values: Vector(values), validity: validity))
    case .int64:
      var values: [Int64] = []
      for case .int64(let part) in layouts { part.values.withBuffer { values.append(contentsOf: $0) } }
      return .int64(Int64Column(type: type, values: Vector(values), validity: validity))
    case .real:
      var values: [Double] = []
      for case .real(let part) in layouts { part.values.withBuffer { values.append(contentsOf: $0) } }
      return .real(RealColumn(values: Vector(values), validity: validity))
    case .string:
      let strings = layouts.compactMap { if case .string(let part) = $0 { part } else { nil } }
      return .string(joinedStrings(strings, type: type, validity: validity))
    case .values, .constant:
      var values: [Value] = []
      for part in layouts { for row in 0..<part.count { values.append(part.value(at: row)) } }
      return .values(ValueColumn(type: type, values: Vector(values)))
    }
  }

  private static func sameConstant(_ parts: [Column], as constant: ConstantColumn) -> Column? {
    var count = 0
    for part in parts {
      guard case .constant(let other) = part, other.value == constant.value else { return nil }
      count += other.count
    }
    return .constant(constant.value, constant.type, count: count)
  }

  private static func joinedValidity(_ parts: [Column]) -> Vector<Bool>? {
    let validities = parts.map(\.validity)
    guard validities.contains(where: { $0 != nil }) else { return nil }
    var joined: [Bool] = []
    for (part, validity) in zip(parts, validities) {
      if let validity {
        validity.withBuffer { joined.append(contentsOf: $0) }
      } else {
        joined.append(contentsOf: repeatElement(true, count: part.count))
      }
    }
    return Vector(joined)
  }

  private static func joinedStrings(
    _ parts: [StringColumn], type: DataType, validity: Vector<Bool>?
  ) -> StringColumn {
    var codes: [UInt32] = []
    codes.reserveCapacity(parts.reduce(0) { $0 + $1.codes.count })
    let dictionary = parts[0].dictionary
    if parts.allSatisfy({ $0.dictionary === dictionary }) {
      for part in parts { part.codes.withBuffer { codes.append(contentsOf: $0) } }
      return StringColumn(type: type, codes: Vector(codes), dictionary: dictionary, validity: validity)
    }
    var builder = StringDictionaryBuilder()
    var maps: [ObjectIdentifier: [UInt32]] = [:]
    for part in parts {
      var map =
        maps[ObjectIdentifier(part.dictionary)]
        ?? [UInt32](repeating: UInt32.max, count: part.dictionary.count)
      part.codes.withBuffer { source in
        for code in source {
          if map[Int(code)] == UInt32.max { map[Int(code)] = builder.intern(part.dictionary[code]) }
          codes.append(map[Int(code)])
        }
      }
      maps[ObjectIdentifier(part.dictionary)] = map
    }
    return StringColumn(type: type, codes: Vector(codes), dictionary: builder.finish(), validity: validity)
  }
}

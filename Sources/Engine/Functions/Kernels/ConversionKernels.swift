/// Conversions of whole columns; the frequent pairs without boxing.
enum ConversionKernels {
  static func convert(_ column: Column, to type: DataType) -> Column {
    if column.type == type { return column }
    switch (column, type) {
    case (.constant(let constant), _):
      return .constant(ValueConversion.convert(constant.value, to: type), type, count: constant.count)
    case (.int64(let integers), .real) where integers.type == .int || integers.type == .long:
      return .real(
        RealColumn(
          values: Vector(integers.values.withBuffer { $0.map { Double($0) } }), validity: integers.validity))
    case (.int64(let integers), .long): return retyped(integers, .long)
    case (.bool(let bools), .int), (.bool(let bools), .long):
      return .int64(
        Int64Column(
          type: type, values: Vector(bools.values.withBuffer { $0.map { $0 ? 1 : 0 as Int64 } }),
          validity: bools.validity))
    case (.string(let strings), .string): return dynamicText(strings)
    case (.bool, _), (.int64, _), (.real, _), (.string, _), (.values, _):
      return mapped(column, to: type) { ValueConversion.convert($0, to: type) }
    }
  }

  private static func retyped(_ column: Int64Column, _ type: DataType) -> Column {
    var copy = column
    copy.type = type
    return .int64(copy)
  }

  /// Dynamic to text: scalars without quotes, arrays and bags as they stand, null as "".
  private static func dynamicText(_ column: StringColumn) -> Column {
    mapped(.string(column), to: .string) { .string($0.kqlText) }
  }

  /// Several values are one text with a line for each, as they are shown.
  static func splText(_ column: Column) -> Column {
    if column.type == .string { return column }
    if column.type != .dynamic {
      return mapped(column, to: .string) { $0.isNull ? .null : .string($0.splText) }
    }
    return mapped(column, to: .string) { value in
      let texts = SPLValue.texts(value)
      return texts.isEmpty ? .null : .string(texts.count == 1 ? texts[0] : texts.joined(separator: "\n"))
    }
  }

  static func splNumber(_ column: Column) -> Column {
    mapped(column, to: .real) { value in
      switch value {
      case .string(let text): return NumberText.real(text).map { .real($0) } ?? .null
      case .dynamic(.string(let text)): return NumberText.real(text).map { .real($0) } ?? .null
      case .datetime(let ticks): return .real(Ticks.unixSeconds(of: ticks))
      case .timespan(let ticks): return .real(Double(ticks) / Double(Ticks.perSecond))
      case .null, .bool, .long, .real, .decimal, .guid, .dynamic: return ValueConversion.real(value)
      }
    }
  }

  /// Row by row through boxed values; for slow paths and for the entries of dictionaries.
  static func mapped(_ column: Column, to type: DataType, _ transform: (Value) -> Value) -> Column {
    if case .constant(let constant) = column {
      return .constant(transform(constant.value), type, count: constant.count)
    }
    // Few distinct texts: once for each, the null last.
    if case .string(let strings) = column, strings.dictionary.count < column.count {
      let entries = strings.dictionary.count
      let distinct = Column.string(
        StringColumn(
          type: strings.type, codes: Vector((0..<UInt32(entries)).map { $0 }), dictionary: strings.dictionary)
      )
      var builder = ColumnBuilder(type: type)
      for entry in 0..<entries { builder.append(transform(distinct.value(at: entry))) }
      builder.append(transform(.null))
      let results = builder.finish()
      guard let validity = strings.validity else {
        return results.slice(0..<entries).withoutNeedlessValidity.gather(strings.codes)
      }
      let places = (0..<column.count).map { validity[$0] ? strings.codes[$0] : UInt32(entries) }
      return results.gather(Vector(places))
    }
    var builder = ColumnBuilder(type: type)
    for row in 0..<column.count { builder.append(transform(column.value(at: row))) }
    return builder.finish()
  }
}

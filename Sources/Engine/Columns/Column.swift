/// One column of a table or of a chunk: immutable, typed, with its rows in one of six layouts.
///
/// - `.constant`: one value for all rows, so that a literal costs nothing.
/// - `.bool`, `.int64` (int, long, datetime, timespan), `.real`: one element a row.
/// - `.string` (string, dynamic): a code a row into a dictionary of UTF-8; dynamic holds compact JSON.
/// - `.values` (decimal, guid): boxed values; rare.
///
/// Validity is a byte a row, not a bit: kernels read it beside the element without shifting. A column without
/// nulls has none.
package enum Column: Sendable {
  case constant(ConstantColumn)
  case bool(BoolColumn)
  case int64(Int64Column)
  case real(RealColumn)
  case string(StringColumn)
  case values(ValueColumn)
}

package struct ConstantColumn: Sendable {
  package var value: Value
  package var type: DataType
  package var count: Int
}

package struct BoolColumn: Sendable {
  package var values: Vector<Bool>
  package var validity: Vector<Bool>?
}

package struct Int64Column: Sendable {
  /// int, long, datetime or timespan.
  package var type: DataType
  package var values: Vector<Int64>
  package var validity: Vector<Bool>?
}

package struct RealColumn: Sendable {
  package var values: Vector<Double>
  package var validity: Vector<Bool>?
}

package struct StringColumn: Sendable {
  /// string or dynamic.
  package var type: DataType
  package var codes: Vector<UInt32>
  package var dictionary: StringDictionary
  package var validity: Vector<Bool>?

  package init(
    type: DataType = .string, codes: Vector<UInt32>, dictionary: StringDictionary,
    validity: Vector<Bool>? = nil
  ) {
    self.type = type
    self.codes = codes
    self.dictionary = dictionary
    self.validity = validity
  }
}

package struct ValueColumn: Sendable {
  /// decimal or guid; a null row holds `.null`.
  package var type: DataType
  package var values: Vector<Value>
}

extension Column {
  package static func constant(_ value: Value, _ type: DataType, count: Int) -> Column {
    .constant(ConstantColumn(value: value, type: type, count: count))
  }

  package static func bools(_ values: [Bool], validity: [Bool]? = nil) -> Column {
    .bool(BoolColumn(values: Vector(values), validity: validity.map { Vector($0) }))
  }

  package static func int64(_ type: DataType, _ values: [Int64], validity: [Bool]? = nil) -> Column {
    .int64(Int64Column(type: type, values: Vector(values), validity: validity.map { Vector($0) }))
  }

  package static func reals(_ values: [Double], validity: [Bool]? = nil) -> Column {
    .real(RealColumn(values: Vector(values), validity: validity.map { Vector($0) }))
  }

  /// A column of a type with the given values.
  package static func of(_ type: DataType, _ values: some Sequence<Value>) -> Column {
    var builder = ColumnBuilder(type: type)
    for value in values { builder.append(value) }
    return builder.finish()
  }

  package var count: Int {
    switch self {
    case .constant(let column): column.count
    case .bool(let column): column.values.count
    case .int64(let column): column.values.count
    case .real(let column): column.values.count
    case .string(let column): column.codes.count
    case .values(let column): column.values.count
    }
  }

  package var type: DataType {
    switch self {
    case .constant(let column): column.type
    case .bool: .bool
    case .int64(let column): column.type
    case .real: .real
    case .string(let column): column.type
    case .values(let column): column.type
    }
  }

  /// The validity of the rows; nil if there is no null (a null constant and boxed values say so themselves).
  package var validity: Vector<Bool>? {
    switch self {
    case .constant(let column): column.value.isNull ? Vector(repeating: false, count: column.count) : nil
    case .bool(let column): column.validity
    case .int64(let column): column.validity
    case .real(let column): column.validity
    case .string(let column): column.validity
    case .values(let column):
      column.values.withBuffer { $0.contains(.null) }
        ? Vector(column.values.array.map { $0 != .null }) : nil
    }
  }
}

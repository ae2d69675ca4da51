/// Builds a column from values, one row at a time. For results of slow paths and for tables from literals.
///
/// A value that does not fit the type becomes null ("" in a string column that `nullsAreEmpty`).
package struct ColumnBuilder: ~Copyable {
  private let type: DataType
  private var validity: [Bool] = []
  private var hasNull = false
  private var bools: [Bool] = []
  private var integers: [Int64] = []
  private var reals: [Double] = []
  private var codes: [UInt32] = []
  private var dictionary = StringDictionaryBuilder()
  private var values: [Value] = []

  package init(type: DataType) { self.type = type }

  package var count: Int { validity.count }
  /// Bytes of the distinct texts so far.
  var textBytes: Int { dictionary.byteCount }

  package mutating func append(_ value: Value) {
    switch (type, value) {
    case (.bool, .bool(let element)):
      bools.append(element)
      validity.append(true)
    case (.int, .long(let element)), (.long, .long(let element)), (.datetime, .datetime(let element)),
      (.timespan, .timespan(let element)):
      integers.append(element)
      validity.append(true)
    case (.real, .real(let element)):
      reals.append(element)
      validity.append(true)
    case (.real, .long(let element)):
      reals.append(Double(element))
      validity.append(true)
    case (.string, .string(let element)):
      codes.append(dictionary.intern(element))
      validity.append(true)
    case (.dynamic, .dynamic(.null)): appendNull()
    case (.dynamic, .dynamic(let element)):
      codes.append(dictionary.intern(element.text))
      validity.append(true)
    case (.decimal, .decimal), (.guid, .guid):
      values.append(value)
      validity.append(true)
    default: appendNull()
    }
  }

  /// Appends text to a string column, or JSON text to a dynamic one.
  package mutating func append(bytes: UnsafeBufferPointer<UInt8>) {
    codes.append(dictionary.intern(bytes))
    validity.append(true)
  }

  package mutating func appendNull() {
    hasNull = true
    validity.append(false)
    switch type {
    case .bool: bools.append(false)
    case .int, .long, .datetime, .timespan: integers.append(0)
    case .real: reals.append(0)
    case .string, .dynamic: codes.append(dictionary.intern(""))
    case .decimal, .guid: values.append(.null)
    }
  }

  package consuming func finish() -> Column {
    let validity = hasNull ? Vector(self.validity) : nil
    switch type {
    case .bool: return .bool(BoolColumn(values: Vector(bools), validity: validity))
    case .int, .long, .datetime, .timespan:
      return .int64(Int64Column(type: type, values: Vector(integers), validity: validity))
    case .real: return .real(RealColumn(values: Vector(reals), validity: validity))
    case .string, .dynamic:
      let codes = Vector(self.codes)
      let type = self.type
      return .string(
        StringColumn(type: type, codes: codes, dictionary: dictionary.finish(), validity: validity))
    case .decimal, .guid: return .values(ValueColumn(type: type, values: Vector(values)))
    }
  }
}

/// Access to keys and elements of dynamic columns: cuts the element's text out of the JSON text.
///
///     {"a":1}  {"b":2}  {"a":"x"}     key a  ->  1  null  "x"
enum PropertyKernels {
  typealias Finder = (UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>?

  static func value(of key: Column, in container: Column, count: Int) -> Column {
    if case .constant(let constant) = key {
      guard case .string(var text) = constant.value else { return .constant(.null, .dynamic, count: count) }
      return text.withUTF8 { key in
        select(from: container, count: count) { json in
          var finder = JSONElementFinder(json)
          return finder.value(of: key)
        }
      }
    }
    return selectByRow(container, key, count: count)
  }

  static func element(at index: Column, in container: Column, count: Int) -> Column {
    if case .constant(let constant) = index {
      guard case .long(let index) = constant.value else { return .constant(.null, .dynamic, count: count) }
      return select(from: container, count: count) { json in
        var finder = JSONElementFinder(json)
        return finder.element(at: index)
      }
    }
    return selectByRow(container, index, count: count)
  }

  /// Keys or indexes that differ by row, and selectors whose type shows only then.
  static func selectByRow(_ container: Column, _ selector: Column, count: Int) -> Column {
    if case .constant(let constant) = selector {
      switch constant.value.selector {
      case .string(let text):
        return value(of: .constant(.string(text), .string, count: count), in: container, count: count)
      case .long(let number):
        return element(at: .constant(.long(number), .long, count: count), in: container, count: count)
      default: return .constant(.null, .dynamic, count: count)
      }
    }
    var builder = ColumnBuilder(type: .dynamic)
    for row in 0..<count {
      withJSON(container, row) { json in
        guard let json else { return builder.appendNull() }
        var finder = JSONElementFinder(json)
        switch selector.value(at: row).selector {
        case .string(var text): append(text.withUTF8 { finder.value(of: $0) }, to: &builder)
        case .long(let index): append(finder.element(at: index), to: &builder)
        default: builder.appendNull()
        }
      }
    }
    return builder.finish()
  }

  private static func append(_ element: UnsafeBufferPointer<UInt8>?, to builder: inout ColumnBuilder) {
    if let element, !isNull(element) { builder.append(bytes: element) } else { builder.appendNull() }
  }

  private static func withJSON(
    _ column: Column, _ row: Int, _ body: (UnsafeBufferPointer<UInt8>?) -> Void
  ) {
    if case .string(let strings) = column {
      let isNull = strings.validity.map { !$0[row] } ?? false
      body(isNull ? nil : strings.dictionary[strings.codes[row]])
    } else {
      let value = column.value(at: row)
      if value.isNull { return body(nil) }
      var text = value.json.text
      text.withUTF8 { body($0) }
    }
  }

  /// Each distinct text is searched once.
  private static func select(from container: Column, count: Int, _ find: Finder) -> Column {
    guard case .string(let column) = container else {
      guard case .constant(let constant) = container, !constant.value.isNull else {
        return .constant(.null, .dynamic, count: count)
      }
      var text = constant.value.json.text
      let element = text.withUTF8 { json in find(json).flatMap { JSONValue(parsing: $0) } }
      let value: Value = if let element, element != .null { .dynamic(element) } else { .null }
      return .constant(value, .dynamic, count: count)
    }
    let dictionary = column.dictionary
    var builder = StringDictionaryBuilder(capacity: min(count, dictionary.count))
    // A dictionary far larger than the chunk is not worth a table.
    var known = [Int32](repeating: unsearched, count: dictionary.count <= count * 4 ? dictionary.count : 0)
    var codes: [UInt32] = []
    codes.reserveCapacity(count)
    var validity: [Bool]?
    column.codes.withBuffer { source in
      for row in 0..<count {
        var result = missing
        if column.validity?[row] ?? true {
          let code = source[row]
          result = known.isEmpty ? unsearched : known[Int(code)]
          if result == unsearched {
            let element = find(dictionary[code])
            result =
              if let element, !isNull(element) { Int32(bitPattern: builder.intern(element)) } else { missing }
            if !known.isEmpty { known[Int(code)] = result }
          }
        }
        if result == missing {
          if validity == nil { validity = [Bool](repeating: true, count: count) }
          validity?[row] = false
          codes.append(0)
        } else {
          codes.append(UInt32(bitPattern: result))
        }
      }
    }
    // Null rows carry code 0, which must exist.
    if builder.count == 0 { _ = builder.append("null") }
    return .string(
      StringColumn(
        type: .dynamic, codes: Vector(codes), dictionary: builder.finish(),
        validity: validity.map { Vector($0) }))
  }

  private static let unsearched: Int32 = -1
  private static let missing: Int32 = -2

  private static func isNull(_ json: UnsafeBufferPointer<UInt8>) -> Bool {
    json.count == 4 && json[0] == UInt8(ascii: "n")
  }
}

extension Value {
  /// A selector as text or integer; whole reals count as integers.
  fileprivate var selector: Value {
    switch self {
    case .string, .long: self
    case .dynamic(let json): json.scalar?.selector ?? .null
    case .real(let number): Int64(exactly: number).map { .long($0) } ?? .null
    case .null, .bool, .decimal, .datetime, .timespan, .guid: .null
    }
  }
}

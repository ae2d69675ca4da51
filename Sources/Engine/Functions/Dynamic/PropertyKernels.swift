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
    var kept: (code: UInt32, elements: JSONElements)?
    var last: UInt32?
    for row in 0..<count {
      let selector = selector.value(at: row).selector
      switch container {
      case .string(let strings):
        let isThere = strings.validity?[row] ?? true
        let code = strings.codes[row]
        if !isThere {
          builder.appendNull()
        } else if let kept, kept.code == code {
          append(kept.elements[selector], to: &builder)
        } else if last == code {
          // It stands in many rows, most likely.
          let elements = JSONElements(strings.dictionary[code])
          append(elements[selector], to: &builder)
          kept = (code, elements)
        } else {
          append(found(selector, in: strings.dictionary[code]), to: &builder)
          last = code
        }
      case .constant(let constant):
        if constant.value.isNull { return .constant(.null, .dynamic, count: count) }
        if kept == nil {
          var text = constant.value.json.text
          kept = (0, text.withUTF8 { JSONElements($0) })
        }
        append(kept?.elements[selector], to: &builder)
      default:
        let value = container.value(at: row)
        var text = value.json.text
        if value.isNull {
          builder.appendNull()
        } else {
          text.withUTF8 { append(found(selector, in: $0), to: &builder) }
        }
      }
    }
    return builder.finish()
  }

  private static func found(
    _ selector: Value, in json: UnsafeBufferPointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8>? {
    var finder = JSONElementFinder(json)
    switch selector {
    case .string(var text): return text.withUTF8 { finder.value(of: $0) }
    case .long(let index): return finder.element(at: index)
    case .null, .bool, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
  }

  private static func append(_ element: UnsafeBufferPointer<UInt8>?, to builder: inout ColumnBuilder) {
    if let element, !isNull(element) { builder.append(bytes: element) } else { builder.appendNull() }
  }

  private static func append(_ element: ArraySlice<UInt8>?, to builder: inout ColumnBuilder) {
    if let element {
      element.withUnsafeBufferPointer { append($0, to: &builder) }
    } else {
      builder.appendNull()
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

/// JSON text with the places of all that it holds, for a value that many keys or indexes are looked up in.
private struct JSONElements {
  private let bytes: [UInt8]
  private let members: [[UInt8]: Range<Int>]
  private let elements: [Range<Int>]

  init(_ json: UnsafeBufferPointer<UInt8>) {
    bytes = Array(json)
    var finder = JSONElementFinder(json)
    members = finder.members()
    finder = JSONElementFinder(json)
    elements = finder.elements()
  }

  subscript(selector: Value) -> ArraySlice<UInt8>? {
    switch selector {
    case .string(let text): return members[Array(text.utf8)].map { bytes[$0] }
    case .long(let index):
      let (fromEnd, overflow) = Int64(elements.count).addingReportingOverflow(index)
      let place = index < 0 ? (overflow ? -1 : fromEnd) : index
      guard place >= 0, place < Int64(elements.count) else { return nil }
      return bytes[elements[Int(place)]]
    case .null, .bool, .real, .decimal, .datetime, .timespan, .guid, .dynamic: return nil
    }
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

/// What a JSON value is, as far as its bytes tell.
enum ValueKind: UInt8 {
  case absent, null, isFalse, isTrue, number
  case string
  /// A string with a backslash in it.
  case escapedString
  case object, array
  /// Several values that one path found, written as a JSON array.
  case many

  var isContainer: Bool { self == .object || self == .array }
  var isString: Bool { self == .string || self == .escapedString }
}

/// A value in a buffer: its bytes, without the quotes of a string.
struct FieldValue {
  var kind: ValueKind
  var start: UnsafePointer<UInt8>
  var count: Int

  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}

/// What is wrong with a record, and where.
struct ScanFailure {
  var reason: String
  var position: UnsafePointer<UInt8>
  var isTooDeep = false
}

extension JSONBytes {
  /// Reads the value at `position`; behind it stands the returned position. Nil leaves `failure` set.
  @inline(__always)
  static func value(
    at position: Position, _ end: Position, _ failure: inout ScanFailure?
  ) -> (FieldValue, after: Position)? {
    switch position.pointee {
    case 0x22:
      var hasEscape = false
      guard let quote = closingQuote(position + 1, end, &hasEscape) else {
        failure = ScanFailure(reason: "a string is not closed", position: position)
        return nil
      }
      let kind = hasEscape ? ValueKind.escapedString : .string
      return (FieldValue(kind: kind, start: position + 1, count: quote - position - 1), quote + 1)
    case 0x7B, 0x5B:
      switch nestedEnd(position + 1, end) {
      case .found(let after):
        let kind = position.pointee == 0x7B ? ValueKind.object : .array
        return (FieldValue(kind: kind, start: position, count: after - position), after)
      case .unfinished:
        let reason = position.pointee == 0x7B ? "an object is not closed" : "an array is not closed"
        failure = ScanFailure(reason: reason, position: position)
      case .tooDeep:
        failure = ScanFailure(
          reason: "values nest deeper than \(depthLimit) levels", position: position, isTooDeep: true)
      }
      return nil
    default:
      return scalar(at: position, end, &failure)
    }
  }

  private static func scalar(
    at position: Position, _ end: Position, _ failure: inout ScanFailure?
  ) -> (FieldValue, after: Position)? {
    if position.pointee >= 0x66 {
      let word: (text: StaticString, kind: ValueKind)
      switch position.pointee {
      case UInt8(ascii: "n"): word = ("null", .null)
      case UInt8(ascii: "t"): word = ("true", .isTrue)
      default: word = ("false", .isFalse)
      }
      let length = word.text.utf8CodeUnitCount
      if end - position >= length, equal(position, word.text.utf8Start, length) {
        return (FieldValue(kind: word.kind, start: position, count: length), position + length)
      }
    }
    if let after = numberEnd(position, end) {
      return (FieldValue(kind: .number, start: position, count: after - position), after)
    }
    let reason = position < end ? "no JSON value here" : "the record is cut off"
    failure = ScanFailure(reason: reason, position: position)
    return nil
  }

  /// Reads `"key":` at `position`. Nil leaves `failure` set.
  @inline(__always)
  static func key(
    at position: Position, _ end: Position, _ failure: inout ScanFailure?
  ) -> (FieldValue, after: Position)? {
    guard position < end, position.pointee == 0x22 else {
      let reason = position < end ? "a key in quotes was expected" : "the record is cut off"
      failure = ScanFailure(reason: reason, position: position)
      return nil
    }
    var hasEscape = false
    guard let quote = closingQuote(position + 1, end, &hasEscape) else {
      failure = ScanFailure(reason: "a key is not closed", position: position)
      return nil
    }
    var after = quote + 1
    if after.pointee != 0x3A || after >= end {
      after = skipBlanks(after, end)
      guard after < end, after.pointee == 0x3A else {
        failure = ScanFailure(reason: "`:` was expected after a key", position: after)
        return nil
      }
    }
    after += 1
    if after.pointee <= 0x20 { after = skipBlanks(after, end) }
    let kind = hasEscape ? ValueKind.escapedString : .string
    return (FieldValue(kind: kind, start: position + 1, count: quote - position - 1), after)
  }

  /// Reads a value as `value(at:_:_:)` does; one that nests too deep is absent, and what stands behind it is read.
  static func member(
    at position: Position, _ end: Position, _ failure: inout ScanFailure?
  ) -> (FieldValue, after: Position)? {
    if let found = value(at: position, end, &failure) { return found }
    guard failure?.isTooDeep == true,
      case .found(let after) = nestedEnd(position + 1, end, limit: .max)
    else { return nil }
    failure = nil
    return (FieldValue(kind: .absent, start: position, count: 0), after)
  }

  /// Goes through the members of the object at `start` until `visit` says false; false if it is malformed.
  static func forEachMember(
    of start: Position, _ end: Position, _ failure: inout ScanFailure?,
    _ visit: (_ key: FieldValue, _ value: FieldValue) -> Bool
  ) -> Bool {
    var position = skipBlanks(start + 1, end)
    if position < end, position.pointee == 0x7D { return true }
    while true {
      guard let (name, valueStart) = key(at: position, end, &failure),
        let (member, after) = member(at: valueStart, end, &failure)
      else { return false }
      if !visit(name, member) { return true }
      position = skipBlanks(after, end)
      if position < end, position.pointee == 0x7D { return true }
      guard position < end, position.pointee == 0x2C else {
        failure = ScanFailure(reason: "`,` or `}` was expected after a value", position: position)
        return false
      }
      position = skipBlanks(position + 1, end)
    }
  }

  /// The value of a member of the object at `start`, if there is one.
  static func member(_ name: String, of start: Position, _ end: Position) -> FieldValue? {
    var found: FieldValue?
    var failure: ScanFailure?
    _ = forEachMember(of: start, end, &failure) { key, value in
      guard key.count == name.utf8.count, key.bytes.elementsEqual(name.utf8) else { return true }
      found = value
      return false
    }
    return found
  }
}

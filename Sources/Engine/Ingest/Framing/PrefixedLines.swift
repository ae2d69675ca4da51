/// Lines that end with a record, and begin with the text of whatever carried it:
///
/// ```
///   2026-06-01T09:00:00.000Z {"eventVersion":…}
///   <134>1 2026-06-01T09:00:00Z host app - - - {"eventVersion":…}
/// ```
enum PrefixedLines {
  typealias Position = UnsafePointer<UInt8>
  /// Braces of the text in front that are tried before the line is given up.
  private static let bracesTried = 8

  /// True if the first line that is not blank is one of these.
  static func areIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let end = base + bytes.count
    let start = JSONBytes.skipBlanks(base, end)
    return record(from: start, JSONBytes.lineEnd(start, end)) != nil
  }

  /// Where the object begins that the line ends with.
  static func record(from start: Position, _ lineEnd: Position) -> Position? {
    var position = start
    for _ in 0..<bracesTried {
      position = JSONBytes.nextBrace(position, lineEnd)
      guard position < lineEnd else { return nil }
      let key = JSONBytes.skipBlanks(position + 1, lineEnd)
      if key < lineEnd, key.pointee == 0x22,
        case .found(let after) = JSONBytes.nestedEnd(position + 1, lineEnd, limit: .max),
        JSONBytes.skipBlanks(after, lineEnd) == lineEnd
      {
        return position
      }
      position += 1
    }
    return nil
  }
}

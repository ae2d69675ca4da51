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

  /// Lines that are looked at if the first one seems to be damaged.
  private static let linesTried = 4

  /// True if the first line that is not blank is one of these; or one that follows, where the first is a piece of one.
  static func areIn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let end = base + bytes.count
    var start = JSONBytes.skipBlanks(base, end)
    for _ in 0..<linesTried where start < end {
      let lineEnd = JSONBytes.lineEnd(start, end)
      if record(from: start, lineEnd) != nil { return true }
      guard isPiece(start, lineEnd) else { return false }
      start = JSONBytes.skipBlanks(lineEnd, end)
    }
    return false
  }

  /// Whether the line ends as an object does, or one begins in it.
  static func isPiece(_ start: Position, _ lineEnd: Position) -> Bool {
    var last = lineEnd
    while last > start, JSONBytes.isBlank((last - 1).pointee) { last -= 1 }
    if last > start, (last - 1).pointee == 0x7D { return true }
    let brace = JSONBytes.nextBrace(start, lineEnd)
    return brace + 1 < lineEnd && (brace + 1).pointee == 0x22
  }

  /// Where the object begins that the line ends with.
  static func record(from start: Position, _ lineEnd: Position) -> Position? {
    var position = start
    for _ in 0..<bracesTried {
      position = JSONBytes.nextBrace(position, lineEnd)
      guard position < lineEnd else { return nil }
      var failure: ScanFailure?
      if JSONBytes.key(at: JSONBytes.skipBlanks(position + 1, lineEnd), lineEnd, &failure) != nil {
        switch JSONBytes.nestedEnd(position + 1, lineEnd, limit: .max) {
        case .found(let after): if JSONBytes.skipBlanks(after, lineEnd) == lineEnd { return position }
        // The record is cut off: what stands inside of it is another object.
        case .unfinished: return nil
        case .tooDeep: break
        }
      }
      position += 1
    }
    return nil
  }
}

/// Leaves out the members of an object that nobody reads.
///
/// ```
///   wanted: bucketName     {"bucketName":"logs","Host":"s3.amazonaws.com"}  →  {"bucketName":"logs"}
/// ```
///
/// Only text that is JSON is changed: whoever reads a wanted member of the result finds the same bytes as before, and
/// whether a text is JSON at all does not change.
final class ObjectNarrowing {
  private let wanted: [[UInt8]]
  private let result = PaddedBuffer(capacity: 1024)

  init(_ members: Set<String>) {
    wanted = members.sorted().map { Array($0.utf8) }
  }

  /// The value, or a smaller one that is valid until the next call.
  func narrowed(_ value: FieldValue) -> FieldValue {
    guard value.kind == .object,
      CompactJSONScanner.isCanonical(value.bytes) || JSONValue(parsing: value.bytes) != nil
    else { return value }
    result.count = 0
    result.append(0x7B)
    var failure: ScanFailure?
    let isWhole = JSONBytes.forEachMember(of: value.start, value.start + value.count, &failure) {
      key, member in
      if isWanted(key) {
        if result.count > 1 { result.append(0x2C) }
        // From the quote before the key to the end of the value, with all that stands between them.
        let end = member.start + member.count + (member.kind.isString ? 1 : 0)
        result.append(key.start - 1, count: end - key.start + 1)
      }
      return true
    }
    guard isWhole else { return value }
    result.append(0x7D)
    result.sealPadding()
    return FieldValue(kind: .object, start: result.base, count: result.count)
  }

  /// A key with escapes is kept, whatever it means.
  private func isWanted(_ key: FieldValue) -> Bool {
    if key.kind == .escapedString { return true }
    for name in wanted where name.count == key.count {
      if name.withUnsafeBufferPointer({
        $0.baseAddress.map { JSONBytes.equal($0, key.start, key.count) } ?? true
      }) {
        return true
      }
    }
    return false
  }
}

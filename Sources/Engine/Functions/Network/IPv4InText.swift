/// IPv4 addresses that stand in a text, with no letter or digit next to them.
///
///     "from 10.0.0.1:80"  // 10.0.0.1
enum IPv4InText {
  /// Calls `body` with the bytes of each address until it returns true.
  static func contains(
    in text: UnsafeBufferPointer<UInt8>, where body: (UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    var position = 0
    while position < text.count {
      guard ByteScanner.isDigit(text[position]) else {
        position += 1
        continue
      }
      let start = position
      while position < text.count, ByteScanner.isDigit(text[position]) || text[position] == UInt8(ascii: ".")
      {
        position += 1
      }
      var end = position
      // A dot behind the address ends a sentence.
      while end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
      let run = UnsafeBufferPointer(rebasing: text[start..<end])
      if !TermNeedle.isTerm(before: start, in: text), !TermNeedle.isTerm(at: end, in: text),
        IPv4Address(bytes: run) != nil, body(run)
      {
        return true
      }
    }
    return false
  }

  /// Whether an address stands in a text.
  static func contains(_ address: IPv4Address, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    contains(in: text) { IPv4Address(bytes: $0) == address }
  }

  /// The bytes of a prefix: a whole address, or one to three parts that end in a dot; nil for anything else.
  static func prefix(_ text: String) -> [UInt8]? {
    if IPv4Address(text) != nil { return Array(text.utf8) }
    guard text.last == "." else { return nil }
    let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count),
      parts.allSatisfy({ part in
        part.utf8.allSatisfy { ByteScanner.isDigit($0) } && part.utf8.count <= 3 && UInt8(part) != nil
      })
    else { return nil }
    return Array(text.utf8)
  }

  /// Whether an address that begins with a prefix stands in a text.
  static func contains(prefix: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let isWhole = prefix.last != UInt8(ascii: ".")
    return contains(in: text) { $0.starts(with: prefix) && (!isWhole || $0.count == prefix.count) }
  }
}
